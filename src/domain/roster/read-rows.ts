/** Cleans the rows of a table, each column by what it means. Nothing is guessed: what cannot be read is said. */
import type { CodeTable } from '../code-tables.ts'
import type { Day } from '../day.ts'
import { cleanName } from '../name.ts'
import { readPhones } from '../phone.ts'
import { careTags, type CareTag, type Tag } from '../resident.ts'
import { cellToDay } from './clean-day.ts'
import { cleanDocument } from './clean-document.ts'
import { cellToLevel, textsToDoor } from './clean-door.ts'
import type { RosterField } from './fields.ts'
import type { Table } from './find-header.ts'
import { labelToCode, labelToFlag, labelToGrade, labelToTag } from './labels.ts'
import type { DivisionReader } from './read-division.ts'
import type { RosterFacts, RosterRow, Trouble } from './row.ts'
import { cellToText, cellToWords, isNothing, type Cell, type SheetRow } from './sheet.ts'

/** Which column holds a field; a field that no column has is not there. */
export type Mapping = ReadonlyMap<RosterField, number>

export function mappingOf({ columns }: Pick<Table, 'columns'>): Mapping {
  const mapping = new Map<RosterField, number>()
  for (const { field, at } of columns) if (field && !mapping.has(field)) mapping.set(field, at)
  return mapping
}

type Loose = { -readonly [K in keyof RosterFacts]: RosterFacts[K] }

/**
 * `divisions` reads where a hukou is; without it only codes are understood.
 * Long: the columns of a row one after the other, each with what may be wrong in it.
 */
export function readRow(
  sheet: string,
  row: SheetRow,
  mapping: Mapping,
  today: Day,
  divisions: DivisionReader | null = null,
): RosterRow {
  const cell = (field: RosterField): Cell => {
    const at = mapping.get(field)
    return at === undefined ? null : (row.cells[at] ?? null)
  }
  const text = (field: RosterField) => cellToText(cell(field))
  const wrong: Trouble[] = []
  const notes: Trouble[] = []
  const note = (field: RosterField, problem: Trouble['problem']) =>
    notes.push({ field, problem, text: text(field) })

  const { name, remark } = readName(text('name'))
  if (name === '') wrong.push({ field: 'name', problem: 'required', text: text('name') })
  else if (name.length > 40) wrong.push({ field: 'name', problem: 'too-long', text: name })
  else if (!isName(name)) wrong.push({ field: 'name', problem: 'not-a-name', text: name })

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
  const fitting = (field: RosterField, found: string, most: number): string | null => {
    if (isNothing(found)) return null
    if (found.length > most) note(field, 'too-long')
    return found.length > most ? null : found
  }
  const words = (field: RosterField, most: number) =>
    fitting(field, cellToWords(cell(field)).replace(/\s+/g, ' '), most)
  const names = (field: RosterField) => fitting(field, cleanName(text(field)), 40)
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

  const phones = (field: RosterField) => cleanPhones(field, text(field), notes)
  keep('phones', phones('phones'))
  keep('relation', code('relation', 'relation2'))
  keep('residence', residenceOf(text('residence'), text('apart'), notes))
  const address = hukouOf(
    (['hukouProvince', 'hukouCity', 'hukouCounty'] as const).map((field) =>
      cellToWords(cell(field)),
    ),
    cellToWords(cell('hukouAddress')).replace(/\s+/g, ' '),
  )
  keep('hukouAddress', fitting('hukouAddress', address, 100))
  const place = isNothing(text('hukouDivision')) ? address : text('hukouDivision')
  const isCode = /^\d{6}(?:\d{6})?$/.test(place)
  const read = isCode || isNothing(place) ? null : (divisions?.read(place) ?? null)
  keep('hukouDivision', isCode ? place : (read?.code ?? null))
  const hukou = read && read.code === null ? { text: place, suggestions: read.suggestions } : null
  if (hukou) notes.push({ field: 'hukouAddress', problem: 'unknown-hukou', text: place })
  else if (!isCode && read === null && !isNothing(text('hukouDivision'))) {
    note('hukouDivision', 'unknown-label')
  }
  keep('arrivedOn', pastDay('arrivedOn'))
  keep('arrivalReason', code('arrivalReason', 'inflow_reason'))
  keep('registeredOn', pastDay('registeredOn'))
  keep('permitType', code('permitType', 'permit_type'))
  keep('permitExpires', day('permitExpires'))
  keep('ethnicity', code('ethnicity', 'nation'))
  keep('education', code('education', 'education'))
  keep('marriage', code('marriage', 'marriage'))
  keep('workplace', words('workplace', 60))
  keep('contactName', names('contactName'))
  keep('guardianName', names('guardianName'))
  keep('contactPhone', phones('contactPhone')?.[0] ?? null)
  keep('guardianPhone', phones('guardianPhone')?.[0] ?? null)
  keep('guardianRelation', code('guardianRelation', 'relation2'))
  keep('note', fitting('note', cellToWords(cell('note')), 500))
  keep('tags', tagsOf(text, today, notes))
  const left = endOf(text('movedOut'), pastDay('movedOutOn'))
  if (left === unknownWhen) note('movedOutOn', 'required')
  else keep('movedOutOn', left)
  if (facts.movedOutOn) keep('movedOutTo', words('movedOutTo', 100))
  const died = endOf(text('died'), pastDay('diedOn'))
  if (died === unknownWhen) note('diedOn', 'required')
  else keep('diedOn', died)
  if (remark !== '') {
    notes.push({ field: 'name', problem: 'name-remark', text: remark })
    const together = [facts.note, remark].filter(Boolean).join('；')
    if (together.length <= 500) facts.note = together
  }
  const isGone =
    left === unknownWhen ||
    died === unknownWhen ||
    (gone.test(remark) && !facts.diedOn && !facts.movedOutOn)

  return {
    sheet,
    number: row.number,
    name,
    facts,
    landlord: landlordOf(names('landlordName'), phones('landlordPhone')?.[0] ?? null),
    hukou,
    isGone,
    head: familyOf('', text('headNumber'), cleanName(text('headName'))),
    family: familyOf(text('householdKey'), text('headNumber'), cleanName(text('headName'))),
    door: textsToDoor({
      grid: text('grid'),
      estate: text('estate'),
      building: cellToLevel(cell('building')),
      unit: cellToLevel(cell('unit')),
      floor: cellToLevel(cell('floor')),
      room: cellToLevel(cell('room')),
      address: cellToLevel(cell('address')),
    }),
    wrong,
    notes,
  }
}

/** In brackets behind a name: somebody who does not live there any more. */
const gone = /已?故|亡|去世|过世|迁出|搬走|搬离|已搬|走了|离开/u

/** 张　三 → 张三; 欧阳样壬(租) is 欧阳样壬 with a remark; a foreigner's name keeps its blanks. */
function readName(text: string): { readonly name: string; readonly remark: string } {
  const written = text.replace(/^['’‘]+/, '')
  if (isNothing(written)) return { name: '', remark: '' }
  const [, own, remark] = /^([^([【{]+)[([【{]([^)\]】}]*)[)\]】}]?$/u.exec(written) ?? []
  return { name: cleanName(own ?? written), remark: (remark ?? '').trim() }
}

/** Somebody's name and nobody else's: with letters, without stars in the place of some, without a second one. */
function isName(name: string): boolean {
  return /\p{L}/u.test(name) && !/[*?□■�;/\\|=<>、,，；\d]/u.test(name)
}

const mostPhones = 5

/** What is no telephone beyond doubt is left out and said. */
function cleanPhones(field: RosterField, text: string, notes: Trouble[]): string[] | null {
  if (isNothing(text)) return null
  const { phones, unclear } = readPhones(text)
  for (const piece of unclear) {
    if (!isNothing(piece)) notes.push({ field, problem: 'not-a-telephone', text: piece })
  }
  if (phones.length > mostPhones) notes.push({ field, problem: 'too-many', text })
  return phones.length > 0 ? phones.slice(0, mostPhones) : null
}

const tagFields = careTags.map((tag) => [tag, `tag.${tag}`] as const)

/** Tags of the column that lists them, of columns that say yes or no to one, and of the grade's own. */
function tagsOf(
  text: (field: RosterField) => string,
  today: Day,
  notes: Trouble[],
): readonly Tag[] | null {
  const tags = new Map<string, Tag>()
  const add = (tag: CareTag, grade: number | null) => {
    const held = tags.get(tag)?.grade ?? null
    const counts = grade ?? held
    tags.set(tag, {
      tag,
      ...(counts === null ? {} : { grade: counts }),
      source: 'roster',
      from: today,
    })
  }
  const all = text('tags')
  for (const part of isNothing(all) ? [] : all.split(/[;；、,，/|\s]+/)) {
    if (isNothing(part)) continue
    const found = labelToTag(part)
    if (found === null) notes.push({ field: 'tags', problem: 'unknown-label', text: part })
    else if (found !== 'ordinary') add(found.tag, found.grade)
  }
  for (const [tag, field] of tagFields) {
    const said = text(field)
    if (isNothing(said)) continue
    const label = labelToTag(said)
    const isLabel = label !== null && label !== 'ordinary' && label.tag === tag
    const flag = isLabel ? true : labelToFlag(said)
    const grade = isLabel ? label.grade : labelToGrade(said)
    if (flag === true || (grade !== null && tag === 'disabled')) add(tag, grade)
    else if (flag === null) notes.push({ field, problem: 'unknown-label', text: said })
  }
  const graded = text('disabilityGrade')
  if (!isNothing(graded) && labelToFlag(graded) !== false) {
    const grade = labelToGrade(graded)
    if (grade === null)
      notes.push({ field: 'disabilityGrade', problem: 'unknown-label', text: graded })
    else add('disabled', grade)
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

/** 安徽省 | 阜阳市 | 太和县 | 样例村 in one line; what the address says itself is not said twice. */
function hukouOf(places: readonly string[], address: string): string {
  const rest = isNothing(address) ? '' : address
  const before: string[] = []
  for (const place of places) {
    if (!isNothing(place) && !rest.includes(place) && !before.join('').includes(place))
      before.push(place)
  }
  return `${before.join('')}${rest}`
}

function landlordOf(name: string | null, phone: string | null): RosterRow['landlord'] {
  const isSelf = name !== null && /^(?:本人|自己|自住|自有|同上|无)$/.test(name)
  return isSelf || (name === null && phone === null) ? null : { name, phone }
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
