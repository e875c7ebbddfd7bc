/**
 * The steps and askers of a request among many records. A ledger of thousands asks this for each of its steps, so each
 * record is looked at once: the maps of a push only grow, and a record stays of the request that it was made for.
 */
import type { RecordRow } from '../db/record-row.ts'

type Source = ReadonlyMap<string, RecordRow>

interface Index {
  /** Never run to its end: it goes on with what comes into the map later. */
  readonly rest: Iterator<[string, RecordRow]>
  seen: number
  readonly keys: Map<string, string[]>
}

const indexes = new WeakMap<Source, Index>()

export function rowsOfRequest(source: Source, request: string): readonly RecordRow[] {
  const known = indexes.get(source)
  const index = known && known.seen <= source.size ? known : begin(source)
  for (; index.seen < source.size; index.seen += 1) {
    const next = index.rest.next()
    if (next.done) break
    const [key, { kind, fields }] = next.value
    if (kind !== 'request-step' && kind !== 'asker') continue
    const of = String(fields['request'])
    const keys = index.keys.get(of)
    if (keys) keys.push(key)
    else index.keys.set(of, [key])
  }
  return (index.keys.get(request) ?? []).flatMap((key) => source.get(key) ?? [])
}

function begin(source: Source): Index {
  const index = { rest: source.entries(), seen: 0, keys: new Map<string, string[]>() }
  indexes.set(source, index)
  return index
}
