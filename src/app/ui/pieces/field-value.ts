import type { Care } from '#domain/care.ts'
import { codeLabel } from '#domain/code-tables.ts'
import { divisionName } from '#domain/codes/division.ts'
import type { Day } from '#domain/day.ts'
import { isDay } from '#domain/day.ts'
import { fieldTables } from '#domain/field-tables.ts'
import { maskDocument, maskName, maskPhone } from '#domain/mask.ts'
import type { Override } from '#domain/override.ts'
import type { Tag } from '#domain/resident.ts'
import type { Register } from '#app/register/register.ts'
import { formatDay } from '../format.ts'
import { careToText } from '../words/care-words.ts'
import type { Words } from '../words/zh-CN.ts'
import { doorOf, doorOfHousehold, gridName } from '#app/views/door.ts'
import { placeOfRecord } from '#app/views/record-place.ts'

/** Fields that stand masked until somebody says why they look. */
const masks: Readonly<Record<string, (value: string) => string>> = {
  name: maskName,
  documentNumber: maskDocument,
  phones: maskPhone,
  contactPhone: maskPhone,
  guardianPhone: maskPhone,
  landlordPhone: maskPhone,
  contactName: maskName,
  guardianName: maskName,
  landlordName: maskName,
}

/** Fields that name other residents. */
const people = new Set(['mergedInto', 'notSameAs', 'sameAs'])

export function isSensitive(field: string): boolean {
  return field in masks
}

/** A field's value in words; a sensitive one masked unless `open`. '' where nothing is known. */
export function fieldToText(
  words: Words,
  register: Register,
  field: string,
  value: unknown,
  today: Day,
  open = false,
): string {
  if (value === null || value === undefined || value === '') return ''
  if (people.has(field)) {
    const ids = (Array.isArray(value) ? value : [value]) as readonly unknown[]
    return ids.map((id) => personToText(register, id) || words.facts.otherGrid).join('、')
  }
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => elementToText(words, field, element, today, open))
      .join('、')
  }
  if (typeof value === 'boolean') return value ? '✓' : '–'
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : ''
  const mask = masks[field]
  if (mask) return open ? value : mask(value)
  if (field in fieldTables)
    return codeLabel(fieldTables[field as keyof typeof fieldTables], value) ?? value
  if (field === 'hukouDivision') return divisionName(value)
  if (field === 'household') return doorOfHousehold(register, value, true)
  if (field === 'stream') return gridName(register, value) || words.facts.otherGrid
  if (field === 'dwelling') return doorOf(register, value, true)
  if (field === 'residence') return pick(words.facts.residence, value)
  if (field === 'use') return pick(words.facts.use, value)
  if (field === 'lifeEvent') return pick(words.today.lifeEvent, value)
  if (field === 'channel') return pick(words.facts.channel, value)
  if (field === 'outcome') return pick(words.facts.outcome, value)
  if (isDay(value)) return formatDay(words, value, today)
  return value
}

/** '' of somebody whom this device does not have. */
function personToText(register: Register, id: unknown): string {
  return typeof id === 'string' ? placeOfRecord(register, 'resident', id).where : ''
}

function elementToText(
  words: Words,
  field: string,
  element: unknown,
  today: Day,
  open: boolean,
): string {
  if (typeof element === 'string') return open ? element : (masks[field]?.(element) ?? element)
  // A corner of an outline.
  if (Array.isArray(element)) return element.join(' ')
  if (field === 'overrides') {
    const { words: reason, until } = element as Override
    return `${reason} ≤ ${formatDay(words, until, today)}`
  }
  if (field === 'tags') return tagToText(words, element as Tag)
  if (field === 'cares') return careToText(words, element as Care)
  const { found, note } = element as { found?: string; note?: string | null }
  return [found && formatDay(words, found, today), note].filter(Boolean).join(' ')
}

/** `残疾二级`. */
export function tagToText(words: Words, tag: Tag): string {
  return words.facts.tag[tag.tag] + (tag.grade ? words.facts.grade(tag.grade) : '')
}

function pick(table: Readonly<Record<string, string>>, key: string): string {
  return table[key] ?? key
}
