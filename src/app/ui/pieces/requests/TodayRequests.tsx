import { firstPages } from '#app/links/first.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Group } from '#app/ui/kit/Row.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { todayRequests } from '#app/views/request-list.ts'
import { useMoreWords } from './more-words.ts'
import { RequestRow } from './RequestRow.tsx'
import styles from './Requests.module.css'
import { useViewer } from './use-viewer.ts'

/** On the list of today: whom to call back by the end of this day, and which promises fall due on it or before. */
export function TodayRequests() {
  const app = useParts('register', 'today')
  const more = useMoreWords()
  const words = useWords()
  const viewer = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const { callBacks, due, first } = useRegister(
    app,
    (register) => todayRequests(register, viewer, day),
    [viewer.role, viewer.now, day],
  )
  if (first.length === 0) return null
  return (
    <Group
      head={
        <a class={styles.head} href={firstPages.requests()}>
          {formatFacts(words, [
            callBacks > 0 && more.callBacks(callBacks),
            due > 0 && more.dueToday(due),
          ])}
        </a>
      }
    >
      {first.map((view) => (
        <RequestRow key={view.request.id} view={view} />
      ))}
    </Group>
  )
}
