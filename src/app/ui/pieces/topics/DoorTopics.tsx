import { topicsPages } from '#app/links/topics.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { topicsOfDoor } from '#app/views/topics.ts'

/** What a door is asked now, and what it said so far; nothing where it is asked nothing. */
export function DoorTopics(props: { readonly dwelling: string }) {
  const app = useParts('register', 'session', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { dwelling } = props
  const day = useStore(app.today, (store) => store.day)
  const me = useStore(app.session, (session) => session.account?.id ?? null)
  const topics = useRegister(app, (register) => topicsOfDoor(register, dwelling, me), [
    dwelling,
    me,
  ])
  if (topics.length === 0) return null
  return (
    <Group head={own.ofDoor}>
      {topics.map(({ topic, standing, voices }) => (
        <Row
          key={topic.id}
          title={topic.fields.title}
          aside={voices?.counts ? own.says[voices.counts.says] : own.silent}
          under={formatFacts(words, [
            standing.openUntil && own.until(formatDay(words, standing.openUntil, day)),
            voices?.isPaperWaiting && own.secondNeeded,
          ])}
          href={topicsPages.voice(topic.id, dwelling)}
        />
      ))}
    </Group>
  )
}
