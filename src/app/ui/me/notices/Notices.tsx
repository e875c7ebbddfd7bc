import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Notices as Packages } from '#protocol/notices.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useNoticesWords } from './notices-words.ts'
import styles from './Notices.module.css'
import { firstPages } from '#app/links/first.ts'

/** 开源软件声明: whose packages the app and the server carry, and under which words. */
export function Notices() {
  const app = useParts('officeActs')
  const own = useNoticesWords()
  const [said, setSaid] = useState<Packages['packages'] | 'asking' | 'away'>('asking')
  const ask = useCallback(() => {
    setSaid('asking')
    void app.officeActs
      .notices()
      .then((answer) => setSaid(answer.ok ? answer.value.packages : 'away'))
  }, [app])
  useEffect(ask, [ask])
  return (
    <Page width="read" title={own.title} back={firstPages.me()}>
      <div class={styles.page}>
        <p class={styles.soft}>{own.hint}</p>
        {said === 'asking' && <Progress label={own.asking} value={null} />}
        {said === 'away' && (
          <>
            <Notice>{own.away}</Notice>
            <Button wide icon="sync" onClick={ask}>
              {own.again}
            </Button>
          </>
        )}
        {typeof said !== 'string' && (
          <>
            <p>{own.count(said.length)}</p>
            {said.map(({ name, version, license, text }) => (
              <details key={`${name} ${version}`} class={styles.package}>
                <summary>
                  <strong>{name}</strong>
                  <span class={styles.soft}>
                    {version} · {license}
                  </span>
                </summary>
                <pre lang="en">{text === '' ? own.none : text}</pre>
              </details>
            ))}
          </>
        )}
      </div>
    </Page>
  )
}
