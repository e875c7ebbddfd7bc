import type { PurgeList } from '#protocol/purge.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { FundCard } from './FundCard.tsx'
import { HoldCard } from './HoldCard.tsx'
import { PersonCard } from './PersonCard.tsx'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import { usePurge } from './use-purge.ts'
import { GridOthers } from './GridOthers.tsx'
import { GridRequests } from './RequestPart.tsx'
import { GridVisits, KeptCard } from './VisitPart.tsx'
import { privacyPages } from '#app/links/privacy.ts'

/** 到期清单: what is purged next, by name, thirty days before; and what waits for a decision. */
export function Purge() {
  const words = useWords()
  const said = usePurgeWords()
  const purge = usePurge()
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
        {list && list.visits.length > 0 && (
          <section class={styles.part}>
            <h2>{said.visits}</h2>
            <ul class={styles.list}>
              {list.visits.map((visits) => (
                <li key={visits.stream}>
                  <GridVisits visits={visits} purge={purge} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {list && list.requests.length > 0 && (
          <section class={styles.part}>
            <h2>{said.requests}</h2>
            <ul class={styles.list}>
              {list.requests.map((requests) => (
                <li key={`${requests.stream} ${requests.rule}`}>
                  <GridRequests requests={requests} purge={purge} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {list?.funds && list.funds.length > 0 && (
          <section class={styles.part}>
            <h2>{said.funds}</h2>
            <ul class={styles.list}>
              {list.funds.map((fund) => (
                <li key={fund.record}>
                  <FundCard fund={fund} purge={purge} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {list?.others && list.others.length > 0 && (
          <section class={styles.part}>
            <h2>{said.others}</h2>
            <ul class={styles.list}>
              {list.others.map((others) => (
                <li key={`${others.stream} ${others.rule}`}>
                  <GridOthers others={others} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {list && list.kept.length > 0 && (
          <section class={styles.part}>
            <h2>{said.keptTitle}</h2>
            <ul class={styles.list}>
              {list.kept.map((kept) => (
                <li key={kept.record}>
                  <KeptCard kept={kept} purge={purge} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Page>
  )
}

function hasAny(list: PurgeList): boolean {
  const { holds, people, visits, requests, funds = [], others = [] } = list
  return [holds, people, visits, requests, funds, others].some((part) => part.length > 0)
}

export function PurgeLink() {
  const said = usePurgeWords()
  return (
    <ButtonLink wide href={privacyPages.purge()}>
      {said.link}
    </ButtonLink>
  )
}
