/** The facts that the rules which fired have looked at, with what they say today and where each is corrected. */
import { colourByRules } from '#domain/colour-of.ts'
import type { Day } from '#domain/day.ts'
import { factToNumber } from '#domain/evaluate.ts'
import { readFact, type Subject } from '#domain/facts.ts'
import type { Condition, Scheme } from '#domain/scheme.ts'
import { createWorkingCalendar } from '#domain/working-days.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

export interface FactBehind {
  readonly fact: string
  /** Null where it is not known. */
  readonly value: string | number | boolean | null
}

/** Each fact once, in the order in which the rules that fired ask for it. */
export function factsBehind(subject: Subject, scheme: Scheme, today: Day): FactBehind[] {
  const calendar = createWorkingCalendar(scheme)
  const fired = new Set(colourByRules(subject, scheme, today).reasons.map(({ rule }) => rule))
  const names = scheme.rules.flatMap(({ key, when }) => (fired.has(key) ? factsOf(when) : []))
  return [...new Set(names)].map((fact) => {
    const read = readFact(subject, fact, today)
    const value = read.type === 'value' ? read.value : factToNumber(read, today, calendar)
    return { fact, value: typeof value === 'object' ? null : value }
  })
}

function factsOf(condition: Condition): string[] {
  if ('not' in condition) return factsOf(condition.not)
  if ('fact' in condition) return [condition.fact]
  return ('all' in condition ? condition.all : condition.any).flatMap(factsOf)
}

/** The page on which a fact is corrected. */
export function whereToCorrect(
  fact: string,
  of: { readonly resident?: string; readonly household?: string; readonly dwelling: string | null },
): string | null {
  const { resident, household, dwelling } = of
  if (!resident) {
    return (
      dwelling &&
      (fact === 'occupied' || fact === 'verified'
        ? walkPages.dwelling(dwelling)
        : walkPages.editDwelling(dwelling))
    )
  }
  switch (fact) {
    case 'tenant':
      return dwelling && walkPages.editDwelling(dwelling)
    case 'livesAlone':
    case 'noChildAtHome':
    case 'seriousDispute':
      return firstPages.household(household ?? '')
    case 'verified':
    case 'daysAddressUnverified':
      return walkPages.visit(household ?? '')
    default:
      return walkPages.editResident(resident)
  }
}
