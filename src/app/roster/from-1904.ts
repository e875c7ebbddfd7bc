/** Days in workbooks of old Macintosh programs, whose calendar begins four years later. */
import type { RosterField } from '#domain/roster/fields.ts'
import type { Mapping } from '#domain/roster/read-rows.ts'
import type { SheetRow } from '#domain/roster/sheet.ts'
import { years1904 } from './number-format.ts'

const dayFields: readonly RosterField[] = [
  'birth',
  'arrivedOn',
  'registeredOn',
  'permitExpires',
  'movedOutOn',
  'diedOn',
]
/** From 1905 to 2199 in that calendar; smaller numbers are years, larger ones days written as 19900101. */
const [earliest, latest] = [2_200, 108_112]

/** The row with plain numbers of its days moved to the usual calendar; those with a date format were moved already. */
export function from1904(row: SheetRow, mapping: Mapping): SheetRow {
  const cells = [...row.cells]
  for (const field of dayFields) {
    const at = mapping.get(field)
    const cell = at === undefined ? null : cells[at]
    if (at === undefined || typeof cell !== 'number') continue
    if (cell >= earliest && cell <= latest) cells[at] = cell + years1904
  }
  return { ...row, cells }
}
