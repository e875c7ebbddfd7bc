import type { DoorLevels, RowView } from '#app/acts/imports.ts'

/** `样例苑 3幢1单元302`; '' where the row says nothing of a door. */
export function doorWords({ door }: Pick<RowView, 'door'>): string {
  return levelsToWords(door)
}

/** `样例苑 3幢1单元302`, as much of it as is known. */
export function levelsToWords(door: DoorLevels): string {
  const unit = door.unit === null ? '' : `${door.unit}单元`
  return [door.estate, [door.building, unit, door.room].filter(Boolean).join('')]
    .filter(Boolean)
    .join(' ')
}
