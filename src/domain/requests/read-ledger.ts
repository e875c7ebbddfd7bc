/** An office's ledger of open requests, row by row: what each says, what is missing, and what has to be asked once. */
import type { Day } from '../day.ts'
import { readPhones } from '../phone.ts'
import { cellToDay } from '../roster/clean-day.ts'
import { cellToLevel, type DoorTexts } from '../roster/clean-door.ts'
import type { Confidence } from '../roster/fields.ts'
import {
  cellToText,
  cellToWords,
  fillMerged,
  isNothing,
  type Cell,
  type Sheet,
  type SheetRow,
} from '../roster/sheet.ts'
import { guessLedgerField, type LedgerField } from './ledger-columns.ts'
import type { requestSources } from './request.ts'
import type { RequestLevel } from './step.ts'

export interface LedgerColumn {
  /** From 0. */
  readonly at: number
  readonly header: string
  readonly field: LedgerField | null
  readonly confidence: Confidence
  readonly samples: readonly string[]
}

export interface LedgerTable {
  readonly sheet: string
  readonly columns: readonly LedgerColumn[]
  readonly rows: readonly SheetRow[]
}

/** Titles stand above the header; never more than this. */
const searched = 20
const mostSamples = 3

/** Null where no row looks like the header of a ledger. */
export function findLedger(read: Sheet): LedgerTable | null {
  const sheet = fillMerged(read)
  const scores = sheet.rows.slice(0, searched).map(scoreOf)
  const best = scores.indexOf(Math.max(0, ...scores))
  const header = sheet.rows[best]
  if (!header || (scores[best] ?? 0) < 2) return null
  const rows = sheet.rows
    .slice(best + 1)
    .filter((row) => !row.hidden && row.cells.some((cell) => !isNothing(cellToText(cell))))
  const width = Math.max(header.cells.length, ...rows.slice(0, 50).map(({ cells }) => cells.length))
  const taken = new Set<LedgerField>()
  const columns = Array.from({ length: width }, (_, at): LedgerColumn => {
    const text = cellToText(header.cells[at])
    const guess = guessLedgerField(text)
    const isFirst = guess.field !== null && !taken.has(guess.field)
    if (guess.field && isFirst) taken.add(guess.field)
    const samples = rows
      .map(({ cells }) => cellToText(cells[at]))
      .filter((sample) => !isNothing(sample))
    return {
      ...{ at, header: text, confidence: guess.confidence },
      field: isFirst ? guess.field : null,
      samples: [...new Set(samples.slice(0, 20))].slice(0, mostSamples),
    }
  }).filter((column) => column.header !== '' || column.samples.length > 0)
  return { sheet: sheet.name, columns, rows }
}

function scoreOf({ cells }: SheetRow): number {
  const named = new Set<LedgerField>()
  let likely = 0
  for (const cell of cells) {
    const text = cellToText(cell)
    if (text.length > 20) continue
    const { field, confidence } = guessLedgerField(text)
    if (field && confidence === 'sure') named.add(field)
    else if (field) likely += 0.5
  }
  return named.size === 0 ? 0 : named.size + likely
}

/** Why a row is left out until somebody mends the ledger. */
export type LedgerProblem =
  | 'no-matter'
  | 'too-long'
  | 'no-day'
  | 'day-ahead'
  | 'promise-unclear'
  | 'promise-before'
  | 'number-twice'
  /** The ledger says that it is done. */
  | 'closed'

export interface LedgerRow {
  readonly sheet: string
  /** As the spreadsheet numbers it. */
  readonly number: number
  /** The number that it has in the ledger. */
  readonly ledgerNumber: string | null
  /** As the ledger writes its kind and who has it; '' where it says nothing. */
  readonly itemText: string
  readonly holderText: string
  readonly words: string | null
  readonly door: DoorTexts
  /** The place in words, with what the columns of a door say. */
  readonly where: string | null
  readonly name: string | null
  readonly telephone: string | null
  /** What stands in the column of the telephone and is none: it is not taken. */
  readonly unclearPhone: string | null
  readonly reported: Day | null
  /** Null: the ledger promised no day, and the limit of the kind counts from `reported`. */
  readonly promised: Day | null
  readonly level: RequestLevel | null
  readonly source: (typeof requestSources)[number]
  readonly problems: readonly LedgerProblem[]
}

const longest = { number: 60, name: 40, where: 100, words: 1_000 }

export function readLedger(
  { sheet, columns, rows }: LedgerTable,
  today: Day,
): readonly LedgerRow[] {
  const at = new Map(columns.flatMap((one) => (one.field ? [[one.field, one.at] as const] : [])))
  const seen = new Set<string>()
  return rows.map((row) => {
    const read = readRow(sheet, row, at, today)
    const number = read.ledgerNumber
    if (number === null) return read
    if (seen.has(number)) return { ...read, problems: [...read.problems, 'number-twice'] }
    seen.add(number)
    return read
  })
}

function readRow(
  sheet: string,
  { number, cells }: SheetRow,
  at: ReadonlyMap<LedgerField, number>,
  today: Day,
): LedgerRow {
  const cell = (field: LedgerField): Cell => {
    const column = at.get(field)
    return column === undefined ? null : (cells[column] ?? null)
  }
  const text = (field: LedgerField) => {
    const read = cellToText(cell(field))
    return isNothing(read) ? '' : read
  }
  const words = cellToWords(cell('words')).trim()
  const door: DoorTexts = {
    grid: text('grid'),
    estate: text('estate'),
    building: cellToLevel(cell('building')),
    unit: cellToLevel(cell('unitOfDoor')),
    floor: '',
    room: cellToLevel(cell('room')),
    address: text('place'),
  }
  const written = [door.estate, door.building, door.unit, door.room].filter(
    (one) => !isNothing(one),
  )
  const where = [written.join(''), door.address].filter(Boolean).join('，')
  const { phones, unclear } = readPhones(text('telephone'))
  const reported = cellToDay(cell('reported'))
  const promised = cellToDay(cell('promised'))
  const problems: LedgerProblem[] = []
  if (isDone(text('status'))) problems.push('closed')
  if (words === '' && text('item') === '') problems.push('no-matter')
  if (words.length > longest.words) problems.push('too-long')
  if (reported === null) problems.push('no-day')
  else if (reported > today) problems.push('day-ahead')
  if (promised === null && text('promised') !== '') problems.push('promise-unclear')
  if (promised !== null && reported !== null && promised < reported) problems.push('promise-before')
  return {
    ...{ sheet, number, itemText: text('item'), holderText: text('holder'), door },
    ledgerNumber: text('number').slice(0, longest.number) || null,
    words: words.slice(0, longest.words) || null,
    where: where.slice(0, longest.where) || null,
    name: text('name').slice(0, longest.name) || null,
    telephone: phones[0] ?? null,
    unclearPhone: unclear.length > 0 ? text('telephone') : null,
    ...{ reported, promised, problems },
    level: levelOf(text('level')),
    source: sourceOf(text('source')),
  }
}

function isDone(status: string): boolean {
  return (
    /办结|已完成|完结|已解决|已回复|归档|撤回|作废|^是$/.test(status) && !/未|没|待/.test(status)
  )
}

function levelOf(text: string): RequestLevel | null {
  if (/重大/.test(text)) return 'major'
  if (/急/.test(text) && !/不急|非急|一般/.test(text)) return 'urgent'
  return text === '' ? null : 'ordinary'
}

function sourceOf(text: string): LedgerRow['source'] {
  if (/12345|热线/.test(text)) return 'hotline'
  if (/电话|来电/.test(text)) return 'telephone'
  if (/扫码|码/.test(text)) return 'page'
  return /上门|走访|网格|巡查/.test(text) ? 'door' : 'desk'
}

/** As two people write one name: without blanks, brackets and signs. */
export function nameKey(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[（(【[].*?[)）】\]]/g, '')
    .replace(/[\s、，,。.·/\\-]/g, '')
    .toUpperCase()
}
