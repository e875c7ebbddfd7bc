/** One row opened: what stands in the spreadsheet beside what was understood, and how it differs from the row it clashes with. */
import type { Compared } from '#domain/roster/compare.ts'
import type { Column } from '#domain/roster/find-header.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import type { RosterFacts, RosterRow } from '#domain/roster/row.ts'
import { cellToText, type SheetRow } from '#domain/roster/sheet.ts'
import { normaliseDocument } from '#domain/document-key.ts'

export interface RawCell {
  readonly header: string
  readonly group: string | null
  readonly at: number
  readonly field: RosterField | null
  readonly text: string
}

/** Another row of the roster that says something else of the same person or number. */
export interface OtherRow {
  readonly sheet: string
  readonly number: number
  readonly differs: readonly Difference[]
}

export interface Difference {
  /** A field of a resident; `name`, or `address` for the door. */
  readonly field: keyof RosterFacts | 'name' | 'address'
  readonly here: unknown
  readonly there: unknown
}

export interface RowDetail {
  readonly cells: readonly RawCell[]
  readonly others: readonly OtherRow[]
}

/** Rows of each document number, for clashes within the roster. */
export type RowsByNumber = ReadonlyMap<string, readonly number[]>

export function rowsByNumber(compared: readonly Compared[]): RowsByNumber {
  const rows = new Map<string, number[]>()
  for (const [at, { row }] of compared.entries()) {
    const number = numberOf(row)
    if (number === null) continue
    const held = rows.get(number)
    if (held) held.push(at)
    else rows.set(number, [at])
  }
  return rows
}

export function rowToDetail(
  compared: readonly Compared[],
  byNumber: RowsByNumber,
  at: number,
  source: { readonly columns: readonly Column[]; readonly row: SheetRow } | null,
): RowDetail {
  const one = compared[at]
  if (!one) return { cells: [], others: [] }
  return {
    cells: (source?.columns ?? []).map(({ header, group, at: column, field }) => ({
      header,
      group: group ?? null,
      at: column,
      field,
      text: cellToText(source?.row.cells[column]),
    })),
    others: othersOf(compared, byNumber, at).map(({ row }) => ({
      sheet: row.sheet,
      number: row.number,
      differs: differencesOf(one.row, row),
    })),
  }
}

const mostOthers = 5

/** The row that it repeats, or those with its number under another name. */
export function othersOf(
  compared: readonly Compared[],
  byNumber: RowsByNumber,
  at: number,
): readonly Compared[] {
  const one = compared[at]
  if (!one) return []
  const { row, verdict } = one
  if (verdict.status === 'repeat') {
    const first = compared[verdict.of]
    return first ? [first] : []
  }
  if (verdict.status !== 'doubtful') return []
  const number = numberOf(row)
  const same = (number === null ? undefined : byNumber.get(number)) ?? []
  return same
    .flatMap((index) => (index === at ? [] : (compared[index] ?? [])))
    .filter((other) => other.row.name !== row.name)
    .slice(0, mostOthers)
}

function numberOf({ facts }: RosterRow): string | null {
  return facts.documentNumber ? normaliseDocument(facts.documentNumber) : null
}

/** What both say and say differently. */
function differencesOf(here: RosterRow, there: RosterRow): Difference[] {
  const list: Difference[] = []
  if (here.name !== there.name) list.push({ field: 'name', here: here.name, there: there.name })
  const [door, otherDoor] = [doorText(here), doorText(there)]
  if (door !== '' && otherDoor !== '' && door !== otherDoor) {
    list.push({ field: 'address', here: door, there: otherDoor })
  }
  for (const [name, value] of Object.entries(here.facts)) {
    const field = name as keyof RosterFacts
    const other = there.facts[field]
    if (value === null || value === undefined || other === null || other === undefined) continue
    // Telephones and tags of both were put together.
    if (Array.isArray(value)) continue
    if (value !== other) list.push({ field, here: value, there: other })
  }
  return list
}

export function doorText({ door }: Pick<RosterRow, 'door'>): string {
  const unit = door.unit === null ? '' : `${door.unit}单元`
  return [door.estate, [door.building, unit, door.room].filter(Boolean).join('')]
    .filter(Boolean)
    .join(' ')
}
