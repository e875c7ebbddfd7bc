import { useEffect, useRef, useState } from 'preact/hooks'

/** What an act of the office answers, as far as it matters here. */
type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false }

const firstAgainMs = 2_000
const longestAgainMs = 60_000

/**
 * What the server says to something that a page shows by the way: asked when it is drawn and, where no answer came,
 * again at longer and longer intervals. Null until there is one. A later drawing asks nothing anew, whatever `ask` it
 * brings along.
 */
export function useAsked<T>(ask: () => Promise<Answer<T>>): T | null {
  const [said, setSaid] = useState<T | null>(null)
  const [first] = useState(() => ask)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    const look = async (againMs: number) => {
      const answer = await first()
      if (!isWanted) return
      if (answer.ok) setSaid(answer.value)
      else timer = setTimeout(() => void look(Math.min(againMs * 2, longestAgainMs)), againMs)
    }
    void look(firstAgainMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [first])
  return said
}

/** Asks again at longer and longer intervals while something is missing that a page cannot be without. */
export function useAskAgain(isMissing: boolean, ask: () => Promise<void>): void {
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (!isMissing) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    const wait = (againMs: number) => {
      timer = setTimeout(() => {
        void latest.current().then(() => {
          if (isWanted) wait(Math.min(againMs * 2, longestAgainMs))
        })
      }, againMs)
    }
    wait(firstAgainMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [isMissing])
}
