/**
 * The time ledger 时间账: who held a request for how long, in working time. Its parts sum to the whole, so that a late
 * answer shows where the time went: on the way from a phone without a signal, in the office, with a unit, or waiting.
 */
import type { WorkingTime } from '../calendar.ts'
import type { JudgedStep } from './course.ts'
import type { RequestState } from './step.ts'

/** `way`: between what was said at the door and its arrival. `asker`: released, waiting for the person's word. */
export type Holder = 'way' | 'office' | 'unit' | 'paused' | 'asker' | 'outside'

export interface LedgerLine {
  readonly holder: Holder
  /** Of a unit: which. */
  readonly unit: string | null
  /** Milliseconds of working time; of the clock where the limit is one of the clock. */
  readonly spent: number
}

const holders: Readonly<Partial<Record<RequestState, Holder>>> = {
  submitted: 'office',
  accepted: 'office',
  handled: 'office',
  assigned: 'unit',
  handling: 'unit',
  suspended: 'paused',
  verifying: 'asker',
  outside: 'outside',
}

/** From the first word to `now`, or to the end where it ended before; `byClock`: minutes of the clock. */
export function timeLedger(
  steps: readonly JudgedStep[],
  now: number,
  time: WorkingTime,
  byClock = false,
): readonly LedgerLine[] {
  const [first] = steps
  if (!first) return []
  const sums = new Map<string, LedgerLine>()
  const spend = (holder: Holder, unit: string | null, from: number, to: number) => {
    const spent = byClock ? Math.max(0, to - from) : time.timeBetween(from, to)
    const key = `${holder}/${unit ?? ''}`
    const known = sums.get(key)
    sums.set(key, { holder, unit, spent: (known?.spent ?? 0) + spent })
  }
  const said = Date.parse(first.at)
  let since = Math.max(said, Date.parse(first.received ?? first.at))
  spend('way', null, said, since)
  let state: RequestState = first.to ?? 'submitted'
  let unit: string | null = null
  const hold = (until: number) => {
    const holder = holders[state]
    if (holder) spend(holder, holder === 'unit' ? unit : null, since, until)
    since = Math.max(since, until)
  }
  for (const step of steps.slice(1)) {
    if (!step.moved) continue
    hold(Math.max(since, Date.parse(step.received ?? step.at)))
    state = step.to ?? state
    if (step.step === 'dispatch') unit = step.unit ?? null
  }
  hold(Math.max(since, now))
  return [...sums.values()].filter(({ spent }) => spent > 0)
}
