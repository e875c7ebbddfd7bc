/** Limits that a draft of a scheme changes, joined to those of before: for whoever edits one. */
import type { Day } from './day.ts'
import type { Level, Scheme } from './scheme.ts'

/** More are of no use: a call that an older one made due was made long ago, or is late by any. */
const mostEarlier = 10

/** The draft with the limits that it changes, which hold from a day on; those of before are the ones in force. */
export function carryLimits(inForce: Scheme, draft: Scheme, from: Day): Scheme {
  return {
    ...draft,
    levels: draft.levels.map((level) => {
      const old = inForce.levels.find(({ key }) => key === level.key)
      if (!old) return { ...level, earlier: null }
      const before = { until: from, ...daysOfLevel(old) }
      return { ...level, earlier: joined(old.earlier, isSameLimit(old, level) ? null : before) }
    }),
    rules: draft.rules.map((rule) => {
      const old = inForce.rules.find(({ key }) => key === rule.key)
      const days = old?.visitWithin ?? null
      const before = days === (rule.visitWithin ?? null) ? null : { until: from, visitWithin: days }
      const all = joined(old?.earlier, before)
      return all || rule.earlier ? { ...rule, earlier: all } : rule
    }),
  }
}

/** Whether a draft has another limit than the scheme in force, so that it matters from when on. */
export function changesLimits(inForce: Scheme, draft: Scheme): boolean {
  const levels = draft.levels.some((level) => {
    const old = inForce.levels.find(({ key }) => key === level.key)
    return old && !isSameLimit(old, level)
  })
  const limitIn = (scheme: Scheme, key: string) =>
    scheme.rules.find((rule) => rule.key === key)?.visitWithin ?? null
  return levels || draft.rules.some(({ key }) => limitIn(inForce, key) !== limitIn(draft, key))
}

function daysOfLevel({ visitWithin, visitWithinAfterEvent }: Level) {
  return { visitWithin, visitWithinAfterEvent: visitWithinAfterEvent ?? null }
}

function isSameLimit(a: Level, b: Level): boolean {
  const [one, other] = [daysOfLevel(a), daysOfLevel(b)]
  return (
    one.visitWithin === other.visitWithin &&
    one.visitWithinAfterEvent === other.visitWithinAfterEvent
  )
}

/** One that would have begun on the same day or later never held. */
function joined<Before extends { readonly until: Day }>(
  known: readonly Before[] | null | undefined,
  fresh: Before | null,
): Before[] | null {
  const all = (known ?? []).filter(({ until }) => !fresh || until < fresh.until)
  const later = fresh && (known ?? []).find(({ until }) => until >= fresh.until)
  // What held before a change that never came is what holds until this one.
  const made = fresh ? [...all, later ? { ...later, until: fresh.until } : fresh] : all
  return made.length > 0 ? made.slice(-mostEarlier) : null
}
