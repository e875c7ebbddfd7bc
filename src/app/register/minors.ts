/** Which rows of a table are minors: those leave the register under an approval alone. */
import type { Day } from '#domain/day.ts'
import { ageGroupOf } from '#domain/minor.ts'
import type { Sheet } from '#domain/sheet.ts'
import type { Register } from './register.ts'

/** Ids of those rows; of tables of households and dwellings none. */
export function minorsAmong(
  register: Register,
  sheet: Sheet,
  ids: readonly string[],
  today: Day,
): ReadonlySet<string> {
  if (sheet !== 'residents') return new Set()
  return new Set(
    ids.filter((id) => {
      const person = register.get('resident', id)?.fields
      return person !== undefined && ageGroupOf(person, today) !== null
    }),
  )
}
