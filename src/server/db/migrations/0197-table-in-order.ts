import type { LaterIndex } from '../indexes.ts'

/** The table of a whole subdistrict stands in the order of colours and of the days on which calls are due. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'subject_colour',
    on: 'subject',
    by: "(colour, id) where kind = 'resident'",
  },
  {
    name: 'subject_due',
    on: 'subject',
    by: "(due) where kind = 'household'",
  },
]
