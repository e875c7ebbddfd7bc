/** A row that travelled reads as the row that it was made of: on the screen, in a workbook and in the standard's form. */
import { expect, it } from 'vitest'
import { groundOf } from '#domain/consent.ts'
import {
  beyondSorts,
  cellsBeyond,
  columnsBeyond,
  isBeyondSort,
  rowBeyond,
} from '#domain/sheet-beyond.ts'
import { pickColumns } from '#domain/door-columns.ts'
import { residentColumns } from '#domain/resident-columns.ts'
import { cellsOf } from '#domain/sheet-cells.ts'
import { cellText, rosterWords, type SheetRow } from '#domain/sheet-columns.ts'
import { standardColumns } from '#domain/standard-table.ts'
import { sampleResident, sheetRow } from './sheet-row.ts'

const words = rosterWords({
  level: (colour) => `颜色${colour}`,
  reason: ({ rule, facts }) => `因为${rule}${JSON.stringify(facts ?? {})}`,
})
const rows: readonly SheetRow[] = [
  sheetRow(),
  sheetRow({ resident: { ...sampleResident, tags: null, cares: null, phones: [] }, reasons: [] }),
  sheetRow({
    resident: {
      ...sampleResident,
      tags: [{ tag: 'disabled', grade: 2, source: 'seen', from: '2026-01-01' }],
      cares: [
        {
          id: '0190f5c6-0000-7000-8000-000000000001',
          need: 'meals',
          who: '样例点',
          from: '2026-01-01',
        },
      ],
      restrictedOn: '2026-01-01',
    },
    household: null,
    dwelling: null,
    building: null,
    due: null,
  }),
]

it.each([true, false])('with the numbers in full: %s', (open) => {
  for (const row of rows) {
    const sent = JSON.parse(JSON.stringify(cellsBeyond(residentColumns, row, open))) as ReturnType<
      typeof cellsBeyond
    >
    const columns = columnsBeyond(residentColumns)
    const came = rowBeyond(residentColumns, { id: row.id, cells: sent }, row.today)
    expect(cellsOf(columns, came, words, open)).toEqual(cellsOf(residentColumns, row, words, open))
    for (const [index, column] of columns.entries()) {
      const own = residentColumns[index]
      // Where it came masked nothing takes the mask off, and nothing masks what was asked for in full.
      expect(cellText(column, came, words, true)).toBe(own && cellText(own, row, words, open))
    }
    const told = standardColumns('residents', columns).map(({ text }) => text(came, words, open))
    const direct = standardColumns('residents', residentColumns)
    expect(told).toEqual(direct.map(({ text }) => text(row, words, open)))
  }
})

it('of care and tags travels what their words are made of, and no more', () => {
  const columns = pickColumns('residents', ['tags', 'cares'])
  const cells = cellsBeyond(columns, rows[2] ?? sheetRow(), true)
  expect(cells[0]).toEqual([{ tag: 'disabled', grade: 2 }])
  expect(JSON.stringify(cells)).not.toContain('0190f5c6')
})

it('is ordered by nothing that a mask hides or that rests on consent', () => {
  for (const key of beyondSorts) {
    const [column] = pickColumns('residents', [key])
    expect(column && (!column.mask || column.type === 'name')).toBe(true)
    if (column?.field) expect(groundOf(column.field[1], {})).not.toBe('consent')
  }
  expect(['documentNumber', 'phones', 'note', 'x'].map(isBeyondSort)).toEqual([
    ...[false, false, false, false],
  ])
})
