/** When somebody should call next. Lateness makes a task overdue; it never changes a colour. */
import { addDays, daysBetween, type Day } from './day.ts'
import type { ColourKey } from './level.ts'
import type { Scheme } from './scheme.ts'
import { dueBy, dueByRules, limitOf, withoutEarlier, type Coloured } from './visit-limits.ts'

/**
 * Days until a first call where nothing is known yet. Grey is no level of the scheme, but a new neighbour should not
 * wait for half a year like a settled one, nor a whole imported village be due on one morning.
 */
const greyWithin = 30

/**
 * The last day on which somebody met a resident: a call on the household counts from the day on which the person came
 * into it, one on the person always.
 */
export function lastMetOf(
  own: Day | null,
  household: Day | null,
  joinedOn: Day | null | undefined,
): Day | null {
  const whole = household !== null && joinedOn && household < joinedOn ? null : household
  if (own === null || whole === null) return own ?? whole
  return own > whole ? own : whole
}

export interface DueFacts {
  readonly colour: ColourKey
  /** Its people and its dwelling, whose rules may carry limits of their own; without them the colour's limit holds. */
  readonly subjects?: readonly Coloured[]
  /** Last visit with outcome met. */
  readonly lastMet: Day | null
  /** The day on which the household came into the register: what counts where nobody was ever met. */
  readonly knownSince: Day
  /** A life event of the household (birth, death, moving in or out). */
  readonly lifeEventOn: Day | null
  /** When somebody should look at the care of one of its people, where nobody called since (`careDueOn`). */
  readonly careOn?: Day | null
  readonly scheme: Scheme
}

/** The last day on which a call is in time; `isEvent` where a life event made it that soon. */
export function dueOf(facts: DueFacts): { readonly on: Day; readonly isEvent: boolean } {
  const { colour, lastMet, knownSince, lifeEventOn, scheme } = facts
  const level = scheme.levels.find((one) => one.key === colour)
  const since = lastMet ?? knownSince
  const byLevel = (level && dueBy(limitOf(level), since, null)) ?? addDays(since, greyWithin)
  const usual = dueByRules(scheme, colour, facts.subjects ?? [], since, byLevel)
  const isOpenEvent = lifeEventOn !== null && (lastMet === null || lastMet < lifeEventOn)
  const soon =
    level && isOpenEvent ? dueBy(limitOf(level, 'visitWithinAfterEvent'), lifeEventOn, null) : null
  const on = facts.careOn && facts.careOn < usual ? facts.careOn : usual
  return soon !== null && soon <= on ? { on: soon, isEvent: true } : { on, isEvent: false }
}

/** The day alone. */
export function dueOn(facts: DueFacts): Day {
  return dueOf(facts).on
}

/** Every how many days somebody calls there, by the limits as they are now. */
export function callEvery(facts: Pick<DueFacts, 'colour' | 'subjects' | 'scheme'>): number {
  const met = '2001-01-01'
  const scheme = withoutEarlier(facts.scheme)
  return daysBetween(
    met,
    dueOf({ ...facts, scheme, lastMet: met, knownSince: met, lifeEventOn: null }).on,
  )
}
