/**
 * Consent 同意 and restriction 限制处理 (Personal Information Protection Law, articles 14 to 16 and 44). A field that
 * rests on consent carries who agreed to which notice, when and how, and when the consent was withdrawn. Somebody may
 * ask that their data is used no further than duty demands: what rests on consent is then neither shown nor added.
 */
import type { Consent } from './consent-record.ts'
import type { FieldProblem } from './field.ts'
import { purposeOf, type Ground } from './purpose.ts'
import { isFloating } from './residence.ts'

type Values = Readonly<Record<string, unknown>>

/** The ground on which a field of somebody stands: for floating residents some are a duty (see `dutyIfFloating`). */
export function groundOf(field: string, person: Values): Ground {
  const purpose = purposeOf(field)
  if (!purpose) return 'duty'
  return purpose.dutyIfFloating && isFloating(person) ? 'duty' : purpose.ground
}

export function consentFor(field: string, person: Values): Consent | undefined {
  const { consents } = person
  return Array.isArray(consents)
    ? (consents as Consent[]).find((one) => one?.field === field)
    : undefined
}

/** Whether a field is neither shown, exported nor added to: on consent, and withdrawn or restricted. */
export function isWithheld(field: string, person: Values): boolean {
  if (groundOf(field, person) !== 'consent') return false
  return Boolean(person['restrictedOn']) || Boolean(consentFor(field, person)?.withdrawnOn)
}

/** Fields on consent that hold something, and of which nobody noted that the person agreed. */
export function unconsented(person: Values): string[] {
  return onConsent(person).filter((field) => {
    const consent = consentFor(field, person)
    return !consent || Boolean(consent.withdrawnOn)
  })
}

/** Fields that hold something on consent. */
export function onConsent(person: Values): string[] {
  return Object.keys(person).filter(
    (field) => isKnown(person[field]) && groundOf(field, person) === 'consent',
  )
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}

/** Fields on consent that get a value, and no consent that stands: it is given in the same save, or was before. */
export function consentsMissing(before: Values, after: Values): FieldProblem[] {
  return unconsented(after)
    .filter((field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]))
    .map((field) => ({ field, problem: 'consent-needed' }))
}

/** A withheld field takes no new value; clearing one is always right. */
export function withheldProblems(before: Values, after: Values): FieldProblem[] {
  return Object.keys(after)
    .filter(
      (field) =>
        isKnown(after[field]) &&
        JSON.stringify(after[field]) !== JSON.stringify(before[field]) &&
        isWithheld(field, after),
    )
    .map((field) => ({ field, problem: 'field-restricted' }))
}
