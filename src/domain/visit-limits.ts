/**
 * Within how many days somebody calls: a colour's limit, or one that a rule carries itself. A limit that changed knows
 * those before it: a call that was due before the new one holds stays due on that day, and no later call is due before
 * the day from which it holds. So nobody is late for the past.
 */
import type { Reason } from './colour.ts'
import { addDays, earlier, type Day } from './day.ts'
import { urgency, type ColourKey } from './level.ts'
import type { Level, Rule, Scheme } from './scheme.ts'

/** What decides within which limit somebody calls: the colours of a household's people and of its dwelling. */
export interface Coloured {
  readonly colour: ColourKey
  readonly reasons: readonly Reason[]
}

/** A limit in days and those before it, the oldest first. Null where there is none of its own. */
export interface Limit {
  readonly days: number | null
  readonly before: readonly { readonly until: Day; readonly days: number | null }[]
}

/** The day on which a call is due by a limit; where it has no days, `otherwise`. */
export function dueBy(limit: Limit, since: Day, otherwise: Day | null): Day | null {
  const on = (days: number | null) => (days === null ? otherwise : addDays(since, days))
  const [first, ...rest] = [...limit.before.map(({ days }) => days), limit.days]
  let due = on(first ?? null)
  for (const [index, days] of rest.entries()) {
    const holdsFrom = limit.before[index]?.until ?? since
    if (due !== null && due < holdsFrom) continue
    const next = on(days)
    due = next !== null && next < holdsFrom ? holdsFrom : next
  }
  return due
}

/** Of a colour or a rule, or of a colour after a life event. */
export function limitOf(
  { earlier: before, ...now }: Level | Rule,
  name: 'visitWithin' | 'visitWithinAfterEvent' = 'visitWithin',
): Limit {
  const daysOf = (one: Partial<Record<typeof name, number | null | undefined>>) => one[name] ?? null
  return {
    days: daysOf(now),
    before: (before ?? []).map((one) => ({ until: one.until, days: daysOf(one) })),
  }
}

const ownLimits = new WeakMap<Scheme, ReadonlyMap<string, Limit>>()

/** The limits that rules carry themselves, by the rule's key. */
function ownLimitsOf(scheme: Scheme): ReadonlyMap<string, Limit> {
  const known = ownLimits.get(scheme)
  if (known) return known
  const made = new Map<string, Limit>()
  // Of most rules none.
  for (const rule of scheme.rules) {
    if (rule.visitWithin || rule.earlier?.length) made.set(rule.key, limitOf(rule))
  }
  ownLimits.set(scheme, made)
  return made
}

/**
 * The day on which a call is due: `byLevel` is that of the household's colour. A rule's own limit takes the place of its
 * colour's where the rule decides the colour, and counts beside it where a more urgent rule does; one that somebody put
 * aside by hand does not count. The earliest day holds.
 */
export function dueByRules(
  scheme: Scheme,
  colour: ColourKey,
  subjects: readonly Coloured[],
  since: Day,
  byLevel: Day,
): Day {
  const own = ownLimitsOf(scheme)
  if (own.size === 0) return byLevel
  let due: Day | null = null
  for (const subject of subjects) {
    const isDeciding = subject.colour === colour
    const named = subject.reasons.filter(({ level }) => level === subject.colour)
    if (isDeciding && named.length === 0) due = earlier(due, byLevel)
    for (const { rule, level } of subject.reasons) {
      if (urgency(level) < urgency(subject.colour)) continue
      const isNamed = isDeciding && level === colour
      const limit = own.get(rule)
      if (limit) due = earlier(due, dueBy(limit, since, isNamed ? byLevel : null))
      else if (isNamed) due = earlier(due, byLevel)
    }
  }
  return due ?? byLevel
}

const withoutBefore = new WeakMap<Scheme, Scheme>()

/** The same scheme without the limits of before, as it is once they are all over. */
export function withoutEarlier(scheme: Scheme): Scheme {
  const known = withoutBefore.get(scheme)
  if (known) return known
  const made: Scheme = {
    ...scheme,
    levels: scheme.levels.map((level) => ({ ...level, earlier: null })),
    rules: scheme.rules.map((rule) => (rule.earlier ? { ...rule, earlier: null } : rule)),
  }
  withoutBefore.set(scheme, made)
  return made
}
