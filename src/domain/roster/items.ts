/** The changes of an import, as mutations say them. */
import type { Day } from '../day.ts'
import { longestSheet, type ImportItem } from '../import.ts'
import type { Changes } from './changes.ts'
import type { Held, RegisterIndex } from './register-index.ts'
import type { RosterRow } from './row.ts'

export interface Planning {
  readonly index: RegisterIndex
  readonly today: Day
  /** Of a record that is made in a stream. */
  readonly newId: (stream: string) => string
}

/** As a mutation says them: of a set what is added. */
export function fieldsOf({ list }: Changes): Record<string, unknown> {
  return Object.fromEntries(
    list.map(({ field, from, to }) => {
      if ((field !== 'phones' && field !== 'tags') || !Array.isArray(to)) return [field, to]
      const before = new Set(Array.isArray(from) ? from : [])
      return [field, { add: to.filter((element: unknown) => !before.has(element)) }]
    }),
  )
}

export function patchOf(
  { kind, id, stream, version }: Held<'resident'> | Held<'household'> | Held<'dwelling'>,
  fields: Readonly<Record<string, unknown>>,
  to?: string,
): ImportItem {
  const goes = to !== undefined && to !== stream ? { to } : {}
  return { stream, kind, record: id, op: 'patch', ...goes, fields, seen: version }
}

export function create(
  kind: ImportItem['kind'],
  record: string,
  stream: string,
  fields: ImportItem['fields'],
): ImportItem {
  return { stream, kind, record, op: 'create', fields, seen: 0 }
}

/** Says of a change which row of the roster it comes from. */
export function from(row: RosterRow, item: ImportItem): ImportItem {
  return { ...item, sheet: row.sheet.slice(0, longestSheet), row: row.number }
}
