/**
 * The steps and askers of a request among many records. A ledger of thousands asks this for each of its steps, so each
 * record is looked at once: the maps of a push only grow, and a record stays of the request that it was made for. A
 * tombstone does not say of which request it was, and may live again when its household comes back: it is looked at
 * again.
 */
import type { RecordRow } from '../db/record-row.ts'

type Source = ReadonlyMap<string, RecordRow>

interface Index {
  /** Never run to its end: it goes on with what comes into the map later. */
  readonly rest: Iterator<[string, RecordRow]>
  seen: number
  readonly keys: Map<string, string[]>
  /** Tombstones when they were last looked at. */
  readonly removed: Set<string>
}

const indexes = new WeakMap<Source, Index>()

export function rowsOfRequest(source: Source, request: string): readonly RecordRow[] {
  const known = indexes.get(source)
  const index = known && known.seen <= source.size ? known : begin(source)
  for (const key of index.removed) {
    const row = source.get(key)
    if (!row || row.removed) continue
    index.removed.delete(key)
    remember(key, row, index)
  }
  for (; index.seen < source.size; index.seen += 1) {
    const next = index.rest.next()
    if (next.done) break
    const [key, row] = next.value
    if (row.kind !== 'request-step' && row.kind !== 'asker') continue
    if (row.removed) index.removed.add(key)
    else remember(key, row, index)
  }
  return (index.keys.get(request) ?? []).flatMap((key) => source.get(key) ?? [])
}

function remember(key: string, { fields }: RecordRow, { keys }: Index): void {
  const of = String(fields['request'])
  const known = keys.get(of)
  if (known) known.push(key)
  else keys.set(of, [key])
}

function begin(source: Source): Index {
  const index = {
    rest: source.entries(),
    seen: 0,
    keys: new Map<string, string[]>(),
    removed: new Set<string>(),
  }
  indexes.set(source, index)
  return index
}
