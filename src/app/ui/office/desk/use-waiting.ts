import { useEffect, useState } from 'preact/hooks'
import { leastRole } from '#domain/permission.ts'
import { samePeopleOf } from '#app/stores/same-people.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { reviewItems } from '#app/views/review-items.ts'
import { waitingHere, type Waiting } from '#app/views/desk-waiting.ts'

/** Long enough that a pull of many pages counts once. */
const AFTER_CHANGE_MS = 300

/** Counted anew a moment after a change; null until it was counted once. */
export function useWaiting(): readonly Waiting[] | null {
  const app = useParts('session', 'sync', 'register', 'today', 'now')
  const day = useStore(app.today, (store) => store.day)
  const account = useStore(app.session, (session) => session.account)
  const unsent = useStore(app.sync, (sync) => sync.unsent)
  const pairs = useStore(samePeopleOf(app.register), (state) => state.pairs)
  const [waiting, setWaiting] = useState<readonly Waiting[] | null>(null)
  const role = account?.role ?? leastRole
  const id = account?.id ?? ''
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const count = () => {
      const items = reviewItems(app.register, { day, account: id, unsent, pairs, devices: [] })
      setWaiting(waitingHere(app.register, { role, account: id, now: app.now() }, day, items))
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(count, AFTER_CHANGE_MS)
    }
    count()
    const stop = app.register.subscribe(soon)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [app, day, role, id, unsent, pairs])
  return waiting
}
