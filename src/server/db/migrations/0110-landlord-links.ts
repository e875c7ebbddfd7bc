import type { LaterIndex } from '../indexes.ts'

/** A landlord's link is found by the hash of its token; what was said of somebody's coming by the residents of its answer. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_landlord_link',
    on: 'record',
    by: "((fields->>'hash')) where kind = 'landlord-link'",
  },
  {
    name: 'record_answer_residents',
    on: 'record',
    by: "using gin ((fields->'residents')) where kind = 'declaration-answer'",
  },
]
