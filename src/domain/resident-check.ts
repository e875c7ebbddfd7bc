/** What the fields of a resident say together: a number against birth date and sex, ends against beginnings. */
import { ageOn, isDay, type Day } from './day.ts'
import type { FieldProblem, FieldProblemCode } from './field.ts'
import { foreignCard, identityTypes, residencePermit } from './document.ts'
import { normaliseDocument, upgradeIdentityNumber } from './document-key.ts'
import {
  checkIdentityNumber,
  earliestBirth,
  isForeignPermanentCard,
  isResidencePermit,
} from './identity-number.ts'
import type { Resident } from './resident.ts'

/** Days that lie in the past when they are recorded. */
const pastDays = [
  'birth',
  'arrivedOn',
  'registeredOn',
  'verifiedOn',
  'addressChangedOn',
  'movedOutOn',
  'diedOn',
  'noticeOn',
] as const

/** Problems across fields; the record's own schema is checked apart. Never throws, whatever the values are. */
export function residentProblems(fields: Partial<Resident>, today: Day): FieldProblem[] {
  const problems: FieldProblem[] = []
  const add = (field: string, problem: FieldProblemCode, limit?: Day) => {
    if (problems.some((found) => found.field === field)) return
    problems.push({ field, problem, ...(limit ? { limit } : {}) })
  }
  for (const field of pastDays) {
    const day = fields[field]
    if (isKnownDay(day) && day > today) add(field, 'day-in-future')
  }
  checkDocument(fields, today, add)
  if (isKnownDay(fields.birth) && fields.birth < earliestBirth) {
    add('birth', 'day-too-early', earliestBirth)
  }
  const { birth, diedOn, arrivedOn, movedOutOn } = fields
  if (isKnownDay(birth) && isKnownDay(diedOn) && diedOn < birth) add('diedOn', 'died-before-birth')
  if (isKnownDay(arrivedOn) && isKnownDay(movedOutOn) && movedOutOn < arrivedOn) {
    add('movedOutOn', 'left-before-arrival')
  }
  for (const tag of Array.isArray(fields.tags) ? fields.tags : []) {
    if (isKnownDay(tag?.until) && isKnownDay(tag.from) && tag.until < tag.from) {
      add('tags', 'ended-before-begun')
    }
  }
  return problems
}

/** Worth saying, but no reason to refuse: a guardian is missing under 14 (Personal Information Protection Law, 31). */
export function residentHints(
  fields: Pick<Partial<Resident>, 'birth' | 'guardianName'>,
  today: Day,
): FieldProblem[] {
  const isChild = isKnownDay(fields.birth) && ageOn(fields.birth, today) < 14
  return isChild && !fields.guardianName
    ? [{ field: 'guardianName', problem: 'guardian-needed' }]
    : []
}

/** What an identity number of 18 characters, or of 15 digits, says of its holder; null where it is none. */
export function factsFromIdentity(
  number: string,
  today: Day,
): { readonly birth: Day; readonly sex: '1' | '2' } | null {
  const found = checkIdentityNumber(upgradeIdentityNumber(number) ?? number, today)
  return found.ok ? { birth: found.birth, sex: found.sex } : null
}

function checkDocument(
  fields: Partial<Resident>,
  today: Day,
  add: (field: string, problem: FieldProblemCode) => void,
): void {
  const { documentNumber, birth, sex } = fields
  if (typeof documentNumber !== 'string' || documentNumber === '') return
  const type = fields.documentType ?? '111'
  if (type === foreignCard) {
    if (!isForeignPermanentCard(documentNumber)) add('documentNumber', 'document-shape')
    // The card of 2023 has the number of an identity card, the one of 2017 says no more than where it is from.
    else if (/^9/.test(normaliseDocument(documentNumber))) checkCard(documentNumber)
    return
  }
  if (type === residencePermit && !isResidencePermit(normaliseDocument(documentNumber))) {
    return add('documentNumber', 'document-shape')
  }
  if (!identityTypes.has(type) && type !== residencePermit) {
    const number = normaliseDocument(documentNumber)
    if (!/^[A-Z0-9\p{Script=Han}()〔〕]{4,30}$/u.test(number))
      add('documentNumber', 'document-shape')
    // The permits of 2018 for residents from Hong Kong, Macao and Taiwan carry the same check.
    if (isResidencePermit(number) && number.length === 18) checkCard(number)
    return
  }
  checkCard(documentNumber)

  function checkCard(number: string): void {
    const found = checkIdentityNumber(upgradeIdentityNumber(number) ?? number, today)
    if (!found.ok) return add('documentNumber', found.problem)
    if (isKnownDay(birth) && birth !== found.birth) add('birth', 'id-mismatch-birth')
    if ((sex === '1' || sex === '2') && sex !== found.sex) add('sex', 'id-mismatch-sex')
  }
}

function isKnownDay(day: unknown): day is Day {
  return typeof day === 'string' && isDay(day)
}
