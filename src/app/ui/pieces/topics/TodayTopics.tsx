import { mayTakeVoices } from '#domain/permission-of-places.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { topicsToAsk } from '#app/views/topics.ts'

/** So many stand under the list of today; the others on their own page. */
const FEW = 3

/** What doors of this device are still to be asked, and until when; nothing where none is. */
export function TodayTopics(props: { readonly day: string; readonly grid: string | undefined }) {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const words = useWords()
  const { day, grid } = props
  const account = useStore(app.session, (session) => session.account)
  const me = account?.id ?? null
  const open = useRegister(app, (register) => topicsToAsk(register, me, grid), [me, grid])
  if (open.length === 0 || !account || !mayTakeVoices(account.role)) return null
  return (
    <Group head={own.nowAsked}>
      {open.slice(0, FEW).map(({ topic, standing, left }) => (
        <Row
          key={topic.id}
          title={topic.fields.title}
          under={formatFacts(words, [
            own.left(left),
            standing.openUntil && own.until(formatDay(words, standing.openUntil, day)),
          ])}
          href={topicsPages.doors(topic.id)}
        />
      ))}
      {open.length > FEW && <Row title={own.link} href={topicsPages.topics()} />}
    </Group>
  )
}
