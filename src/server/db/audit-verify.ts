/** Checks the whole audit log: every chain from its first entry, and every change against the entry that covers it. */
import { sql, type Kysely } from 'kysely'
import { officeChain, type AuditAct, type ChainHead } from './audit.ts'
import { commitmentOf, digestOfChanges, hashOfEntry, type SealedChange } from './audit-hash.ts'
import type { Database } from './schema.ts'

/** The first place where a chain does not hold, and how. */
export interface Fault {
  readonly chain: string
  readonly seq: number | null
  readonly change: string | null
  readonly why: string
}

export interface Verified {
  readonly heads: ReadonlyMap<string, ChainHead>
  readonly entries: number
  readonly changes: number
  /** Changes whose values were emptied when their time was over. */
  readonly emptied: number
  readonly fault: Fault | null
}

/** Heads that were read earlier and kept elsewhere: the log may have grown since, and must still hold these. */
export type Anchor = ReadonlyMap<string, ChainHead>

interface EntryRow {
  readonly seq: number
  readonly at: string
  readonly act: AuditAct
  readonly account: string | null
  readonly device: string | null
  readonly record: string | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly previous: string
  readonly hash: string
}

type StoredChange = Omit<SealedChange, 'received_at'> & {
  readonly received_at: Date
  readonly fields: unknown
  readonly salt: string | null
}

const entriesAtOnce = 500

/** Stops at the first fault of a chain and goes no further: what stands behind it proves nothing. */
export async function verifyAudit(db: Kysely<Database>, anchor?: Anchor): Promise<Verified> {
  const heads = new Map<string, ChainHead>()
  const counts = { entries: 0, changes: 0, emptied: 0 }
  const ended = (fault: Fault | null): Verified => ({ heads, ...counts, fault })
  for (const chain of await chainsOf(db, anchor)) {
    const fault = await verifyChain(db, chain, anchor?.get(chain), counts, (head) =>
      heads.set(chain, head),
    )
    if (fault) return ended(fault)
  }
  return ended(await uncovered(db))
}

async function chainsOf(db: Kysely<Database>, anchor: Anchor | undefined): Promise<string[]> {
  const { rows } = await sql<{ chain: string }>`
    select distinct chain from audit union select id from stream`.execute(db)
  const found = rows.map(({ chain }) => chain)
  return [...new Set([officeChain, ...found, ...(anchor?.keys() ?? [])])].sort()
}

interface Counts {
  entries: number
  changes: number
  emptied: number
}

async function verifyChain(
  db: Kysely<Database>,
  chain: string,
  kept: ChainHead | undefined,
  counts: Counts,
  onHead: (head: ChainHead) => void,
): Promise<Fault | null> {
  let head: ChainHead = { seq: 0, hash: '' }
  const fault = (why: string, seq: number | null = head.seq + 1, change: string | null = null) => ({
    ...{ chain, seq, change, why },
  })
  /** Emptied changes, until an entry says that their time was over. */
  const emptied = new Map<string, { readonly seq: number; readonly change: string }>()
  for (;;) {
    const entries = await readEntries(db, chain, head.seq)
    for (const entry of entries) {
      if (entry.seq !== head.seq + 1) return fault('an entry is missing')
      if (entry.previous !== head.hash) return fault('the entry does not follow the one before it')
      if (hashOfEntry({ chain, ...entry }) !== entry.hash) return fault('the entry was changed')
      if (entry.act === 'changes' || entry.act === 'began') {
        const found = await verifyCovered(db, chain, entry)
        if (typeof found === 'string') return fault(found)
        if (found.broken) {
          return fault('the values of a change were changed', entry.seq, found.broken)
        }
        counts.changes += found.changes.length
        for (const { id, record, salt } of found.changes) {
          if (salt === null) emptied.set(id, { seq: entry.seq, change: record })
          if (salt === null) counts.emptied += 1
        }
      }
      if (entry.act === 'purge') {
        for (const [id, { change }] of emptied) if (change === entry.record) emptied.delete(id)
      }
      counts.entries += 1
      head = { seq: entry.seq, hash: entry.hash }
      if (kept?.seq === head.seq && kept.hash !== head.hash) {
        return fault('the entry is another one than was noted before', entry.seq)
      }
    }
    if (entries.length < entriesAtOnce) break
  }
  const [lost] = emptied
  if (lost) return fault('values were emptied and no entry says why', lost[1].seq, lost[0])
  if (kept && kept.seq > head.seq) return fault('entries that were noted before are missing')
  if (head.seq > 0) onHead(head)
  return null
}

async function readEntries(
  db: Kysely<Database>,
  chain: string,
  after: number,
): Promise<EntryRow[]> {
  return db
    .selectFrom('audit')
    .select(['seq', 'at', 'act', 'account', 'device', 'record', 'facts', 'previous', 'hash'])
    .where('chain', '=', chain)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(entriesAtOnce)
    .execute()
}

/** What an entry covers, or in words why it does not hold; `broken`: the change whose values do not. */
async function verifyCovered(
  db: Kysely<Database>,
  chain: string,
  { seq, facts }: EntryRow,
): Promise<{ readonly changes: readonly StoredChange[]; readonly broken: string | null } | string> {
  const { from, to, count, digest } = facts
  // By version, which has an index; a copy that came with a moved record has no entry.
  const { rows } = await sql<StoredChange>`
    select id, version, kind, record, op, device, seq, batch, account, at, corrected_at,
      received_at, commitment, fields, salt
    from change
    where stream = ${chain} and version between ${from}::bigint and ${to}::bigint
      and entry = ${seq}`.execute(db)
  if (rows.length !== count)
    return `${String(count)} changes were logged and ${rows.length} are there`
  const sealed = rows.map((row) => ({ ...row, received_at: row.received_at.toISOString() }))
  if (digestOfChanges(sealed) !== digest) return 'a change was changed'
  const broken = rows.find(({ salt, fields, commitment }) => !holds(salt, fields, commitment))
  return { changes: rows, broken: broken?.id ?? null }
}

function holds(salt: string | null, fields: unknown, commitment: string): boolean {
  if (salt !== null) return commitmentOf(salt, fields) === commitment
  return Object.keys(fields ?? {}).length === 0
}

/** Changes that no entry covers: but for copies of covered ones, in the stream to which their record went. */
async function uncovered(db: Kysely<Database>): Promise<Fault | null> {
  const { rows } = await sql<{ stream: string; id: string }>`
    (
      select change.stream, change.id from change
      left join audit on audit.chain = change.stream and audit.seq = change.entry
        and change.version between (audit.facts->>'from')::bigint and (audit.facts->>'to')::bigint
      where change.entry is not null and audit.chain is null
      limit 1
    ) union all (
      select copy.stream, copy.id from change as copy
      left join change as first on first.id = copy.id and first.entry is not null
        and first.commitment = copy.commitment and first.record = copy.record
        and first.account = copy.account and first.corrected_at = copy.corrected_at
      where copy.entry is null and first.id is null
      limit 1
    )`.execute(db)
  const [row] = rows
  if (row) {
    const why = 'a change is in no entry of the log'
    return { chain: row.stream, seq: null, change: row.id, why }
  }
  return brokenCopy(db)
}

/** A copy's values are held against the commitment as well. */
async function brokenCopy(db: Kysely<Database>): Promise<Fault | null> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<StoredChange & { stream: string }>`
      select stream, id, fields, salt, commitment from change
      where entry is null and id > ${after}::uuid order by id limit ${entriesAtOnce}`.execute(db)
    const broken = rows.find(({ salt, fields, commitment }) => !holds(salt, fields, commitment))
    if (broken) {
      const why = 'the values of a change were changed'
      return { chain: broken.stream, seq: null, change: broken.id, why }
    }
    const last = rows.at(-1)
    if (!last || rows.length < entriesAtOnce) return null
    after = last.id
  }
}
