import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { NotFetched } from './NotFetched.tsx'
import { fetchLaterWords } from './words/zh-CN.ts'

export interface Later<Props extends object> extends FunctionComponent<Props> {
  /** Fetches the script before anybody opens the page; resolves also where it did not come. */
  fetch(): Promise<void>
}

/**
 * A page whose script is fetched when it is first opened: from the service worker's cache, so also offline. If that
 * fails (an update removed it under an open app) the person can try again. `begin` says when: with `afterPaint` what
 * stands beside it is on the glass before.
 */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  begin: (fetch: () => void) => void = atOnce,
): Later<Props> {
  let loaded: FunctionComponent<Props> | null = null
  const fetched = () =>
    Promise.all([load(), fetchLaterWords()]).then(([component]) => {
      loaded = component
      return component
    })
  const Later = (props: Props) => {
    const [page, setPage] = useState<{ readonly at: FunctionComponent<Props> | null }>({
      at: loaded,
    })
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (page.at || failed) return
      begin(
        () =>
          void fetched().then(
            (component) => setPage({ at: component }),
            () => setFailed(true),
          ),
      )
    }, [page, failed])
    if (page.at) {
      const Page = page.at
      return <Page {...props} />
    }
    if (!failed) return null
    return <NotFetched again={() => setFailed(false)} />
  }
  // What fails here is tried again when the page is opened.
  return Object.assign(Later, {
    fetch: () =>
      fetched().then(
        () => undefined,
        () => undefined,
      ),
  })
}

const atOnce = (fetch: () => void) => fetch()

/** Not before a frame is painted. An effect may come before that: on a slow device the first list waited for it. */
export const afterPaint = (fetch: () => void) =>
  void requestAnimationFrame(() => void requestAnimationFrame(fetch))
