/** When a call at each household is due: by the most urgent colour of its people and its dwelling. */
import { dueOn } from '#domain/due.ts'
import { mostUrgent, type ColourKey } from '#domain/level.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { SubjectTable } from '../db/schema.ts'
import type { HouseholdToCall, SubjectToColour } from './load.ts'

/** The rows of households beside those of the subjects; `colourOf` gives the colour of any of `all`. */
export function callRows(
  stream: string,
  calls: readonly HouseholdToCall[],
  all: readonly SubjectToColour[],
  scheme: Scheme,
  colourOf: (subject: SubjectToColour) => ColourKey,
): SubjectTable[] {
  const members = new Map<string, SubjectToColour[]>()
  const dwellings = new Map<string, SubjectToColour>()
  for (const one of all) {
    if (one.household === undefined) dwellings.set(one.id, one)
    else {
      const known = members.get(one.household)
      if (known) known.push(one)
      else members.set(one.household, [one])
    }
  }
  return calls.map((call) => {
    const dwelling = dwellings.get(call.dwelling)
    const own = [...(members.get(call.id) ?? []), ...(dwelling ? [dwelling] : [])]
    const colour = mostUrgent(own.map(colourOf))
    return {
      stream,
      id: call.id,
      kind: 'household',
      colour,
      residence: '',
      rules: '',
      until: null,
      due: dueDay(call, colour, scheme),
    }
  })
}

/**
 * Null where it cannot be overdue: nobody was ever met there, and the record does not say since when it is known, so
 * that a device counts from today, each day anew.
 */
function dueDay(call: HouseholdToCall, colour: ColourKey, scheme: Scheme): string | null {
  const { lastMet, lifeEventOn } = call
  const knownSince = call.knownSince ?? lastMet ?? lifeEventOn
  return knownSince && dueOn({ colour, lastMet, knownSince, lifeEventOn, scheme })
}
