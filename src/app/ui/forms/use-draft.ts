/** What every form shares: drafts that outlive a crash, a save that is durable before it says so, errors in words. */
import { useRef, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'

export interface Draft<Value> {
  readonly value: Value
  /** True where this form opened with what was typed before. */
  readonly restored: boolean
  set(next: Value | ((before: Value) => Value)): void
  /** Forgets what was typed: after a save, or when the person clears the form. */
  done(): void
  clear(): void
}

/** Form state that is sealed on disk as it is typed. `key` names the form and its record, e.g. `visit/<id>`. */
export function useDraft<Value extends object>(key: string, initial: () => Value): Draft<Value> {
  const app = useParts('drafts')
  const [start] = useState(() => app.drafts.get(key) as Value | undefined)
  const [value, setValue] = useState<Value>(() => start ?? initial())
  const [restored, setRestored] = useState(start !== undefined)
  // Two fields may be set before the next drawing (a number fills birth date and sex): the latest counts.
  const latest = useRef(value)
  return {
    value,
    restored,
    set(next) {
      latest.current = typeof next === 'function' ? next(latest.current) : next
      setValue(latest.current)
      app.drafts.set(key, latest.current)
    },
    done: () => app.drafts.remove(key),
    clear() {
      app.drafts.remove(key)
      latest.current = initial()
      setValue(latest.current)
      setRestored(false)
    },
  }
}
