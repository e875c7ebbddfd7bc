/** Who of those at hand could be a child's guardian 监护人, and what they are to the child as far as the relations tell. */
import { ageOn, isDay, type Day } from '#domain/day.ts'
import { guardianProblems, wantsGuardian } from '#domain/minor.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Policy } from '#domain/policy.ts'
import { tidy, type ResidentValues } from './resident-values.ts'

export interface Guardian {
  readonly name: string
  readonly phone: string | null
  /** To the child, GB/T 4761; null where the household does not tell. */
  readonly relation: string | null
}

/** More would be no help. */
const most = 4

/** Grown people of a family, the child's parents first. `family`: the others, with their relations to the head. */
export function guardiansAmong(
  child: ResidentValues,
  family: readonly ResidentValues[],
  today: Day,
): Guardian[] {
  const found = family.flatMap((one): Guardian[] => {
    const { name, birth } = one
    if (!name || (birth && isDay(birth) && ageOn(birth, today) < 18)) return []
    return [{ name, phone: one.phones?.[0] ?? null, relation: relationTo(child, one) }]
  })
  const isParent = ({ relation }: Guardian) => relation?.startsWith('5') === true
  return [...found.filter(isParent), ...found.filter((one) => !isParent(one))].slice(0, most)
}

const isChildOfHead = (code: string) => /^(?:2[0-7]|29|3[0-7]|39)$/.test(code)
const isGrandchild = (code: string) => /^4[0-4]$/.test(code)
const isHeadOrSpouse = (code: string) => /^(?:02|1[0-2])$/.test(code)

function relationTo(child: ResidentValues, other: ResidentValues): string | null {
  const [own, theirs] = [child.relation ?? '', other.relation ?? '']
  const bySex = (either: string, male: string, female: string) =>
    other.sex === '1' ? male : other.sex === '2' ? female : either
  if (isChildOfHead(own) && isHeadOrSpouse(theirs)) return bySex('50', '51', '52')
  if (!isGrandchild(own)) return null
  if (isHeadOrSpouse(theirs)) return bySex('60', '61', '62')
  const isParent = isChildOfHead(theirs) || theirs === '28' || theirs === '38'
  return isParent ? bySex('50', '51', '52') : null
}

/** Where the office wants a guardian under 14: that one is missing. `before`: as the register has the person. */
export function missingGuardian(
  policy: Policy,
  before: ResidentValues,
  values: ResidentValues,
  today: Day,
): FieldProblem[] {
  return wantsGuardian(policy) ? guardianProblems(before, tidy(values), today) : []
}
