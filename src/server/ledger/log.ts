/** What a push leaves in the log: a row for each change, sealed, and an entry of the stream's audit chain over them. */
import { sql, type Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { append, headsOf, type AuditEntry, type ChainHead } from '../db/audit.ts'
import { commitmentOf, digestOfChanges, newSalt } from '../db/audit-hash.ts'
import { rangeOf } from '../db/audit-past.ts'
import type { Database } from '../db/schema.ts'
import type { RefusedLook } from './refused-look.ts'
import type { ChangeRow, Departure } from './draft.ts'

export interface LogContext {
  readonly account: { readonly id: string; readonly role: Role | null }
  /** By which it came; null of what the server does later in somebody's name. */
  readonly device: string | null
  readonly now: number
}

/** Kinds that are acts of looking or taking out: each has an entry of its own, found by the record that it is about. */
const looks: Partial<Record<Kind, (fields: Mutation['fields']) => Pick<AuditEntry, 'act'> & Look>> =
  {
    reveal: ({ subject, field, purpose, minor, approval }) => ({
      act: 'reveal',
      record: typeof subject === 'string' ? subject : null,
      facts: { field, purpose, ...given({ minor, approval }) },
    }),
    // All about one person is found by that person; a table is of many.
    export: ({ sheet, count, masked, purpose, subject, minors, approval, format, ...fields }) =>
      typeof subject === 'string'
        ? {
            act: 'file',
            record: subject,
            facts: { masked, purpose, ...given({ approval, ...goesTo(fields) }) },
          }
        : {
            act: 'export',
            record: null,
            facts: {
              ...{ sheet, count, masked, purpose },
              ...given({ minors, approval, format, ...goesTo(fields) }),
            },
          },
    import: ({ rows, added, changed, source, sourceEntry, sourceOn }) => ({
      act: 'import',
      record: null,
      facts: { count: rows, added, changed, ...given({ source, sourceEntry, sourceOn }) },
    }),
  }

/** To whom it went and on which ground; devices of before say neither. */
function goesTo({ recipient, recipientName, ground }: Mutation['fields']) {
  return { recipient, recipientName, ground }
}

/** What is said of them; an entry has no name for what is not. */
function given(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value ?? false))
}

interface Look {
  readonly record: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** What one author leaves in the log. */
export interface Log {
  readonly changes: readonly ChangeRow[]
  readonly departures: readonly Departure[]
  readonly refusedLooks: readonly RefusedLook[]
  readonly by: LogContext
}

/**
 * Of several authors one after the other, each with entries of their own. The streams are locked; `chains` is where
 * their audit chains end, where somebody read it under the locks. One statement for all changes and one for all
 * entries, whatever the size of the push and however many there are.
 */
export async function writeLogs(
  trx: Transaction<Database>,
  logs: readonly Log[],
  chains?: ReadonlyMap<string, ChainHead>,
): Promise<void> {
  const drawn = logs.map((log) => ({ log, rows: rowsOf(log) }))
  const streams = [...new Set(drawn.flatMap(({ log, rows }) => chainsOf(log, rows)))].sort()
  if (streams.length === 0) return
  const isKnown = chains !== undefined && streams.every((stream) => chains.has(stream))
  const heads = isKnown ? chains : await headsOf(trx, streams)
  const ends = new Map(streams.map((stream) => [stream, heads.get(stream)?.seq ?? 0]))
  const entries: ReturnType<typeof entriesOf> = []
  const numbered = drawn.flatMap(({ log, rows }) => {
    const own = entriesOf(log, rows)
    // What covers the changes of a stream comes before what else is said of it.
    const covering = rows.map((row) => ({ ...row, entry: (ends.get(row.stream) ?? 0) + 1 }))
    for (const { chain } of own) ends.set(chain, (ends.get(chain) ?? 0) + 1)
    entries.push(...own)
    return covering
  })
  if (numbered.length > 0) await insertChanges(trx, numbered)
  await append(trx, heads, entries)
}

async function insertChanges(
  trx: Transaction<Database>,
  rows: readonly (LogRow & { readonly entry: number })[],
): Promise<void> {
  await sql`
    insert into change (stream, id, version, kind, record, op, device, seq, batch, account, at,
      corrected_at, received_at, fields, salt, commitment, entry)
    select stream, id, version, kind, record, op, device, seq, batch, account, at,
      corrected_at, received_at, fields, salt, commitment, entry
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, id uuid, version bigint, kind text, record uuid, op text, device uuid,
      seq bigint, batch uuid, account uuid, at text, corrected_at text, received_at timestamptz,
      fields jsonb, salt text, commitment text, entry bigint
    )`.execute(trx)
}

type LogRow = ReturnType<typeof rowOf>

function rowsOf({ changes, departures, by }: Log): LogRow[] {
  return [
    ...changes.map((change) => rowOf(change, change.mutation.id, change.mutation.op, by)),
    ...departures.map((change) => rowOf(change, change.id, 'leave', by)),
  ]
}

function chainsOf({ refusedLooks }: Log, rows: readonly LogRow[]): string[] {
  return [...rows, ...refusedLooks].map(({ stream }) => stream)
}

/** Of one author: by stream what covers the changes there, then looks, then looks that were refused. */
function entriesOf({ changes, refusedLooks, by: context }: Log, rows: readonly LogRow[]) {
  const by = {
    at: new Date(context.now).toISOString(),
    account: context.account.id,
    device: context.device,
  }
  const { role } = context.account
  const covering = [...new Set(rows.map(({ stream }) => stream))].sort().map((chain) => {
    const own = rows.filter((row) => row.stream === chain)
    const facts = { role, count: own.length, digest: digestOfChanges(own), ...rangeOf(own) }
    return { chain, entry: { ...by, act: 'changes' as const, facts } }
  })
  const looked = changes.flatMap(({ mutation, stream, correctedAt }) => {
    const look = mutation.op === 'create' ? looks[mutation.kind]?.(mutation.fields) : undefined
    if (!look) return []
    const facts = { role, ...look.facts, moment: correctedAt }
    return [{ chain: stream, entry: { ...by, ...look, facts } }]
  })
  const refused = refusedLooks.map(({ mutation, stream, correctedAt, minor }) => {
    const { kind, fields } = mutation
    const { subject, field, purpose, minors } = fields
    const said = given({ field, purpose, minor, minors, ...goesTo(fields) })
    const facts = { role, kind, ...said, moment: correctedAt }
    const record = typeof subject === 'string' ? subject : null
    return { chain: stream, entry: { ...by, act: 'look-refused' as const, record, facts } }
  })
  return [...covering, ...looked, ...refused]
}

function rowOf(
  { mutation, stream, version, correctedAt, fields }: ChangeRow,
  id: string,
  op: Mutation['op'] | 'leave',
  { account, now }: LogContext,
) {
  const { kind, record, device, seq, batch, at } = mutation
  const salt = newSalt()
  return {
    ...{ stream, id, version, kind, record, op, device, seq, batch, account: account.id, at },
    corrected_at: correctedAt,
    received_at: new Date(now).toISOString(),
    fields,
    salt,
    commitment: commitmentOf(salt, fields),
  }
}
