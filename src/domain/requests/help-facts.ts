/** The two facts that a colour may learn of requests, apart from how a request is judged: they are part of the first script. */
import { addMonths, type Day } from '../day.ts'

export interface HelpRequest {
  /** As the person reads it out: a reason names it, so that it can be challenged. */
  readonly number: string
  readonly isOpen: boolean
  /** The day on which it was closed without what was asked for; null of an open one and of one that helped. */
  readonly unmetOn: Day | null
}

/** So long a request that did not help is remembered. */
const unmetMonths = 12
/** So many of them within that time are told. */
const unmetCount = 2

export interface HelpSaid {
  readonly isTrue: boolean
  /** The next day on which time alone changes it; null where none does. */
  readonly next: Day | null
  /** Numbers of the requests that it is true for. */
  readonly numbers: readonly string[]
}

export function openHelpOf(help: readonly HelpRequest[]): HelpSaid {
  const numbers = help
    .filter(({ isOpen }) => isOpen)
    .map(({ number }) => number)
    .sort()
  return { isTrue: numbers.length > 0, next: null, numbers }
}

export function unmetHelpOf(help: readonly HelpRequest[], today: Day): HelpSaid {
  const remembered = help
    .flatMap(({ number, unmetOn }) => (unmetOn === null ? [] : [{ number, unmetOn }]))
    .filter(({ unmetOn }) => unmetOn <= today && addMonths(unmetOn, unmetMonths) > today)
    .sort((a, b) => (a.unmetOn < b.unmetOn ? 1 : -1))
  const last = remembered[unmetCount - 1]
  if (!last) return { isTrue: false, next: null, numbers: [] }
  return {
    isTrue: true,
    next: addMonths(last.unmetOn, unmetMonths),
    numbers: remembered.map(({ number }) => number).sort(),
  }
}
