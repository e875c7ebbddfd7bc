/** What every record screen shares: masked values, doors, colours with their reasons. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RevealPurpose } from '#domain/reveal.ts'
import { useParts } from '#app/acts/use-parts.ts'

/** How long a revealed value stays on the glass. */
export const shownForMs = 30_000

export interface Reveals {
  isShown(field: string): boolean
  /** Shows a value, asking the purpose the first time; a second tap hides it. */
  toggle(field: string): void
  /** The field that waits for a purpose; null where none does. */
  readonly asking: string | null
  choose(purpose: RevealPurpose): void
  cancel(): void
  /** It could not be logged, so nothing was shown. */
  readonly failed: boolean
  /** A minor, and nobody approved that this account looks; said until it is closed. */
  readonly isWithheld: boolean
}

/** The reveals of one subject on one page: the purpose is asked once, each reveal is logged before it shows. */
export function useReveals(subject: string): Reveals {
  const app = useParts('work')
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  const [isWithheld, setWithheld] = useState(false)
  const purpose = useRef<RevealPurpose | null>(null)
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  useEffect(() => {
    const running = timers.current
    return () => running.forEach((timer) => clearTimeout(timer))
  }, [])

  const hide = (field: string) => {
    clearTimeout(timers.current.get(field))
    timers.current.delete(field)
    setShown((before) => new Set([...before].filter((name) => name !== field)))
  }
  const show = async (field: string, why: RevealPurpose) => {
    // A second failure is said again.
    setFailed(false)
    const answer = await app.work.reveal(subject, field, why)
    setFailed(answer === 'not-logged')
    setWithheld(answer === 'not-approved')
    if (answer !== 'logged') return
    setShown((before) => new Set([...before, field]))
    timers.current.set(
      field,
      setTimeout(() => hide(field), shownForMs),
    )
  }
  return {
    isShown: (field) => shown.has(field),
    toggle(field) {
      if (shown.has(field)) hide(field)
      else if (purpose.current) void show(field, purpose.current)
      else setAsking(field)
    },
    asking,
    choose(why) {
      purpose.current = why
      setAsking(null)
      if (asking) void show(asking, why)
    },
    cancel() {
      setAsking(null)
      setWithheld(false)
    },
    failed,
    isWithheld,
  }
}
