import { maskDocument, maskName, maskPhone } from '#domain/mask.ts'
import type { RosterField } from '#domain/roster/fields.ts'

const masks: Partial<Record<string, (text: string) => string>> = {
  name: maskName,
  headName: maskName,
  contactName: maskName,
  guardianName: maskName,
  landlordName: maskName,
  documentNumber: maskDocument,
  headNumber: maskDocument,
  phones: maskPhone,
  contactPhone: maskPhone,
  guardianPhone: maskPhone,
  landlordPhone: maskPhone,
}

/** A cell of the roster; also in a column that nobody knows yet, digits enough for a telephone or a number are covered. */
export function maskCell(field: RosterField | null, text: string): string {
  const mask = field ? masks[field] : undefined
  if (mask) return mask(text)
  return text.replace(/\d{11,17}[\dXx]?/g, (digits) =>
    digits.length === 11 ? maskPhone(digits) : maskDocument(digits),
  )
}

export function isMaskedField(field: RosterField | null): boolean {
  return field !== null && masks[field] !== undefined
}
