/** Which steps belong to a request: also those that left with their household, and came back. */
import { expect, it } from 'vitest'
import type { RecordRow } from '#server/db/record-row.ts'
import { rowsOfRequest } from '#server/ledger/rows-of-request.ts'

const row = (id: string, request: string | null): RecordRow => ({
  ...{ stream: 'grid', id, kind: 'request-step', version: 1, created: {} as never, marks: {} },
  ...{ fields: request === null ? {} : { request }, removed: request === null },
  ...{ at: '2026-11-23T00:00:00.000Z', by: null, movedTo: null, moves: 0 },
})
const idsOf = (rows: readonly RecordRow[]) => rows.map(({ id }) => id).sort()

it('finds what came into the map since it was asked last', () => {
  const rows = new Map([['a', row('a', 'one')]])
  expect(idsOf(rowsOfRequest(rows, 'one'))).toEqual(['a'])
  rows.set('b', row('b', 'one')).set('c', row('c', 'other'))
  expect(idsOf(rowsOfRequest(rows, 'one'))).toEqual(['a', 'b'])
})

it('finds a step that was a tombstone when it was looked at first, and lives again', () => {
  const rows = new Map([
    ['a', row('a', null)],
    ['b', row('b', 'one')],
  ])
  expect(idsOf(rowsOfRequest(rows, 'one'))).toEqual(['b'])
  rows.set('a', row('a', 'one'))
  expect(idsOf(rowsOfRequest(rows, 'one'))).toEqual(['a', 'b'])
  // Once, however often it is asked, and after it left and came back again.
  rows.set('a', row('a', null)).set('a', row('a', 'one'))
  expect(idsOf(rowsOfRequest(rows, 'one'))).toEqual(['a', 'b'])
})
