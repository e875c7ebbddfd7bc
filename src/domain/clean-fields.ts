/**
 * The fields of a record as they may be kept, whichever form they come from: each text cleaned, names and telephones in
 * their one form. What cannot be brought into a form stays as it was typed, so that its problem can be said.
 */
import { normaliseDocument } from './document-key.ts'
import { cleanName } from './name.ts'
import { cleanPhone, readPhones } from './phone.ts'
import type { Kind } from './record.ts'
import { cleanText, cleanValues, plainText } from './text.ts'

type Values = Readonly<Record<string, unknown>>
type Clean = (value: unknown) => unknown

const ofText =
  (clean: (text: string) => string): Clean =>
  (value) =>
    typeof value === 'string' ? clean(value) : cleanValues(value)

const name = ofText(cleanName)
const phone = ofText((text) => cleanPhone(text) ?? cleanText(text))
const phones: Clean = (value) =>
  Array.isArray(value) ? [...new Set(value.flatMap(phonesOf))] : cleanValues(value)
const document = ofText((text) => {
  const number = normaliseDocument(text)
  return /^\d{15}(?:\d{2}[\dX])?$/.test(number) ? number : plainText(text).toUpperCase()
})

const byField: Readonly<Partial<Record<Kind, Readonly<Record<string, Clean>>>>> = {
  resident: {
    name,
    contactName: name,
    guardianName: name,
    contactPhone: phone,
    guardianPhone: phone,
    phones,
    documentNumber: document,
  },
  dwelling: { landlordName: name, landlordPhone: phone },
  building: { manager: name },
  arrival: { name, telephone: phone },
  departure: { name },
}

/** Two numbers on one line are two telephones; what is none is kept as it was typed. */
function phonesOf(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value]
  const found = readPhones(value)
  if (found.unclear.length === 0 && found.phones.length > 0) return [...found.phones]
  const text = cleanText(value)
  return text === '' ? [] : [text]
}

/** A whole record's fields. Parts of an import were cleaned with their rows. */
export function cleanFields<Fields extends Values>(kind: Kind, fields: Fields): Fields {
  if (kind === 'import-part') return fields
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, cleanField(kind, field, value)]),
  ) as Fields
}

/** One field. What stands in `before`, of a list each element that does, stays as it is: nobody typed it anew. */
export function cleanField(kind: Kind, field: string, value: unknown, before?: unknown): unknown {
  if (kind === 'import-part') return value
  const own = byField[kind]
  const clean = own && Object.hasOwn(own, field) ? own[field] : cleanValues
  if (!Array.isArray(value) || !Array.isArray(before)) return clean?.(value)
  const known = new Set(before.map((one: unknown) => JSON.stringify(one)))
  return value.flatMap((one: unknown) =>
    known.has(JSON.stringify(one)) ? [one] : (clean?.([one]) as unknown[]),
  )
}
