/** Buildings and rooms that an import would make, by name: a clerk sees a slip of spelling before it is a building. */
import type { ImportItem } from '#domain/import.ts'
import type { RegisterIndex } from '#domain/roster/register-index.ts'

export interface NewPlace {
  /** Estate and building, as `样例苑 3幢`. */
  readonly building: string
  /** The building itself is new; else it only gets these rooms. */
  readonly isNew: boolean
  /** `1单元302`, in the order of the roster. */
  readonly rooms: readonly string[]
}

/** New buildings first. */
export function newPlacesOf(items: readonly ImportItem[], index: RegisterIndex): NewPlace[] {
  const places = new Map<string, { building: string; isNew: boolean; rooms: string[] }>()
  for (const { kind, op, record, fields } of items) {
    if (op !== 'create') continue
    if (kind === 'building') {
      places.set(record, { building: nameOf(fields), isNew: true, rooms: [] })
    } else if (kind === 'dwelling') {
      const id = String(fields['building'])
      const held = index.get('building', id)
      const place = places.get(id) ?? {
        building: held ? nameOf(held.fields) : '',
        isNew: false,
        rooms: [],
      }
      places.set(id, place)
      const unit = typeof fields['unit'] === 'string' ? `${fields['unit']}单元` : ''
      place.rooms.push(`${unit}${String(fields['room'])}`)
    }
  }
  return [...places.values()].sort((a, b) => Number(b.isNew) - Number(a.isNew))
}

function nameOf(fields: Readonly<Record<string, unknown>>): string {
  return `${String(fields['estate'])} ${String(fields['name'])}`
}
