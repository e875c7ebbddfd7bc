import type { LaterIndex } from '../indexes.ts'

/** A household that is purged takes its plates along, at whichever door they are; and the purge finds old ones of a stream. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_plate_household',
    on: 'record',
    by: "((fields->>'household')) where kind = 'vehicle'",
  },
  { name: 'record_plate', on: 'record', by: "(stream) where kind = 'vehicle' and not removed" },
]
