/** What keeps the forms of moving in, moving out and of a death from being saved. */
import { isDay, type Day } from '#domain/day.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Policy } from '#domain/policy.ts'
import { missingGuardian } from './guardians.ts'
import type { Rec } from './records.ts'
import { missingConsents, problemsOf, type ResidentValues } from './resident-values.ts'

/** By person. A household is only made at the save; for the check any id stands in for it. */
export function problemsOfFamily(
  people: readonly ResidentValues[],
  standIn: string,
  policy: Policy,
  day: Day,
): readonly (readonly FieldProblem[])[] {
  return people.map((person, index) => [
    ...problemsOf({ ...person, household: standIn }, day),
    ...missingGuardian(policy, {}, person, day),
    ...missingConsents({}, person),
    ...(isDoubled(people, index)
      ? [{ field: 'documentNumber', problem: 'document-shape' as const }]
      : []),
  ])
}

/** Whether somebody further up has the same number. */
export function isDoubled(people: readonly ResidentValues[], index: number): boolean {
  const number = people[index]?.documentNumber
  return Boolean(number) && people.findIndex((other) => other.documentNumber === number) < index
}

export interface Leaving {
  /** '' where nothing was typed. */
  readonly on: string
  readonly to: string
  /** To having recorded where they go. */
  readonly agreed: boolean
}

export const mostOfDestination = 100

/** `person`: null where the whole household leaves. */
export function problemsOfLeaving(
  { on, to, agreed }: Leaving,
  day: Day,
  person: Rec<'resident'> | null,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const arrived = person?.fields.arrivedOn
  if (on === '') problems.push({ field: 'on', problem: 'required' })
  else if (!isDay(on)) problems.push({ field: 'on', problem: 'not-a-day' })
  else if (on > day) problems.push({ field: 'on', problem: 'day-in-future' })
  else if (arrived && on < arrived) problems.push({ field: 'on', problem: 'left-before-arrival' })
  if (to.length > mostOfDestination)
    problems.push({ field: 'to', problem: 'too-long', limit: mostOfDestination })
  if (to.trim() !== '' && !agreed) problems.push({ field: 'to', problem: 'consent-needed' })
  return problems
}

export function problemOfDeath(on: string, day: Day, person: Rec<'resident'>): FieldProblem | null {
  const { birth } = person.fields
  if (on === '') return { field: 'on', problem: 'required' }
  if (!isDay(on)) return { field: 'on', problem: 'not-a-day' }
  if (on > day) return { field: 'on', problem: 'day-in-future' }
  if (birth && on < birth) return { field: 'on', problem: 'died-before-birth' }
  return null
}
