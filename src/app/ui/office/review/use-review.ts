/** What waits for a decision, as the inbox and its pages follow it. */
import { useEffect } from 'preact/hooks'
import { devicesOf, type KnownDevices } from '#app/acts/known-devices.ts'
import { samePeopleOf } from '#app/stores/same-people.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { devicesInNeed, reviewItems, type ReviewItem } from '#app/views/review-items.ts'

export interface Inbox {
  readonly items: readonly ReviewItem[]
  /** From 0 to 1 while duplicates are looked for the first time, else null. */
  readonly progress: number | null
  readonly devices: KnownDevices
}

export function useReview(): Inbox {
  const app = useParts('session', 'sync', 'officeActs', 'register', 'today')
  const day = useStore(app.today, (store) => store.day)
  const account = useStore(app.session, (session) => session.account?.id ?? '')
  const unsent = useStore(app.sync, (sync) => sync.unsent)
  const { pairs, progress } = useStore(samePeopleOf(app.register), (state) => state)
  const store = devicesOf(app)
  const devices = useStore(store, (state) => state)
  useEffect(() => {
    void store.getState().load()
  }, [store])
  const inNeed = devicesInNeed(devices.list, account)
  const items = useRegister(
    app,
    (register) => reviewItems(register, { day, account, unsent, pairs, devices: inNeed }),
    [day, account, unsent, pairs, devices.list],
  )
  return { items, progress, devices }
}
