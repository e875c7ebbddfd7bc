import type { Transaction } from 'kysely'
import { kinds, parentOf } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { loadBelow, loadChildren, loadRecords, loadStream } from '../db/records.ts'
import type { RecordRow } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'

/**
 * Everything that must be looked at: the records, what they will belong to, and what belongs to those taken back or
 * moved. Of streams that are not the account's own, only where records went from there.
 */
export async function loadTouched(
  trx: Transaction<Database>,
  streams: readonly string[],
  foreign: readonly string[],
  mutations: readonly Mutation[],
): Promise<Map<string, RecordRow>> {
  const ids = mutations.flatMap(({ kind, record, fields }) => {
    const parent = parentOf(kind, fields)
    return parent ? [record, parent] : [record]
  })
  const found = await loadRecords(trx, streams, ids)
  if (foreign.length > 0) {
    found.push(...(await loadRecords(trx, foreign, ids)).filter((row) => row.movedTo !== null))
  }
  for (const stream of new Set(
    mutations.flatMap((one) => (one.kind === 'scheme' ? [one.stream] : [])),
  )) {
    if (streams.includes(stream)) found.push(...(await loadStream(trx, stream, ['scheme'])))
  }
  const moving = mutations.flatMap(({ to, record }) => (to ? [record] : []))
  found.push(...(await loadBelow(trx, streams, moving)))
  const parents = mutations.flatMap(({ op, record }) => (op === 'remove' ? [record] : []))
  for (const stream of streams) {
    found.push(...(await loadChildren(trx, stream, parents, kinds)))
  }
  return new Map(found.map((record) => [keyOf(record.stream, record.id), record]))
}
