import { useState } from 'preact/hooks'
import { mayKeepHotline } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useHotlineWords } from './hotline-words.ts'
import { useHotline } from '#app/ui/pieces/use-hotline.ts'
import { Waiting } from './Waiting.tsx'
import styles from './Hotline.module.css'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

/** 待放行: what outside hotlines handed in, before it is in any stream. */
export function Hotline() {
  const app = useParts('session')
  const own = useHotlineWords()
  const words = useWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const { value, problem, load, leaveOut } = useHotline()
  const [done, setDone] = useState<string | null>(null)
  const [failed, setFailed] = useState<{ readonly id: string; readonly told: string } | null>(null)
  // While its card is here the card says it.
  const isGone = failed !== null && !value?.waiting.some(({ id }) => id === failed.id)
  return (
    <Page title={own.title} back={firstPages.requests()}>
      <div class={styles.page}>
        <p class={styles.soft}>{own.hint}</p>
        {done && <Notice>{done}</Notice>}
        {isGone && <Notice tone="alarm">{failed.told}</Notice>}
        {!value && problem === null && <Progress label={own.loading} value={null} />}
        {problem !== null && (
          <>
            <Notice tone={problem === 'offline' ? 'calm' : 'alarm'}>
              {problem === 'offline' ? own.needsNetwork : words.problems[problem]}
            </Notice>
            <Button wide icon="sync" onClick={load}>
              {own.again}
            </Button>
          </>
        )}
        {value?.waiting.length === 0 && <Empty title={own.none} />}
        {value && (
          <ul class={styles.list}>
            {value.waiting.map((waiting) => (
              <li key={waiting.id} class={styles.card}>
                <Waiting
                  waiting={waiting}
                  onDone={(told) => {
                    setDone(told)
                    leaveOut(waiting.id)
                    load()
                  }}
                  onFailed={(told) => {
                    setDone(null)
                    setFailed({ id: waiting.id, told: own.notDone(waiting.number, told) })
                    load()
                  }}
                />
              </li>
            ))}
          </ul>
        )}
        {value && value.count > value.waiting.length && (
          <p class={styles.soft}>{own.more(value.count - value.waiting.length)}</p>
        )}
        {role && mayKeepHotline(role) && (
          <ButtonLink wide look="quiet" href={requestsPages.hotlineSystems()}>
            {own.systemsLink}
          </ButtonLink>
        )}
      </div>
    </Page>
  )
}
