/** Records that only the server writes, of places, accounts and codes on walls: made, or patched by what differs, with their history. */
import type { Transaction } from 'kysely'
import { isSame, type FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import type { ChangeRow } from '../ledger/draft.ts'
import { rowsByKey, write } from '../ledger/write.ts'
import type { Acting } from './perform.ts'

type Values = Readonly<Record<string, unknown>>

export interface Put {
  readonly stream: string
  readonly kind: 'place' | 'account' | 'code'
  readonly id: string
  /** Those that are named are set, the others stay; a new record takes them as they are. */
  readonly fields: Values
}

/** At most one record a stream and kind is put at once. Returns the streams that moved. */
export async function putRecords(
  trx: Transaction<Database>,
  puts: readonly Put[],
  acting: Acting,
): Promise<string[]> {
  const streams = [...new Set(puts.map(({ stream }) => stream))]
  const heads = new Map([...(await lockStreams(trx, streams))].map(([id, { head }]) => [id, head]))
  const found = await loadRecords(
    trx,
    streams,
    puts.map(({ id }) => id),
  )
  const keyOf = ({ stream, id }: Pick<Put, 'stream' | 'id'>) => `${stream} ${id}`
  const foundByKey = new Map(found.map((row) => [keyOf(row), row]))
  const records: RecordRow[] = []
  const changes: ChangeRow[] = []
  for (const put of puts) {
    const held = foundByKey.get(keyOf(put))
    const version = (heads.get(put.stream) ?? 0) + 1
    const written = held ? patched(held, put, version, acting) : made(put, version, acting)
    if (!written) continue
    heads.set(put.stream, version)
    records.push(written.record)
    changes.push(written.change)
  }
  const moved = [...new Set(records.map(({ stream }) => stream))]
  await write(
    trx,
    {
      ...{ before: rowsByKey(found), written: rowsByKey(records), changes },
      heads: new Map(moved.map((stream) => [stream, heads.get(stream) ?? 0])),
    },
    acting,
  )
  return moved
}

interface Written {
  readonly record: RecordRow
  readonly change: ChangeRow
}

function made({ stream, kind, id, fields }: Put, version: number, acting: Acting): Written {
  const mark = markOf(version, acting)
  const record: RecordRow = {
    stream,
    id,
    kind,
    version,
    fields,
    created: mark,
    marks: {},
    removed: false,
    at: mark.at,
    by: acting.account.id,
    movedTo: null,
    moves: 0,
  }
  return { record, change: changeOf(record, 'create', {}, acting) }
}

/** Null where nothing differs. */
function patched(held: RecordRow, put: Put, version: number, acting: Acting): Written | null {
  const different = Object.entries(put.fields).filter(
    ([name, value]) => !isSame(held.fields[name], value),
  )
  if (different.length === 0) return null
  const mark = markOf(version, acting)
  const record: RecordRow = {
    ...held,
    version,
    fields: { ...held.fields, ...put.fields },
    marks: { ...held.marks, ...Object.fromEntries(different.map(([name]) => [name, mark])) },
  }
  const fields = Object.fromEntries(
    different.map(([name, value]) => [name, [held.fields[name] ?? null, value ?? null] as const]),
  )
  return { record, change: changeOf(record, 'patch', fields, acting) }
}

function markOf(version: number, { id, account, device, now }: Acting): FieldMark {
  return { version, device, at: new Date(now).toISOString(), by: account.id, mutation: id }
}

function changeOf(
  { stream, kind, id, version, fields }: RecordRow,
  op: 'create' | 'patch',
  changed: ChangeRow['fields'],
  acting: Acting,
): ChangeRow {
  const at = new Date(acting.now).toISOString()
  const mutation = { ...asMutation(acting, at), stream, kind, record: id, op, fields }
  return { mutation, stream, version, correctedAt: at, fields: changed }
}

/** An act as the log writes it: of no device's counting, and its id joins all that it did. */
export function asMutation(
  { id, device, ids }: Acting,
  at: string,
): Pick<Mutation, 'id' | 'device' | 'seq' | 'at' | 'batch' | 'seen'> {
  return { id: ids(), device, seq: 0, at, batch: id, seen: 0 }
}
