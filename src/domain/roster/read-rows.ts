/** Cleans the rows of a table, each column by what it means. Nothing is guessed: what cannot be read is said. */
import type { CodeTable } from '../code-tables.ts'
import { hangzhouDistricts } from '../codes/division.ts'
import type { Day } from '../day.ts'
import { surnameLength } from '../mask.ts'
import type { Tag } from '../resident.ts'
import { cellToDay } from './clean-day.ts'
import { cleanDocument } from './clean-document.ts'
import { textsToDoor } from './clean-door.ts'
import type { RosterField } from './fields.ts'
import type { Table } from './find-header.ts'
import { labelToCode, labelToFlag, labelToTag } from './labels.ts'
import type { RosterFacts, RosterRow, Trouble } from './row.ts'
import { cellToText, isNothing, type Cell, type SheetRow } from './sheet.ts'

/** Which column holds a field; a field that no column has is not there. */
export type Mapping = ReadonlyMap<RosterField, number>

export function mappingOf({ columns }: Pick<Table, 'columns'>): Mapping {
  const mapping = new Map<RosterField, number>()
  for (const { field, at } of columns) if (field && !mapping.has(field)) mapping.set(field, at)
  return mapping
}

type Loose = { -readonly [K in keyof RosterFacts]: RosterFacts[K] }

export function readRow(sheet: string, row: SheetRow, mapping: Mapping, today: Day): RosterRow {
  const cell = (field: RosterField): Cell => {
    const at = mapping.get(field)
    return at === undefined ? null : (row.cells[at] ?? null)
  }
  const text = (field: RosterField) => cellToText(cell(field))
  const wrong: Trouble[] = []
  const notes: Trouble[] = []
  const note = (field: RosterField, problem: Trouble['problem']) =>
    notes.push({ field, problem, text: text(field) })

  const name = cleanName(text('name'))
  if (name === '') wrong.push({ field: 'name', problem: 'required', text: text('name') })
  else if (name.length > 40) wrong.push({ field: 'name', problem: 'too-long', text: name })

  const document = cleanDocument(cell('documentNumber'), cell('documentType'), today)
  wrong.push(...document.wrong)
  notes.push(...document.notes)
  const facts: Loose = { ...document.facts }

  const day = (field: RosterField): Day | null => {
    if (isNothing(text(field))) return null
    const found = cellToDay(cell(field))
    if (found === null) note(field, 'not-a-day')
    return found
  }
  const pastDay = (field: RosterField): Day | null => {
    const found = day(field)
    if (found === null || found <= today) return found
    note(field, 'day-in-future')
    return null
  }
  const code = (field: RosterField, table: CodeTable): string | null => {
    if (isNothing(text(field))) return null
    const found = labelToCode(table, text(field))
    if (found === null) note(field, 'unknown-label')
    return found
  }
  const words = (field: RosterField, most: number): string | null => {
    const found = text(field).replace(/\s+/g, ' ')
    if (isNothing(found)) return null
    if (found.length > most) note(field, 'too-long')
    return found.length > most ? null : found
  }
  const keep = <K extends keyof Loose>(field: K, value: Loose[K] | null) => {
    if (value !== null && value !== undefined) facts[field] = value
  }

  const birth = pastDay('birth')
  const sex = code('sex', 'sex') as '1' | '2' | null
  // The number says it more surely than a column that somebody typed.
  if (facts.birth && birth && birth !== facts.birth) note('birth', 'differs-from-number')
  if (facts.sex && (sex === '1' || sex === '2') && sex !== facts.sex)
    note('sex', 'differs-from-number')
  if (!facts.birth) keep('birth', birth)
  if (!facts.sex) keep('sex', sex)

  keep('phones', cleanPhones('phones', text('phones'), notes))
  keep('relation', code('relation', 'relation2'))
  keep('residence', residenceOf(text('residence'), text('apart'), notes))
  keep('hukouAddress', words('hukouAddress', 100))
  const division = text('hukouDivision')
  const isDivision = /^\d{6}(?:\d{6})?$/.test(division)
  if (!isDivision && !isNothing(division)) note('hukouDivision', 'unknown-label')
  keep('hukouDivision', isDivision ? division : divisionOf(text('hukouAddress')))
  keep('arrivedOn', pastDay('arrivedOn'))
  keep('arrivalReason', code('arrivalReason', 'inflow_reason'))
  keep('registeredOn', pastDay('registeredOn'))
  keep('permitType', code('permitType', 'permit_type'))
  keep('permitExpires', day('permitExpires'))
  keep('ethnicity', code('ethnicity', 'nation'))
  keep('education', code('education', 'education'))
  keep('marriage', code('marriage', 'marriage'))
  keep('workplace', words('workplace', 60))
  keep('contactName', words('contactName', 40))
  keep('guardianName', words('guardianName', 40))
  keep('contactPhone', cleanPhones('contactPhone', text('contactPhone'), notes)?.[0] ?? null)
  keep('guardianPhone', cleanPhones('guardianPhone', text('guardianPhone'), notes)?.[0] ?? null)
  keep('note', words('note', 500))
  keep('tags', cleanTags(text('tags'), today, notes))
  const left = endOf(text('movedOut'), pastDay('movedOutOn'))
  if (left === unknownWhen) note('movedOutOn', 'required')
  else keep('movedOutOn', left)
  if (facts.movedOutOn) keep('movedOutTo', words('movedOutTo', 100))
  const died = endOf(text('died'), pastDay('diedOn'))
  if (died === unknownWhen) note('diedOn', 'required')
  else keep('diedOn', died)

  return {
    sheet,
    number: row.number,
    name,
    facts,
    family: familyOf(text('householdKey'), text('headNumber'), text('headName')),
    door: textsToDoor({
      grid: text('grid'),
      estate: text('estate'),
      building: text('building'),
      unit: text('unit'),
      floor: text('floor'),
      room: text('room'),
      address: text('address'),
    }),
    wrong,
    notes,
  }
}

/** 张　三 → 张三; a foreigner's name keeps its blanks. */
function cleanName(text: string): string {
  const name = text.replace(/^['’‘]+/, '').replace(/\s+/g, ' ')
  if (isNothing(name)) return ''
  const isHan = /^[\p{Script=Han}·•.\s]+$/u.test(name)
  return isHan && surnameLength(name) > 0 ? name.replace(/\s/g, '').replace(/[•.]/g, '·') : name
}

const mostPhones = 5

/** Split at ；;、, and the like; what is no telephone is left out and said. */
function cleanPhones(field: RosterField, text: string, notes: Trouble[]): string[] | null {
  if (isNothing(text)) return null
  const phones: string[] = []
  for (const part of text.split(/[;；、,，/|\n]|\s或\s?|或/)) {
    const bare = part.replace(/[^\d+-]/g, '').replace(/^-+|-+$/g, '')
    if (part.trim() === '' || isNothing(part.trim())) continue
    const isPhone = /^\+?\d[\d-]{3,18}\d$/.test(bare) && bare.length <= 20
    if (!isPhone) notes.push({ field, problem: 'not-a-telephone', text: part.trim() })
    else if (!phones.includes(bare) && phones.length < mostPhones) phones.push(bare)
  }
  return phones.length > 0 ? phones : null
}

function cleanTags(text: string, today: Day, notes: Trouble[]): readonly Tag[] | null {
  if (isNothing(text)) return null
  const tags = new Map<string, Tag>()
  for (const part of text.split(/[;；、,，/|\s]+/)) {
    if (isNothing(part)) continue
    const found = labelToTag(part)
    if (found === null) notes.push({ field: 'tags', problem: 'unknown-label', text: part })
    else if (found !== 'ordinary') {
      const { tag, grade } = found
      tags.set(tag, { tag, ...(grade === null ? {} : { grade }), source: 'roster', from: today })
    }
  }
  return tags.size > 0 ? [...tags.values()] : null
}

function residenceOf(
  status: string,
  apart: string,
  notes: Trouble[],
): RosterFacts['residence'] | null {
  if (!isNothing(status)) {
    const code = labelToCode('living_status', status) as '1' | '2' | '3' | '4' | null
    if (code === null) notes.push({ field: 'residence', problem: 'unknown-label', text: status })
    return code
  }
  if (apart === '') return null
  const isApart = labelToFlag(apart)
  if (isApart === null) notes.push({ field: 'apart', problem: 'unknown-label', text: apart })
  // A roster of who lives here: the hukou is where it differs.
  return isApart === null ? null : isApart ? '2' : '1'
}

/** Only what an address names beyond doubt; of all others the code is left to whoever knows it. */
function divisionOf(address: string): string | null {
  // Another province has a 西湖区 too.
  const isHere = /杭州/.test(address) || /^富阳/.test(address) || /浙江省?富阳/.test(address)
  const found = isHere ? hangzhouDistricts.find(([name]) => address.includes(name)) : undefined
  return found?.[1] ?? null
}

const unknownWhen = 0

/** The day on which somebody left; `unknownWhen` where the roster says that it was, and not when. */
function endOf(flag: string, on: Day | null): Day | typeof unknownWhen | null {
  const isEnded = flag === '' ? on !== null : labelToFlag(flag)
  if (isEnded !== true) return null
  return on ?? unknownWhen
}

function familyOf(key: string, headNumber: string, headName: string): string | null {
  const found = [key, headNumber, headName].find((text) => !isNothing(text))
  return found === undefined ? null : found.toUpperCase()
}
