import { useLocation } from 'preact-iso'
import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { isOpen } from '#domain/topics/standing.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  doorsHere,
  partOf,
  tallyHere,
  topicParts,
  topicsHere,
  type TopicView,
} from '#app/views/topics.ts'

/** What doors are asked in each community: in every worker's pocket, put by the office. */
export function Topics() {
  const app = useParts('register', 'session')
  const own = useTopicWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const topics = useRegister(app, topicsHere, [])
  const isKeeper = role !== undefined && mayKeepTopics(role)
  return (
    <Page
      title={own.title}
      back={firstPages.me()}
      foot={
        isKeeper && (
          <ButtonLink look="primary" icon="plus" wide href={topicsPages.newTopic()}>
            {own.add}
          </ButtonLink>
        )
      }
    >
      {topics.length === 0 && (
        <Empty title={own.none} icon="requests">
          <p>{own.noneHint}</p>
        </Empty>
      )}
      {topicParts.map((part) => {
        const these = topics.filter(({ standing }) => partOf(standing) === part)
        return (
          these.length > 0 && (
            <Group key={part} head={own.parts[part]} aside={String(these.length)}>
              {these.map((view) => (
                <TopicRow key={view.topic.id} view={view} />
              ))}
            </Group>
          )
        )
      })}
    </Page>
  )
}

function TopicRow({ view }: { readonly view: TopicView }) {
  const app = useParts('register', 'session', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { path } = useLocation()
  const { topic, standing } = view
  const day = useStore(app.today, (store) => store.day)
  const me = useStore(app.session, (session) => session.account?.id ?? null)
  const place = useRegister(app, (register) => register.get('place', topic.stream)?.fields.name)
  const left = useRegister(
    app,
    (register) => (isOpen(standing) ? tallyHere(doorsHere(register, view, me)).silent : 0),
    [topic.id, me],
  )
  const { openUntil, outcome } = standing
  const isPast = isOpen(standing) && openUntil !== null && openUntil < day
  const href = topicsPages.topic(topic.id)
  return (
    <Row
      title={topic.fields.title}
      aside={outcome ? own.outcomes[outcome] : ''}
      isLate={isPast}
      under={formatFacts(words, [
        isOpen(standing) &&
          openUntil &&
          (isPast
            ? own.pastUntil(formatDay(words, openUntil, day))
            : own.until(formatDay(words, openUntil, day))),
        left > 0 && own.left(left),
        place,
      ])}
      href={href}
      chosen={path === href}
    />
  )
}
