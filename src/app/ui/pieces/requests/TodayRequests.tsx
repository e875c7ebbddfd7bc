import { firstPages } from '#app/links/first.ts'
import { instantToDay } from '#domain/day.ts'
import { openStates } from '#domain/requests/transition.ts'
import { listRequests, type RequestView } from '#app/views/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Group } from '#app/ui/kit/Row.tsx'
import { useMoreWords } from './more-words.ts'
import { RequestRow } from './RequestRow.tsx'
import { useViewer } from './use-viewer.ts'
import styles from './Requests.module.css'

const most = 5

/** On the list of today: whom to call back by the end of this day, and which promises fall due on it or before. */
export function TodayRequests() {
  const app = useParts('register', 'today')
  const more = useMoreWords()
  const words = useWords()
  const viewer = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const { open } = useRegister(app, (register) => listRequests(register, viewer), [
    viewer.role,
    viewer.now,
  ])
  const isBy = (at: number | null) => at !== null && instantToDay(new Date(at).toISOString()) <= day
  const callBacks = open.filter(({ callBackDue }) => isBy(callBackDue))
  const due = open.filter((view) => isPromised(view) && isBy(view.promise?.at ?? null))
  if (callBacks.length + due.length === 0) return null
  const shown = [...callBacks, ...due].slice(0, most)
  return (
    <Group
      head={
        <a class={styles.head} href={firstPages.requests()}>
          {formatFacts(words, [
            callBacks.length > 0 && more.callBacks(callBacks.length),
            due.length > 0 && more.dueToday(due.length),
          ])}
        </a>
      }
    >
      {shown.map((view) => (
        <RequestRow key={view.request.id} view={view} />
      ))}
    </Group>
  )
}

/** Somebody waits for an answer that was promised, and it does not stand still. */
function isPromised({ course, promise }: RequestView): boolean {
  const isOpen = openStates.includes(course.state) && course.state !== 'verifying'
  return isOpen && promise?.suspendedAt === null
}
