import type { LaterIndex } from '../indexes.ts'

/** Whoever is purged takes along what they said for a door: found by the person, without reading all records. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_voice_resident',
    on: 'record',
    by: "((fields->>'resident')) where kind = 'voice'",
  },
]
