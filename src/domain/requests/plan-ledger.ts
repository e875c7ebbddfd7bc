/** What the rows of a ledger become: requests with their first steps, as the changes of one import. */
import type { Day, Instant } from '../day.ts'
import { longestSheet, type ImportItem } from '../import.ts'
import type { Item } from './catalogue.ts'
import type { LedgerRow } from './read-ledger.ts'
import type { SiteKind } from './request.ts'

/** A row of which everything is known that has to be. */
export interface PlannedRow {
  readonly row: LedgerRow
  readonly stream: string
  readonly site: { readonly kind: SiteKind; readonly id: string } | null
  readonly item: Item | null
  /** The unit that has it already. */
  readonly unit: string | null
}

export interface LedgerPlanning {
  readonly now: Instant
  readonly newId: (stream: string) => string
  readonly numberOf: (stream: string, request: string, at: Instant) => string
}

/** Noon in China: of a limit in days the day alone counts, and none of it is later than now. */
export function reportedAt(day: Day, now: Instant): Instant {
  const noon = new Date(`${day}T12:00:00+08:00`).toISOString()
  return noon < now ? noon : now
}

export function planLedgerRow(
  { row, stream, site, item, unit }: PlannedRow,
  { now, newId, numberOf }: LedgerPlanning,
): ImportItem[] {
  const at = row.reported === null ? now : reportedAt(row.reported, now)
  const request = newId(stream)
  const [submit, accept] = [newId(stream), newId(stream)]
  const make = (kind: ImportItem['kind'], record: string, fields: ImportItem['fields']) => ({
    ...{ stream, kind, record, op: 'create' as const, fields, seen: 0 },
    ...{ sheet: row.sheet.slice(0, longestSheet), row: row.number },
  })
  const level = row.level ?? item?.level ?? 'ordinary'
  // A kind that the catalogue does not have is said in words.
  const words = item || row.itemText === '' ? row.words : joined(row.itemText, row.words)
  const step = (record: string, name: string, fields: object) =>
    make('request-step', record, { request, step: name, ...fields })
  const isKnown = row.name !== null || row.telephone !== null
  return [
    make('request', request, {
      ...{ number: numberOf(stream, request, at), words, where: row.where },
      ...{ item: item?.id ?? null, itemName: item?.name ?? null },
      ...{ level, source: row.source, at, site: site?.id ?? null, siteKind: site?.kind ?? null },
    }),
    step(submit, 'submit', {
      ...{ at, level },
      ...(row.promised === null ? {} : { ledgerDay: row.promised }),
      ...(row.ledgerNumber === null ? {} : { outsideNumber: row.ledgerNumber }),
    }),
    ...(isKnown
      ? [make('asker', newId(stream), { request, name: row.name, telephone: row.telephone })]
      : []),
    step(accept, 'accept', { at: now, after: submit, level, item: item?.id ?? null }),
    ...(unit === null ? [] : [step(newId(stream), 'dispatch', { at: now, after: accept, unit })]),
  ]
}

const longestWords = 1_000

function joined(first: string, rest: string | null): string {
  return (rest === null || rest.includes(first) ? (rest ?? first) : `${first}：${rest}`).slice(
    0,
    longestWords,
  )
}
