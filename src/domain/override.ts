/**
 * A colour by hand 人工调色: another colour than the rules give, with a reason and an expiry. A more urgent one counts
 * at once; a milder one waits for a second person, and covers only the rules that both of them saw.
 */
import * as v from 'valibot'
import { choice, day, id, list, maybe, text } from './field.ts'
import type { Reason } from './colour.ts'
import { addDays, daysBetween, earlier, type Day } from './day.ts'
import { levelKeys, urgency, type ColourKey, type LevelKey } from './level.ts'

/** The domain's limit: whatever stays true for longer belongs into the facts. */
export const overrideDays = 90

const shape = v.looseObject({
  id,
  colour: choice(levelKeys),
  /** In the words of whoever proposes it; shown wherever the colour is explained. */
  words: text(80),
  from: day,
  /** The last day on which it counts. */
  until: day,
  /** Account. */
  by: id,
  /** Keys of the rules that had fired then: a milder colour never covers one that came later. */
  over: list(text(60), 40),
  /** Ended before its time, by whoever proposed it or by the office. */
  withdrawnOn: maybe(day),
  review: maybe(
    v.looseObject({
      verdict: choice(['agreed', 'refused']),
      /** Account, of a second person. */
      by: id,
      on: day,
    }),
  ),
})

export const overrideSchema = v.pipe(
  shape,
  v.check(({ from, until }) => {
    const days = daysBetween(from, until)
    return days >= 0 && days <= overrideDays
  }, 'override-too-long'),
)
export type Override = v.InferOutput<typeof shape>

/** The rule that a reason by hand names instead of one of the scheme's: this and the override's id. */
export const overridePrefix = 'by-hand/'

export function byHandRule(override: Pick<Override, 'id'>): string {
  return overridePrefix + override.id
}

/** The id of the override that a rule's key names; null where it is a rule of the scheme. */
export function overrideOfRule(rule: string): string | null {
  return rule.startsWith(overridePrefix) ? rule.slice(overridePrefix.length) : null
}

/** What somebody who was not there may say of a colour: grey is only ended by a visit, and by a warning. */
export function mayPropose(rules: ColourKey, colour: LevelKey): boolean {
  if (rules === colour) return false
  return rules !== 'grey' || urgency(colour) < urgency('blue')
}

/** Whether a second person has to agree before it counts. */
export function needsReview(rules: ColourKey, colour: LevelKey): boolean {
  return urgency(colour) > urgency(rules)
}

/** `expired`: its time is over, whether or not anybody looked at it. */
export type OverrideState = 'open' | 'agreed' | 'refused' | 'withdrawn' | 'expired'

export function stateOf(override: Override, today: Day): OverrideState {
  if (override.withdrawnOn) return 'withdrawn'
  if (override.review?.verdict === 'refused') return 'refused'
  if (today > override.until) return 'expired'
  return override.review ? 'agreed' : 'open'
}

export interface ByHand {
  /** The one that decides the colour today; null where the rules do. */
  readonly inForce: Override | null
  /** The next day on which time alone could change that. */
  readonly next: Day | null
}

/** What people's word makes of the rules' colour. Of several that count the latest one does. */
export function byHandOn(
  overrides: readonly Override[],
  rules: { readonly colour: ColourKey; readonly reasons: readonly Reason[] },
  today: Day,
): ByHand {
  let inForce: Override | null = null
  let next: Day | null = null
  for (const one of overrides) {
    const state = stateOf(one, today)
    if (state !== 'open' && state !== 'agreed') continue
    next = earlier(next, today < one.from ? one.from : addDays(one.until, 1))
    if (today < one.from || !counts(one, rules)) continue
    const isLater =
      inForce === null ||
      one.from > inForce.from ||
      (one.from === inForce.from && one.id > inForce.id)
    if (isLater) inForce = one
  }
  return { inForce, next }
}

function counts(
  override: Override,
  rules: { readonly colour: ColourKey; readonly reasons: readonly Reason[] },
): boolean {
  const { colour } = override
  if (!mayPropose(rules.colour, colour)) return false
  if (!needsReview(rules.colour, colour)) return true
  if (override.review?.verdict !== 'agreed') return false
  const seen = new Set(override.over)
  return rules.reasons.every(
    ({ rule, level }) => urgency(level) >= urgency(colour) || seen.has(rule),
  )
}
