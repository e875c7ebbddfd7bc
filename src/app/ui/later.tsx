import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from './kit/Button.tsx'
import { Empty } from './kit/Notice.tsx'
import { useWords } from './words/use-words.ts'

/**
 * A page whose script is fetched when it is first opened: from the service worker's cache, so also offline. If that
 * fails (an update removed it under an open app) the person can try again.
 */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | null = null
  return function Later(props: Props) {
    const [page, setPage] = useState<{ readonly at: FunctionComponent<Props> | null }>({
      at: loaded,
    })
    const [failed, setFailed] = useState(false)
    const words = useWords()
    useEffect(() => {
      if (page.at || failed) return
      load().then(
        (component) => {
          loaded = component
          setPage({ at: component })
        },
        () => setFailed(true),
      )
    }, [page, failed])
    if (page.at) {
      const Page = page.at
      return <Page {...props} />
    }
    if (!failed) return null
    return (
      <Empty title={words.shell.failedTitle} icon="alert">
        <p>{words.shell.failedHint}</p>
        <Button onClick={() => setFailed(false)}>{words.shell.again}</Button>
      </Empty>
    )
  }
}
