/** When an arrangement of care lapses, apart from what it holds: the first script asks it for the colours. */
import { addDays, earlier, type Day } from './day.ts'

interface Lasting {
  readonly until?: Day | null | undefined
  readonly look?: Day | null | undefined
  readonly endedOn?: Day | null | undefined
}

/** The day on which somebody should look at it: when it was to be looked at next, or when it ends. Null of one that is over. */
export function lookAt({ until, look, endedOn }: Lasting): Day | null {
  return endedOn ? null : earlier(until ?? null, look ?? null)
}

/** Whether one of them has lapsed: its day has passed, and nobody said how it goes on. */
export function careLapsed(
  cares: readonly Lasting[] | null | undefined,
  today: Day,
): { readonly value: boolean; readonly next: Day | null } {
  let value = false
  let next: Day | null = null
  for (const care of cares ?? []) {
    const day = lookAt(care)
    if (day === null) continue
    if (day < today) value = true
    else next = earlier(next, addDays(day, 1))
  }
  return { value, next: value ? null : next }
}

/** The first day after the last call on which somebody should look at one of them; null where there is none. */
export function careDueOn(
  cares: readonly Lasting[] | null | undefined,
  lastMet: Day | null,
): Day | null {
  let first: Day | null = null
  for (const care of cares ?? []) {
    const day = lookAt(care)
    if (day !== null && (lastMet === null || day > lastMet)) first = earlier(first, day)
  }
  return first
}
