import { mayKeepTopics } from '#domain/permission-of-places.ts'
import { isOpen } from '#domain/topics/standing.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { requestsPages } from '#app/links/requests.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatMoment } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { FundOfTopic } from '#app/ui/pieces/page-links/FundOfTopic.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useTopicWords } from '#app/ui/words/topic-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  doorsHere,
  partOf,
  stepsOf,
  tallyHere,
  topicView,
  type TopicView,
} from '#app/views/topics.ts'
import { TopicActs } from './TopicActs.tsx'
import { TopicTally } from './TopicTally.tsx'

/** One topic: what is asked, which doors said what, and what became of it. */
export function TopicPage({ params }: PageProps) {
  const app = useParts('register')
  const own = useTopicWords()
  const id = params['topic'] ?? ''
  const view = useRegister(app, (register) => topicView(register, id), [id])
  if (!view) return <Gone title={own.gone} back={topicsPages.topics()} />
  return <Found key={id} view={view} />
}

function Found({ view }: { readonly view: TopicView }) {
  const app = useParts('register', 'session', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { topic, standing } = view
  const { title, words: said, rule, request } = topic.fields
  const day = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const me = useStore(app.session, (session) => session.account?.id ?? null)
  const here = useRegister(app, (register) => tallyHere(doorsHere(register, view, me)), [
    topic.id,
    me,
  ])
  const isKeeper = role !== undefined && mayKeepTopics(role)
  const hasRequest = useRegister(app, (register) =>
    Boolean(request && register.get('request', request)),
  )
  return (
    <Page
      title={title}
      back={topicsPages.topics()}
      foot={
        here.doors > 0 && (
          <Foot>
            <ButtonLink
              look={isOpen(standing) ? 'primary' : 'plain'}
              icon="home"
              wide
              href={topicsPages.doors(topic.id)}
            >
              {standing.askedAt === null
                ? own.seeDoors
                : own.toDoors(isOpen(standing) ? here.silent : 0)}
            </ButtonLink>
          </Foot>
        )
      }
    >
      <Group box head={own.parts[partOf(standing)]}>
        {said && <p>{said}</p>}
        <FactGrid>
          {standing.openUntil && (
            <Fact label={own.openUntil} wide>
              {formatDay(words, standing.openUntil, day)}
            </Fact>
          )}
          <Fact label={own.ground} wide>
            {own.grounds[rule.key] ?? rule.ground}
          </Fact>
          <Fact label={own.ruleShort} wide>
            {own.rules[rule.key] ?? rule.key}
          </Fact>
          {standing.outcome && (
            <Fact label={own.outcome} wide>
              {[own.outcomes[standing.outcome], standing.words].filter(Boolean).join(' · ')}
            </Fact>
          )}
        </FactGrid>
      </Group>
      {request && hasRequest && (
        <ButtonLink look="quiet" href={requestsPages.request(request)}>
          {own.fromRequest}
        </ButtonLink>
      )}
      {standing.stage === 'decided' && <FundOfTopic topic={topic.id} />}
      {standing.askedAt && <TopicTally view={view} />}
      {isKeeper && standing.stage !== 'decided' && <TopicActs view={view} />}
      <Course view={view} />
    </Page>
  )
}

function Course({ view }: { readonly view: TopicView }) {
  const app = useParts('register', 'today')
  const own = useTopicWords()
  const words = useWords()
  const { topic } = view
  const day = useStore(app.today, (store) => store.day)
  const steps = useRegister(app, (register) => stepsOf(register, topic.id), [topic.id])
  const nameOf = (by: string | undefined) =>
    (by && app.register.get('account', by)?.fields.name) ?? ''
  return (
    <Group head={own.course}>
      <Row
        title={own.raisedStep}
        name={nameOf(topic.by)}
        aside={formatMoment(words, topic.fields.at, day)}
      />
      {steps.map(({ id, by, version, fields }) => (
        <Row
          key={id}
          title={own.steps[fields.step]}
          name={nameOf(by)}
          aside={formatMoment(words, fields.at, day)}
          pending={version === 0 ? words.shell.saved : undefined}
          {...(fields.words && { under: fields.words })}
        />
      ))}
    </Group>
  )
}
