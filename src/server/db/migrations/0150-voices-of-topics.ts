import type { LaterIndex } from '../indexes.ts'

/** A topic whose time is over takes along what doors said to it: found by the topic, without reading all records. */
export const indexes: readonly LaterIndex[] = [
  { name: 'record_voice_topic', on: 'record', by: "((fields->>'topic')) where kind = 'voice'" },
]
