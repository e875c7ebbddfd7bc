/** When a call at each household is due: by the most urgent colour of its people and its dwelling, and their rules. */
import type { Colour } from '#domain/colour-of.ts'
import { dueOn } from '#domain/due.ts'
import { mostUrgent, type ColourKey } from '#domain/level.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { SubjectTable } from '../db/schema.ts'
import type { HouseholdToCall, SubjectToColour } from './load.ts'

/** A household with what decides when somebody calls there. */
export interface ColouredCall {
  readonly call: HouseholdToCall
  readonly colour: ColourKey
  readonly subjects: readonly Colour[]
}

/** Households beside the colours of their people and of the dwelling; `colourOf` gives the colour of any of `all`. */
export function colourCalls(
  calls: readonly HouseholdToCall[],
  all: readonly SubjectToColour[],
  colourOf: (subject: SubjectToColour) => Colour,
): ColouredCall[] {
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
    const subjects = own.map(colourOf)
    return { call, subjects, colour: mostUrgent(subjects.map(({ colour }) => colour)) }
  })
}

/** The rows of households beside those of the subjects. */
export function callRows(
  stream: string,
  calls: readonly ColouredCall[],
  scheme: Scheme,
): SubjectTable[] {
  return calls.map((one) => ({
    stream,
    id: one.call.id,
    kind: 'household',
    colour: one.colour,
    residence: '',
    rules: '',
    until: null,
    met: null,
    due: dueDay(one, scheme),
  }))
}

/**
 * Null where it cannot be overdue: nobody was ever met there, and the record does not say since when it is known, so
 * that a device counts from today, each day anew.
 */
export function dueDay({ call, colour, subjects }: ColouredCall, scheme: Scheme): string | null {
  const { lastMet, lifeEventOn, careOn } = call
  const knownSince = call.knownSince ?? lastMet ?? lifeEventOn
  return knownSince && dueOn({ colour, subjects, lastMet, knownSince, lifeEventOn, careOn, scheme })
}
