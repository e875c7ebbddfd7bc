import type { Transaction } from 'kysely'
import { companionOf, hostOf, kinds, mergedIntoOf, parentOf, type Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { isId, loadBelow, loadChildren, loadRecords, loadStream } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { declarationsAnswered, doorsAnswered, peopleOfTakenBack } from './declarations.ts'
import { keyOf } from './draft.ts'

/** What some mutations name: the records, and what these will stand in or beside. */
export function idsNamed(mutations: readonly Mutation[]): readonly string[] {
  return mutations.flatMap(({ kind, record, fields }) => [record, ...namedBy(kind, fields)])
}

/**
 * Everything that must be looked at: the records, what they will belong to, and what belongs to those taken back or
 * moved. Of streams that are not the account's own, only where records went from there. `known`: the records that are
 * named, where they were read under the lock.
 */
export async function loadTouched(
  trx: Transaction<Database>,
  streams: readonly string[],
  foreign: readonly string[],
  mutations: readonly Mutation[],
  known?: readonly RecordRow[],
): Promise<Map<string, RecordRow>> {
  const ids = idsNamed(mutations)
  const found = known ? [...known] : await loadRecords(trx, streams, ids)
  // What was merged into another record leads to that one, and may come back to its household.
  const asked = new Set(ids)
  for (let merged = namedByMerged(found, asked); merged.length > 0;) {
    for (const id of merged) asked.add(id)
    const more = await loadRecords(trx, streams, merged)
    found.push(...more)
    merged = namedByMerged(more, asked)
  }
  found.push(...(await loadRecords(trx, streams, peopleOfTakenBack(mutations, found))))
  if (foreign.length > 0) {
    found.push(...(await loadRecords(trx, foreign, ids)).filter((row) => row.movedTo !== null))
  }
  for (const kind of inVersions) {
    const saved = new Set(mutations.flatMap((one) => (one.kind === kind ? [one.stream] : [])))
    for (const stream of saved) {
      if (streams.includes(stream)) found.push(...(await loadStream(trx, stream, [kind])))
    }
  }
  // Where another parent is named, that one may have gone elsewhere, and the record goes after it.
  const moving = mutations.flatMap(({ op, kind, fields, to, record }) =>
    to || (op === 'patch' && parentOf(kind, fields)) ? [record] : [],
  )
  found.push(...(await loadBelow(trx, streams, moving)))
  const parents = mutations.flatMap(({ op, record }) => (op === 'remove' ? [record] : []))
  for (const stream of streams) {
    found.push(...(await loadChildren(trx, stream, parents, kinds)))
    const answered = declarationsAnswered(mutations)
    found.push(...(await loadChildren(trx, stream, answered, ['declaration-answer'])))
    // Whoever lives behind that door may be who is made by an answer.
    const homes = await loadChildren(trx, stream, doorsAnswered(mutations, found), ['household'])
    const homeIds = homes.map(({ id }) => id)
    found.push(...homes, ...(await loadChildren(trx, stream, homeIds, ['resident'])))
  }
  return new Map(found.map((record) => [keyOf(record.stream, record.id), record]))
}

/** Saved as a new version each time, which follows on the newest one. */
const inVersions = ['scheme', 'catalogue', 'calendar'] as const

/** What a record stands in or beside, is about, or was merged into. */
function namedBy(kind: Kind, fields: Readonly<Record<string, unknown>>): string[] {
  // A person's file that answers an inquiry is judged by it.
  const answers =
    kind === 'export' && typeof fields['inquiry'] === 'string' ? fields['inquiry'] : null
  return [hostOf(kind, fields), companionOf(kind, fields), mergedIntoOf(kind, fields), answers]
    .filter((id) => id !== null)
    .filter(isId)
}

function namedByMerged(found: readonly RecordRow[], asked: ReadonlySet<string>): string[] {
  return found
    .filter(({ kind, fields }) => mergedIntoOf(kind, fields) !== null)
    .flatMap(({ kind, fields }) => namedBy(kind, fields))
    .filter((id) => !asked.has(id))
}
