import type { ComponentChildren } from 'preact'
import type { ListedTopic, PurgeList } from '#protocol/purge.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { NamedCard } from './NamedCard.tsx'
import { HoldCard } from './HoldCard.tsx'
import { PersonCard } from './PersonCard.tsx'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import { usePurge, type KnownPurge } from './use-purge.ts'
import { GridOthers } from './GridOthers.tsx'
import { GridRequests } from './RequestPart.tsx'
import { GridVisits, KeptCard } from './VisitPart.tsx'
import { privacyPages } from '#app/links/privacy.ts'

/** 到期清单: what is purged next, by name, thirty days before; and what waits for a decision. */
export function Purge() {
  const words = useWords()
  const said = usePurgeWords()
  const purge = usePurge()
  const today = useStore(useParts('today').today, (store) => store.day)
  const { list, problem, isAsking } = purge
  const isEmpty = list !== null && !hasAny(list)
  return (
    <Page width="read" title={said.title} back={privacyPages.protection()}>
      <div class={styles.page}>
        <p class={styles.soft}>{said.hint}</p>
        {list === null && isAsking && <Progress label={said.loading} value={null} />}
        {problem && (
          <>
            <Notice tone={problem === 'offline' ? 'calm' : 'alarm'}>
              {problem === 'offline' ? said.needsNetwork : words.problems[problem]}
            </Notice>
            <Button wide icon="sync" busy={isAsking} onClick={() => void purge.load()}>
              {said.again}
            </Button>
          </>
        )}
        {list?.holds.map((hold) => (
          <HoldCard key={`${hold.place} ${hold.at}`} hold={hold} purge={purge} />
        ))}
        {isEmpty && (
          <Empty title={said.none} icon="check">
            <p>{said.noneHint}</p>
          </Empty>
        )}
        {list && list.people.length > 0 && (
          <section class={styles.part}>
            <h2>{said.people(list.peopleInAll)}</h2>
            <ul class={styles.list}>
              {list.people.map((person) => (
                <li key={person.record}>
                  <PersonCard person={person} purge={purge} />
                </li>
              ))}
            </ul>
            {list.peopleInAll > list.people.length && (
              <p class={styles.soft}>{said.more(list.peopleInAll - list.people.length)}</p>
            )}
          </section>
        )}
        <Part head={said.visits} of={list?.visits} keyOf={({ stream }) => stream}>
          {(visits) => <GridVisits visits={visits} purge={purge} />}
        </Part>
        <Part
          head={said.requests}
          of={list?.requests}
          keyOf={({ stream, rule }) => `${stream} ${rule}`}
        >
          {(requests) => <GridRequests requests={requests} purge={purge} />}
        </Part>
        <Part head={said.funds} of={list?.funds} keyOf={({ record }) => record}>
          {(fund) => (
            <NamedCard
              one={fund}
              name={fund.name}
              href={fundPages.fund(fund.record)}
              since={said.fundClosed(formatDay(words, fund.day, today))}
              purge={purge}
            />
          )}
        </Part>
        <Part head={said.topics} of={list?.topics} keyOf={({ record }) => record}>
          {(topic) => <TopicCard topic={topic} purge={purge} />}
        </Part>
        <Part
          head={said.others}
          of={list?.others}
          keyOf={({ stream, rule }) => `${stream} ${rule}`}
        >
          {(others) => <GridOthers others={others} />}
        </Part>
        <Part head={said.keptTitle} of={list?.kept} keyOf={({ record }) => record}>
          {(kept) => <KeptCard kept={kept} purge={purge} />}
        </Part>
      </div>
    </Page>
  )
}

/** A heading with a card for each; nothing where there is none. */
function Part<T>(props: {
  readonly head: string
  readonly of: readonly T[] | undefined
  readonly keyOf: (one: T) => string
  readonly children: (one: T) => ComponentChildren
}) {
  const { head, of = [], keyOf, children } = props
  if (of.length === 0) return null
  return (
    <section class={styles.part}>
      <h2>{head}</h2>
      <ul class={styles.list}>
        {of.map((one) => (
          <li key={keyOf(one)}>{children(one)}</li>
        ))}
      </ul>
    </section>
  )
}

function TopicCard(props: { readonly topic: ListedTopic; readonly purge: KnownPurge }) {
  const app = useParts('today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { topic, purge } = props
  const day = formatDay(words, topic.day, today)
  return topic.rule === 'topic' ? (
    <NamedCard
      one={topic}
      name={topic.name}
      href={topicsPages.topic(topic.record)}
      since={said.topicDecided(day)}
      purge={purge}
    />
  ) : (
    <NamedCard
      one={topic}
      name={said.meetingOf(day)}
      href={topicsPages.meeting(topic.record)}
      since={null}
      purge={purge}
    />
  )
}

function hasAny(list: PurgeList): boolean {
  const { holds, people, visits, requests, funds = [], topics = [], others = [] } = list
  return [holds, people, visits, requests, funds, topics, others].some((part) => part.length > 0)
}

export function PurgeLink() {
  const said = usePurgeWords()
  return (
    <ButtonLink wide href={privacyPages.purge()}>
      {said.link}
    </ButtonLink>
  )
}
