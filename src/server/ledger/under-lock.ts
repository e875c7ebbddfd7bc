/**
 * What a push looks at in the streams that it holds the locks of: the records that it names, which of its mutations
 * were applied before, which ids are spent, and where the audit chains end. One question, whatever the size of the
 * push; each part of it names the streams, so that on several machines it goes to the one that has them.
 */
import { sql, type Transaction } from 'kysely'
import type { FieldMark } from '#protocol/merge.ts'
import type { Kind } from '#domain/record.ts'
import type { ChainHead } from '../db/audit.ts'
import { isId } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'

export interface UnderLock {
  readonly records: readonly RecordRow[]
  /** By stream and id of the mutation, the version that it led to. */
  readonly applied: ReadonlyMap<string, number>
  /** Of the ids asked for those whose record is gone for good, with its tombstone. */
  readonly spent: ReadonlySet<string>
  readonly chains: ReadonlyMap<string, ChainHead>
}

interface Row {
  readonly what: 'record' | 'applied' | 'spent' | 'chain'
  readonly stream: string
  readonly id: string | null
  readonly n: number | null
  readonly word: string | null
  readonly row: StoredRecord | null
}

/** A record as the database writes it in JSON. */
interface StoredRecord {
  readonly kind: Kind
  readonly fields: RecordRow['fields']
  readonly created: FieldMark
  readonly marks: RecordRow['marks']
  readonly removed: boolean
  readonly at: string | null
  readonly by: string | null
  readonly moved_to: string | null
  readonly moves: number
}

const nothing: UnderLock = {
  records: [],
  applied: new Map(),
  spent: new Set(),
  chains: new Map(),
}

export async function readUnderLock(
  trx: Transaction<Database>,
  streams: readonly string[],
  wanted: {
    readonly records: readonly string[]
    readonly mutations: readonly string[]
    readonly ids: readonly string[]
  },
): Promise<UnderLock> {
  if (streams.length === 0) return nothing
  const list = (ids: readonly string[]) => sql`any(${sql.val([...new Set(ids)])}::uuid[])`
  const inStreams = sql`stream = ${list(streams)}`
  const chains = streams.map(
    (stream) => sql`union all (
      select 'chain', chain, null, seq, hash, null from audit where chain = ${stream}::uuid
      order by seq desc limit 1
    )`,
  )
  const { rows } = await sql<Row>`
    select 'record' as what, stream, id, version as n, null as word, to_jsonb(record) as row
    from record where ${inStreams} and id = ${list(wanted.records.filter(isId))}
    union all
    select 'applied', stream, id, version, null, null from change
    where ${inStreams} and id = ${list(wanted.mutations)}
    union all
    select 'spent', stream, id, null, null, null from spent_id
    where ${inStreams} and id = ${list(wanted.ids)}
    ${sql.join(chains, sql` `)}`.execute(trx)
  const of = (what: Row['what']) => rows.filter((row) => row.what === what)
  return {
    records: of('record').flatMap(({ stream, id, n, row }) =>
      id && row ? [recordOf(stream, id, n ?? 0, row)] : [],
    ),
    applied: new Map(of('applied').map(({ stream, id, n }) => [keyOf(stream, id ?? ''), n ?? 0])),
    spent: new Set(of('spent').map(({ id }) => id ?? '')),
    chains: new Map([
      ...streams.map((stream) => [stream, { seq: 0, hash: '' }] as const),
      ...of('chain').map(
        ({ stream, n, word }) => [stream, { seq: n ?? 0, hash: word ?? '' }] as const,
      ),
    ]),
  }
}

function recordOf(stream: string, id: string, version: number, row: StoredRecord): RecordRow {
  const { kind, fields, created, marks, removed, at, by, moved_to: movedTo, moves } = row
  return { stream, id, kind, version, fields, created, marks, removed, at, by, movedTo, moves }
}
