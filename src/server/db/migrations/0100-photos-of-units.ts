import type { LaterIndex } from '../indexes.ts'

/** Photographs that a unit took itself and that stand beside no request yet: every round of the calendar asks for them. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_photo_of_unit',
    on: 'record',
    by: `(stream, id)
      where kind = 'errand-photo' and not removed and fields->>'photo' is null`,
  },
]
