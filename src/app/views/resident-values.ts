import { cleanField } from '#domain/clean-fields.ts'
import { consentsMissing } from '#domain/consent.ts'
import type { Day } from '#domain/day.ts'
import { numberedTypes, typeOfNumber } from '#domain/document.ts'
import { upgradeIdentityNumber } from '#domain/document-key.ts'
import { identityNumberProgress, identityOf } from '#domain/identity-number.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { factsFromIdentity, residentProblems } from '#domain/resident-check.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Resident } from '#domain/resident.ts'

/** A resident as a form holds it: any field may still be missing. Empty texts stand for "not known". */
export type ResidentValues = { -readonly [Name in keyof Resident]?: Resident[Name] | undefined }

export const identityCard = '111'
export const birthCertificate = '117'

/**
 * One field changed by a person. A whole number fills birth date and sex, also of a foreigner's card, a permit, or a
 * card of before 1999 with fifteen digits; the number says itself which of them it is.
 */
export function withField(
  values: ResidentValues,
  field: string,
  value: unknown,
  today: Day,
): ResidentValues {
  const next: ResidentValues = { ...values, [field]: value === '' ? null : value }
  if (field !== 'documentNumber' || typeof value !== 'string') return next
  const type = next.documentType ?? identityCard
  const own = typeOfNumber(value, today)
  // Somebody who chose a passport means a passport, whatever its number looks like.
  if (own && type === identityCard) next.documentType = own
  // Fifteen digits that could become eighteen are looked at when they are saved.
  const isWhole = value.length !== 15 || !identityNumberProgress(value, today).ok
  const isNumbered = numberedTypes.has(next.documentType ?? identityCard)
  const found = isNumbered && isWhole ? factsFromIdentity(value, today) : null
  return found ? { ...next, ...found } : next
}

/** What keeps these values from being saved, the record's own limits first. */
export function problemsOf(values: ResidentValues, today: Day): FieldProblem[] {
  const fields = tidy(values)
  const own = problemsOfNew('resident', fields)
  const named = new Set(own.map((problem) => problem.field))
  const cross = residentProblems(fields as Resident, today)
  return [...own, ...cross.filter((problem) => !named.has(problem.field))]
}

/** What rests on consent and comes without one. `before`: as the register has the person; nothing of a new one. */
export function missingConsents(before: ResidentValues, values: ResidentValues): FieldProblem[] {
  return consentsMissing(before, tidy(values))
}

/** Texts cleaned, empty ones null, empty list lines dropped, an old number in its eighteen characters: what is saved. */
export function tidy(values: ResidentValues): ResidentValues {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const clean = cleanField('resident', name, value)
    fields[name] = clean === '' ? null : clean
  }
  const { documentNumber } = fields
  if (typeof documentNumber === 'string') {
    fields['documentType'] ??= identityCard
    if (numberedTypes.has(String(fields['documentType']))) {
      const upgraded = upgradeIdentityNumber(documentNumber)
      const facts = upgraded && identityOf(upgraded)
      if (facts) {
        fields['documentNumber'] = upgraded
        fields['birth'] ??= facts.birth
        fields['sex'] ??= facts.sex
      }
    }
  }
  return fields
}

/** Only what differs from the record, tidy. */
export function changesOf(before: Resident, values: ResidentValues): Record<string, unknown> {
  const after = tidy(values) as Record<string, unknown>
  const typed = values as Record<string, unknown>
  const changes: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(after)) {
    const old = (before as Record<string, unknown>)[field]
    // What nobody touched stays as the register has it, though it would be written otherwise today.
    if (JSON.stringify(typed[field] ?? null) === JSON.stringify(old ?? null)) continue
    if (JSON.stringify(value ?? null) !== JSON.stringify(old ?? null))
      changes[field] = value ?? null
  }
  return changes
}

/** Only what was typed here: a colleague's change of another field shows through. */
export function differing(before: Resident, values: ResidentValues): ResidentValues {
  const old = before as Record<string, unknown>
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => value !== old[field]))
}
