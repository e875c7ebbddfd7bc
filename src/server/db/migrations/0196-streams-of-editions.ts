import type { LaterIndex } from '../indexes.ts'

/** Rounds find what they have to do without reading what they have not. */
export const indexes: readonly LaterIndex[] = [
  // Streams that an earlier version of the program coloured, or whose place went to another one.
  { name: 'stream_coloured_with', on: 'stream', by: '(coloured_with)' },
  // The schemes of all places.
  {
    name: 'record_schemes',
    on: 'record',
    by: "(stream, version) where kind = 'scheme' and not removed",
  },
  // Counts that came to nothing are taken away.
  { name: 'due_tally_none', on: 'due_tally', by: '(stream) where n = 0' },
  { name: 'reason_tally_none', on: 'reason_tally', by: '(stream) where n = 0' },
  { name: 'coverage_tally_none', on: 'coverage_tally', by: '(stream) where n = 0' },
]
