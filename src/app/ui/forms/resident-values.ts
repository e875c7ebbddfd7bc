import type { Day } from '#domain/day.ts'
import { checkIdentityNumber } from '#domain/identity-number.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { residentProblems } from '#domain/resident-check.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Resident } from '#domain/resident.ts'

/** A resident as a form holds it: any field may still be missing. Empty texts stand for "not known". */
export type ResidentValues = { -readonly [Name in keyof Resident]?: Resident[Name] | undefined }

export const identityCard = '111'
export const birthCertificate = '117'

/** One field changed by a person; a whole identity number fills birth date and sex. */
export function withField(
  values: ResidentValues,
  field: string,
  value: unknown,
  today: Day,
): ResidentValues {
  const next: ResidentValues = { ...values, [field]: value === '' ? null : value }
  const isCard = (next.documentType ?? identityCard) === identityCard
  if (field !== 'documentNumber' || !isCard || typeof value !== 'string') return next
  const found = checkIdentityNumber(value, today)
  return found.ok ? { ...next, birth: found.birth, sex: found.sex } : next
}

/** What keeps these values from being saved, the record's own limits first. */
export function problemsOf(values: ResidentValues, today: Day): FieldProblem[] {
  const fields = tidy(values)
  const own = problemsOfNew('resident', fields)
  const named = new Set(own.map((problem) => problem.field))
  const cross = residentProblems(fields as Resident, today)
  return [...own, ...cross.filter((problem) => !named.has(problem.field))]
}

/** Texts trimmed, empty list lines dropped: what is saved. */
export function tidy(values: ResidentValues): ResidentValues {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') fields[name] = value.trim() === '' ? null : value.trim()
    else if (name === 'phones' && Array.isArray(value)) {
      const phones = (value as string[]).map((phone) => phone.trim()).filter(Boolean)
      fields[name] = [...new Set(phones)]
    } else fields[name] = value
  }
  if (typeof fields['documentNumber'] === 'string') {
    fields['documentNumber'] = fields['documentNumber'].toUpperCase()
    fields['documentType'] ??= identityCard
  }
  return fields
}

/** Only what differs from the record, tidy. */
export function changesOf(before: Resident, values: ResidentValues): Record<string, unknown> {
  const after = tidy(values) as Record<string, unknown>
  const changes: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(after)) {
    const old = (before as Record<string, unknown>)[field]
    if (JSON.stringify(value ?? null) !== JSON.stringify(old ?? null))
      changes[field] = value ?? null
  }
  return changes
}
