/** Where in a sheet the table begins: below its titles, and what its columns are called. */
import { normaliseDocument } from '../document-key.ts'
import {
  guessField,
  headerRank,
  isBareExpiry,
  isOfPermit,
  type Confidence,
  type HeaderGuess,
  type RosterField,
} from './fields.ts'
import { labelToCode } from './labels.ts'
import { cellToText, type Sheet, type SheetRow } from './sheet.ts'

export interface Column {
  /** From 0. */
  readonly at: number
  readonly header: string
  /** What stands over it and its neighbours in the row above: 现住址 over 楼栋, 单元, 房号. */
  readonly group?: string
  /** Nobody sees it where the workbook is opened. */
  readonly hidden?: true
  readonly field: RosterField | null
  readonly confidence: Confidence
  /** Some of what stands in it, for whoever checks the guess. */
  readonly samples: readonly string[]
}

/** What a correction is remembered by: 详细地址 stands under 户籍地址 and under 现居住地. */
export function columnKey({ header, group }: Pick<Column, 'header' | 'group'>): string {
  return group === undefined ? header : `${group} ${header}`
}

export interface Table {
  readonly sheet: string
  /** Number of the row that holds the header. */
  readonly headerRow: number
  readonly columns: readonly Column[]
  /** The rows below it that are people, as far as a glance tells. */
  readonly rows: readonly SheetRow[]
  /** Rows that were left out: hints, a header printed again, sums. */
  readonly dropped: number
  /** See `Sheet`. */
  readonly from1904?: true
}

/** Titles, a date and a unit's name stand above; never more than this. */
const searched = 30

/** Null where no row looks like a header: a cover sheet, a sheet of notes. `sheet` with merged cells filled. */
export function findTable(sheet: Sheet): Table | null {
  const candidates = sheet.rows
    .slice(0, searched)
    .map((row, index) => ({ index, score: score(row) }))
  const best = candidates.reduce<{ index: number; score: number } | null>(
    (held, one) => (one.score > (held?.score ?? 0) ? one : held),
    null,
  )
  if (!best || best.score < 2) return null
  const header = sheet.rows[best.index]
  if (!header) return null
  // Two rows, the upper one with groups: 现住址 over 楼栋, 单元, 房号.
  const below = sheet.rows[best.index + 1]
  const isDouble =
    below !== undefined &&
    score(below) >= 2 &&
    !isPerson(below) &&
    !isData(below, header) &&
    !isHint(below)
  const above = sheet.rows[best.index - 1]
  const isUnder = !isDouble && above !== undefined && score(above) >= 1 && isGroupRow(above, header)
  const lower = isDouble ? below : header
  const upper = isDouble ? header : isUnder ? above : null
  const from = best.index + (isDouble ? 2 : 1)
  const named = headersOf(lower, upper)
  const headers = named.map(({ header }) => header)
  const body = sheet.rows.slice(from)
  const nameAt = headers.findIndex((text) => guessField(text).field === 'name')
  const rows = body.filter((row) => !isOther(row, headers, nameAt))
  const columns = columnsOf(named, rows, new Set(sheet.hiddenColumns))
  return {
    sheet: sheet.name,
    headerRow: lower.number,
    columns,
    rows,
    dropped: body.length - rows.length,
    ...(sheet.from1904 ? { from1904: true } : {}),
  }
}

/** How many different fields its cells name; data rarely spells out a header. */
function score(row: SheetRow): number {
  const named = new Set<string>()
  for (const cell of row.cells) {
    const text = cellToText(cell)
    if (text === '' || text.length > 30) continue
    const { field, confidence } = guessField(text)
    if (confidence === 'sure') named.add(field ?? '')
    else if (confidence === 'kept-out') named.add(text)
    else if (confidence === 'likely' && text.length <= 12) named.add(`${field ?? ''}?`)
  }
  return named.size
}

/** 户主 under 与户主关系, or a name under 姓名: the first person, however much of the row reads like headers. */
function isData(row: SheetRow, header: SheetRow): boolean {
  return header.cells.some((cell, at) => {
    const { field } = guessField(cellToText(cell))
    const text = cellToText(row.cells[at])
    if (text === '' || text === cellToText(cell)) return false
    if (field === 'relation') return labelToCode('relation2', text) !== null
    return field === 'name' && guessField(text).confidence === 'unknown'
  })
}

function isGroupRow(above: SheetRow, header: SheetRow): boolean {
  const upper = above.cells.map(cellToText)
  const same = header.cells.filter(
    (cell, at) => cellToText(cell) !== '' && cellToText(cell) === upper[at],
  )
  return same.length > 0
}

interface Named {
  readonly header: string
  readonly group?: string
}

/** A column's own name, and the group that it stands under: merged cells are filled, others hold it in the first one. */
function headersOf(lower: SheetRow, upper: SheetRow | null): Named[] {
  const width = Math.max(lower.cells.length, upper?.cells.length ?? 0)
  let group = ''
  return Array.from({ length: width }, (_, at) => {
    const own = cellToText(lower.cells[at])
    const above = cellToText(upper?.cells[at])
    // A blank above goes on with the group to its left as long as there are names below.
    group = own === '' ? '' : above === '' ? group : above
    if (own === '') return { header: above }
    return group === '' || group === own ? { header: own } : { header: own, group }
  })
}

const mostSamples = 3

function columnsOf(
  headers: readonly Named[],
  body: readonly SheetRow[],
  hidden: ReadonlySet<number>,
): Column[] {
  const width = Math.max(headers.length, ...body.slice(0, 50).map(({ cells }) => cells.length))
  const named = Array.from({ length: width }, (_, at) => {
    const { header, group } = headers[at] ?? { header: '' }
    const samples = samplesOf(body, at)
    const guess = header === '' ? byContent(samples) : guessField(header, group)
    return { at, header, group, samples, guess, rank: headerRank(header, group) }
  }).filter(({ header, samples }) => header !== '' || samples.length > 0)
  const hasPermit = named.some(({ header }) => isOfPermit(header))
  const guessOf = ({ header, guess }: (typeof named)[number]): HeaderGuess =>
    hasPermit && guess.field === null && isBareExpiry(header)
      ? { field: 'permitExpires', confidence: 'likely' }
      : guess
  // Sure ones first: 联系电话 is not given away because 房东电话 stands before it.
  const columnOf = new Map<RosterField, number>()
  for (const wanted of ['sure', 'likely'] as const) {
    const fitting = named.filter((one) => guessOf(one).confidence === wanted)
    for (const one of fitting.sort((a, b) => a.rank - b.rank || compare(a, b) || a.at - b.at)) {
      const { field } = guessOf(one)
      if (field !== null && !columnOf.has(field)) columnOf.set(field, one.at)
    }
  }
  return named.map((one): Column => {
    const { at, header, group, samples } = one
    const { field, confidence } = guessOf(one)
    const isTaken = field !== null && columnOf.get(field) === at
    return {
      at,
      header,
      ...(group === undefined ? {} : { group }),
      ...(hidden.has(at) ? { hidden: true } : {}),
      samples,
      field: isTaken ? field : null,
      confidence: isTaken || field === null ? confidence : 'unknown',
    }
  })
}

function compare(
  a: { readonly header: string; readonly group: string | undefined },
  b: { readonly header: string; readonly group: string | undefined },
): number {
  const [one, other] = [`${a.header} ${a.group ?? ''}`, `${b.header} ${b.group ?? ''}`]
  return one < other ? -1 : one > other ? 1 : 0
}

/** A column without a header that holds identity numbers is what it looks like. */
function byContent(samples: readonly string[]): ReturnType<typeof guessField> {
  const isNumbers =
    samples.length > 0 && samples.every((sample) => /^\d{17}[\dX]$/.test(normaliseDocument(sample)))
  return isNumbers
    ? { field: 'documentNumber', confidence: 'likely' }
    : { field: null, confidence: 'unknown' }
}

function samplesOf(body: readonly SheetRow[], at: number): string[] {
  const samples: string[] = []
  for (const { cells } of body.slice(0, 60)) {
    const text = cellToText(cells[at])
    if (text !== '' && !samples.includes(text)) samples.push(text)
    if (samples.length === mostSamples) break
  }
  return samples
}

function isHint({ cells }: SheetRow): boolean {
  return cells.some((cell) => hint.test(cellToText(cell)))
}

/** What a template tells whoever fills it in. */
const hint = /必填|选填|请填|填写|下拉|示例|例如|^例[:：]|如[:：]|格式|请选择|请输入|可不填|按.*填/

const sum =
  /^(合计|总计|小计|共计|总人数|制表人?|填表人?|审核人?|填报人?|单位负责人|联系人)[:：\s\d]*/

function isOther(row: SheetRow, headers: readonly string[], nameAt: number): boolean {
  const texts = row.cells.map(cellToText)
  const filled = texts.filter((text) => text !== '')
  if (filled.length === 0) return true
  if (isPerson(row)) return false
  const repeated = texts.filter((text, at) => text !== '' && text === headers[at])
  if (repeated.length >= 2 && repeated.length >= filled.length / 2) return true
  const name = texts[nameAt] ?? ''
  const hints = filled.filter((text) => hint.test(text)).length
  // A note of somebody may hold a word of a hint: who has a name is a person, unless most of the row are hints.
  const isNamed = name !== '' && !hint.test(name) && guessField(name).confidence === 'unknown'
  if (hints > 0 && (!isNamed || hints >= filled.length / 2)) return true
  // A sum below the table, a note across its width.
  if (
    filled.length <= 2 &&
    (sum.test(filled[0] ?? '') || (new Set(filled).size === 1 && name.length > 6))
  ) {
    return true
  }
  return sum.test(filled[0] ?? '') && name === ''
}

/** Something in it is an identity number. */
function isPerson({ cells }: SheetRow): boolean {
  return cells.some((cell) => {
    const text = normaliseDocument(cellToText(cell))
    return /^(\d{17}[\dX]|\d{15})$/.test(text)
  })
}
