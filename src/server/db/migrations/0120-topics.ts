import type { LaterIndex } from '../indexes.ts'

/** Topics, their steps and meetings are few among many records: the round that counts voices finds them by themselves. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_topic',
    on: 'record',
    by: "(stream, kind) where kind in ('topic', 'topic-step', 'meeting') and not removed",
  },
]
