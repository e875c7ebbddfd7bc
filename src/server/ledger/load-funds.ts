/** What is known of an account before something is said in it: all its entries, and all that was said about them. */
import type { Transaction } from 'kysely'
import type { Mutation } from '#protocol/mutation.ts'
import { loadChildren, loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'

/** Adds to `records` what is needed, of the streams that are locked. */
export async function loadFunds(
  trx: Transaction<Database>,
  mutations: readonly Mutation[],
  records: Map<string, RecordRow>,
  locked: Iterable<string>,
): Promise<void> {
  const checks = mutations.filter(({ kind, op }) => kind === 'fund-check' && op === 'create')
  const givers = mutations.filter(({ kind, op }) => kind === 'fund-giver' && op === 'create')
  const gone = new Set(
    mutations.flatMap(({ kind, op, record }) =>
      kind === 'photo' && op === 'remove' ? [record] : [],
    ),
  )
  const reversals = mutations.flatMap(({ kind, fields }) =>
    kind === 'fund-entry' && typeof fields['reverses'] === 'string' ? [fields['reverses']] : [],
  )
  if (checks.length + givers.length + reversals.length + gone.size === 0) return
  const keep = (rows: readonly RecordRow[]) => {
    for (const row of rows) records.set(keyOf(row.stream, row.id), row)
    return rows
  }
  const streams = [...locked]
  // What a photograph is of that shall go.
  const hosts = [...records.values()].flatMap(({ id, fields }) =>
    gone.has(id) ? [String(fields['host'])] : [],
  )
  keep(await loadRecords(trx, streams, [...reversals, ...hosts]))
  const named = new Set([...checks, ...givers].map(({ fields }) => fields['entry']))
  // An entry may come in the same push as the word about it.
  const made = mutations.map(({ record: id, kind, fields }) => ({ id, kind, fields }))
  const funds = [...records.values(), ...made].flatMap(({ id, kind, fields }) =>
    kind === 'fund-entry' && named.has(id) ? [String(fields['fund'])] : [],
  )
  if (funds.length === 0) return
  keep(await loadRecords(trx, streams, funds))
  if (checks.length === 0) return
  for (const stream of streams) {
    const entries = keep(await loadChildren(trx, stream, funds, ['fund-entry']))
    const ids = entries.map(({ id }) => id)
    keep(await loadChildren(trx, stream, ids, ['fund-check']))
  }
}
