/**
 * The audit log: who did what, when, about which record; append-only, in chains. A place's acts stand in the chain of
 * its stream, written under the stream's lock; sign-ins and whatever else has no stream stand in the office's own.
 * No entry holds a value of anybody's record: names of fields, counts and purposes alone.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { AuditAct } from './audit-acts.ts'
import { hashOfEntry, type Unsealed } from './audit-hash.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

/** The chain of what has no stream. */
export const officeChain = '00000000-0000-0000-0000-000000000000'
/** Who did what nobody did: the purge, for which the time has come. */
export const calendarId = '00000000-0000-0000-0000-000000000000'
/** Under which an outside hotline acts, whichever it is: whoever asks by it has no account. */
export const hotlineId = '00000000-0000-0000-0000-000000012345'

/** Under which whoever asks by the page of a sticker acts: nobody's account. */
export const residentId = '00000000-0000-0000-0000-000000000020'

export interface AuditEntry {
  readonly act: AuditAct
  /** ISO 8601 UTC, by the server's clock. */
  readonly at: string
  /** Null where nobody is known: a login that there is not, the calendar. */
  readonly account: string | null
  readonly device?: string | null
  /** The record, account, device or place that it is about. */
  readonly record?: string | null
  /** Field names, counts, purposes; never a value. */
  readonly facts?: Readonly<Record<string, unknown>>
}

export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

const noHead: ChainHead = { seq: 0, hash: '' }

/** The last entry of each of some chains. Whoever appends holds the chain's lock. */
export async function headsOf(
  db: Kysely<Database>,
  chains: readonly string[],
): Promise<Map<string, ChainHead>> {
  const heads = new Map(chains.map((chain) => [chain, noHead]))
  if (chains.length > mostLooks) {
    const { rows } = await sql<ChainHead & { chain: string }>`
      select distinct on (chain) chain, seq, hash from audit
      where chain = ${listOf(chains)} order by chain, seq desc`.execute(db)
    for (const { chain, ...head } of rows) heads.set(chain, head)
    return heads
  }
  for (const chain of heads.keys()) {
    const last = await db
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .where('chain', '=', chain)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last) heads.set(chain, last)
  }
  return heads
}

/** One look a chain finds its end at once; of more chains than this, new ones as a rule, all entries are read. */
const mostLooks = 16

/**
 * Appends to chains whose locks are held, and whose heads were read under them. Returns the new heads. What is hashed
 * is what the database gives back: ids in lower case; an entry that came back as another one is not kept.
 */
export async function append(
  trx: Transaction<Database>,
  heads: ReadonlyMap<string, ChainHead>,
  entries: readonly { readonly chain: string; readonly entry: AuditEntry }[],
): Promise<Map<string, ChainHead>> {
  const after = new Map(heads)
  const rows = entries.map(({ chain, entry }) => {
    const { seq, hash: previous } = after.get(chain) ?? noHead
    const unsealed = {
      chain,
      seq: seq + 1,
      at: entry.at,
      act: entry.act,
      account: asStored(entry.account),
      device: asStored(entry.device),
      record: asStored(entry.record),
      facts: entry.facts ?? {},
      previous,
    }
    const hash = hashOfEntry(unsealed)
    after.set(chain, { seq: unsealed.seq, hash })
    return { ...unsealed, hash }
  })
  if (rows.length === 0) return after
  const { rows: stored } = await sql<Unsealed & { readonly hash: string }>`
    insert into audit (chain, seq, at, act, account, device, record, facts, previous, hash)
    select chain, seq, at, act, account, device, record, facts, previous, hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      chain uuid, seq bigint, at text, act text, account uuid, device uuid, record uuid,
      facts jsonb, previous text, hash text
    )
    returning chain, seq, at, act, account, device, record, facts, previous, hash`.execute(trx)
  if (stored.some(({ hash, ...entry }) => hashOfEntry(entry) !== hash)) {
    throw new Error('the database holds an entry of the log in another form than it was hashed')
  }
  return after
}

function asStored(id: string | null | undefined): string | null {
  return id?.toLowerCase() ?? null
}

/** Into one chain, under its lock, as part of a larger act: what is audited and its entry are there or neither is. */
export async function audit(
  trx: Transaction<Database>,
  chain: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return
  if (chain === officeChain) {
    await lockChain(trx)
  } else {
    await lockStreams(trx, [chain])
  }
  await append(
    trx,
    await headsOf(trx, [chain]),
    entries.map((entry) => ({ chain, entry })),
  )
}

/** Whoever appends to the office's chain does so alone. */
export async function lockChain(trx: Transaction<Database>): Promise<void> {
  await sql`select id from chain where id = ${officeChain}::uuid for update`.execute(trx)
}

/** An act that writes nothing else. */
export async function auditAlone(
  db: Kysely<Database>,
  chain: string,
  entry: AuditEntry,
): Promise<void> {
  await transact(db, (trx) => audit(trx, chain, [entry]))
}
