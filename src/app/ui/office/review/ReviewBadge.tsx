import { useEffect, useState } from 'preact/hooks'
import { samePeopleOf } from '#app/stores/same-people.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Spoken } from '#app/ui/kit/Spoken.tsx'
import { reviewItems } from '#app/views/review-items.ts'
import { useReviewWords } from './review-words.ts'
import styles from './Review.module.css'

/** Long enough that typing and saving never wait for it. */
const AFTER_CHANGE_MS = 500

/** How much waits, beside the tab's word; what other devices hold needs a connection and is not counted. */
export function ReviewBadge() {
  const app = useParts('session', 'sync', 'register', 'today')
  const said = useReviewWords()
  const day = useStore(app.today, (store) => store.day)
  const account = useStore(app.session, (session) => session.account?.id ?? '')
  const unsent = useStore(app.sync, (sync) => sync.unsent)
  const pairs = useStore(samePeopleOf(app.register), (state) => state.pairs)
  const [count, setCount] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      if (!app.register.isWhole) return
      const sources = { day, account, unsent, pairs, devices: [] }
      setCount(reviewItems(app.register, sources).length)
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(look, AFTER_CHANGE_MS)
    }
    later()
    const stop = app.register.subscribe(later)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [app, day, account, unsent, pairs])
  if (count === 0) return null
  return (
    <span class={styles.badge}>
      <span>{count > 99 ? '99+' : count}</span>
      <Spoken>{said.explain}</Spoken>
    </span>
  )
}
