/**
 * Minors 未成年人: under 18 (未成年人保护法, article 2), and under 14, where a guardian agrees (Personal Information
 * Protection Law, 31). Both are derived from birth day and date and never stored on the person.
 */
import { ageOn, isDay, type Day } from './day.ts'
import type { FieldProblem } from './field.ts'
import type { Policy } from './policy.ts'
import { factsFromIdentity } from './resident-check.ts'

export const ageGroups = ['under-14', 'under-18'] as const
export type AgeGroup = (typeof ageGroups)[number]

interface Born {
  readonly birth?: unknown
  readonly documentNumber?: unknown
}

/** The group of a minor; null of an adult, and of somebody of whom neither birth day nor identity number is known. */
export function ageGroupOf(person: Born, today: Day): AgeGroup | null {
  const born = birthOf(person, today)
  if (born === null || born > today) return null
  const age = ageOn(born, today)
  if (age < 14) return 'under-14'
  return age < 18 ? 'under-18' : null
}

export function birthOf({ birth, documentNumber }: Born, today: Day): Day | null {
  if (typeof birth === 'string' && isDay(birth)) return birth
  if (typeof documentNumber !== 'string') return null
  return factsFromIdentity(documentNumber, today)?.birth ?? null
}

/** Fields of a resident that are somebody else's: whom to call for a child is never withheld. */
const ofOthers: ReadonlySet<string> = new Set([
  'guardianName',
  'guardianPhone',
  'contactName',
  'contactPhone',
])

/** Whether looking at a field of this person needs an approval (未成年人网络保护条例, article 36). */
export function needsApproval(person: Born, field: string, today: Day): boolean {
  return !ofOthers.has(field) && ageGroupOf(person, today) !== null
}

type Values = Readonly<Record<string, unknown>>

/** Whether a policy wants one under 14, and asks for the field at all. */
export function wantsGuardian({ guardianRequired, off }: Pick<Policy, 'guardianRequired' | 'off'>) {
  return guardianRequired && !off.includes('guardianName')
}

/** Under 14 somebody is saved with a guardian; who was there before without one can still be changed in other things. */
export function guardianProblems(before: Values, after: Values, today: Day): FieldProblem[] {
  const isChild = ({ birth }: Values) =>
    typeof birth === 'string' && isDay(birth) && ageOn(birth, today) < 14
  const isLacking = (one: Values) => isChild(one) && !one['guardianName']
  return isLacking(after) && !isLacking(before)
    ? [{ field: 'guardianName', problem: 'guardian-needed' }]
    : []
}
