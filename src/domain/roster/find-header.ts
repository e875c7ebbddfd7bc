/** Where in a sheet the table begins: below its titles, and what its columns are called. */
import { normaliseDocument } from '../identity-number.ts'
import { guessField, type Confidence, type RosterField } from './fields.ts'
import { cellToText, type Sheet, type SheetRow } from './sheet.ts'

export interface Column {
  /** From 0. */
  readonly at: number
  readonly header: string
  readonly field: RosterField | null
  readonly confidence: Confidence
  /** Some of what stands in it, for whoever checks the guess. */
  readonly samples: readonly string[]
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
  const isDouble = below !== undefined && score(below) >= 2 && !isPerson(below)
  const above = sheet.rows[best.index - 1]
  const isUnder = !isDouble && above !== undefined && score(above) >= 1 && isGroupRow(above, header)
  const lower = isDouble ? below : header
  const upper = isDouble ? header : isUnder ? above : null
  const from = best.index + (isDouble ? 2 : 1)
  const headers = headersOf(lower, upper)
  const body = sheet.rows.slice(from)
  const nameAt = headers.findIndex((text) => guessField(text).field === 'name')
  const rows = body.filter((row) => !isOther(row, headers, nameAt))
  const columns = columnsOf(headers, rows)
  return {
    sheet: sheet.name,
    headerRow: lower.number,
    columns,
    rows,
    dropped: body.length - rows.length,
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

function isGroupRow(above: SheetRow, header: SheetRow): boolean {
  const upper = above.cells.map(cellToText)
  const same = header.cells.filter(
    (cell, at) => cellToText(cell) !== '' && cellToText(cell) === upper[at],
  )
  return same.length > 0
}

function headersOf(lower: SheetRow, upper: SheetRow | null): string[] {
  const width = Math.max(lower.cells.length, upper?.cells.length ?? 0)
  return Array.from({ length: width }, (_, at) => {
    const own = cellToText(lower.cells[at])
    return own === '' ? cellToText(upper?.cells[at]) : own
  })
}

const mostSamples = 3

function columnsOf(headers: readonly string[], body: readonly SheetRow[]): Column[] {
  const taken = new Set<RosterField>()
  const columns: Column[] = []
  const width = Math.max(headers.length, ...body.slice(0, 50).map(({ cells }) => cells.length))
  for (let at = 0; at < width; at += 1) {
    const header = headers[at] ?? ''
    const samples = samplesOf(body, at)
    if (header === '' && samples.length === 0) continue
    const guess = header === '' ? byContent(samples) : guessField(header)
    const isFree = guess.field !== null && !taken.has(guess.field)
    if (isFree && guess.field) taken.add(guess.field)
    columns.push({
      at,
      header,
      samples,
      field: isFree ? guess.field : null,
      confidence: isFree || guess.field === null ? guess.confidence : 'unknown',
    })
  }
  return columns
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
  if (filled.some((text) => hint.test(text))) return true
  const name = texts[nameAt] ?? ''
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
