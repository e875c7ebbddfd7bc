/** A row of sample people as the columns read it. */
import type { SheetRow } from '#domain/sheet-columns.ts'
import type { Resident } from '#domain/resident.ts'

export const sampleResident: Resident = {
  household: '00000000-0000-7000-8000-000000000300',
  name: '样例甲',
  documentType: '111',
  documentNumber: '200101194001010018',
  sex: '1',
  birth: '1940-01-01',
  phones: ['10012345521', '10012345522'],
  relation: '02',
  residence: '2',
  hukouDivision: '330106',
  tags: [{ tag: 'disabled', grade: 2, source: 'seen', from: '2020-01-01' }],
  guardianName: '样例',
}

export function sheetRow(more: Partial<SheetRow> = {}): SheetRow {
  return {
    id: '00000000-0000-7000-8000-000000000400',
    today: '2026-11-23',
    resident: sampleResident,
    household: { dwelling: '00000000-0000-7000-8000-000000000200' },
    householdId: '00000000-0000-7000-8000-000000000300',
    dwelling: {
      building: '00000000-0000-7000-8000-000000000100',
      unit: '1',
      floor: 3,
      room: '301',
      use: 'own',
    },
    building: { estate: '样例苑', name: '3幢', storeys: 6, units: 2 },
    subdistrict: '样例街道',
    community: '样例社区',
    grid: '第一网格',
    people: [sampleResident],
    head: sampleResident,
    plates: [],
    households: 1,
    colour: 'red',
    reasons: [
      { rule: 'a', level: 'red' },
      { rule: 'b', level: 'yellow' },
    ],
    due: { on: '2026-11-21', overdue: 2 },
    lastMet: '2026-11-14',
    ...more,
  }
}
