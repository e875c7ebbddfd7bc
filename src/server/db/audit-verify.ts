/** Checks the whole audit log: every chain from its first entry, and every change against the entry that covers it. */
import { sql, type Kysely } from 'kysely'
import { officeChain, type ChainHead } from './audit.ts'
import type { AuditAct } from './audit-acts.ts'
import {
  commitmentOf,
  digestOfChanges,
  hashOfEntry,
  type SealedChange,
  type Unsealed,
} from './audit-hash.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import { brokenFunds } from './verify-funds.ts'

/** A place where a chain does not hold, and how. */
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
  /** Entries of before version 0.2.0 that were hashed over a record's id in capitals (docs/decisions/0036). */
  readonly respelled: number
  /** All of them, in the order of the chains. */
  readonly faults: readonly Fault[]
  /** The first of them; null where the log holds. */
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

/**
 * Goes on after a fault, with the entry as it stands: one that somebody brought about does not hide another. What
 * stands behind a fault in its chain is proven only by what is told of it.
 */
export async function verifyAudit(db: Kysely<Database>, anchor?: Anchor): Promise<Verified> {
  const heads = new Map<string, ChainHead>()
  const counts = { entries: 0, changes: 0, emptied: 0, respelled: 0 }
  const faults: Fault[] = []
  for (const chain of await chainsOf(db, anchor)) {
    const head = await verifyChain(db, chain, anchor?.get(chain), counts, (fault) =>
      faults.push(fault),
    )
    if (head.seq > 0) heads.set(chain, head)
  }
  faults.push(...(await uncovered(db)), ...(await brokenCopies(db)))
  for (const { stream, fund, no } of await brokenFunds(db)) {
    const why = 'the account of a fund was changed'
    faults.push({ chain: stream, seq: no, change: fund, why })
  }
  return { heads, ...counts, faults, fault: faults[0] ?? null }
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
  respelled: number
}

/** Tells of each fault and returns the chain's last entry. */
async function verifyChain(
  db: Kysely<Database>,
  chain: string,
  kept: ChainHead | undefined,
  counts: Counts,
  onFault: (fault: Fault) => void,
): Promise<ChainHead> {
  let head: ChainHead = { seq: 0, hash: '' }
  const fault = (why: string, seq: number | null = head.seq + 1, change: string | null = null) =>
    onFault({ chain, seq, change, why })
  /** Emptied changes, until an entry says that their time was over. */
  const emptied = new Map<string, { readonly seq: number; readonly change: string }>()
  for (;;) {
    const entries = await readEntries(db, chain, head.seq)
    for (const entry of entries) {
      if (entry.seq !== head.seq + 1) fault('an entry is missing')
      else if (entry.previous !== head.hash) fault('the entry does not follow the one before it')
      const spelling = spellingOf({ chain, ...entry }, entry.hash)
      if (spelling === 'changed') fault('the entry was changed', entry.seq)
      if (spelling === 'respelled') counts.respelled += 1
      if (entry.act === 'changes' || entry.act === 'began') {
        const found = await verifyCovered(db, chain, entry)
        if (typeof found === 'string') fault(found, entry.seq)
        else {
          for (const broken of found.broken) {
            fault('the values of a change were changed', entry.seq, broken)
          }
          counts.changes += found.changes.length
          for (const { id, record, salt } of found.changes) {
            if (salt === null) emptied.set(id, { seq: entry.seq, change: record })
            if (salt === null) counts.emptied += 1
          }
        }
      }
      if (entry.act === 'purge') {
        for (const [id, { change }] of emptied) if (change === entry.record) emptied.delete(id)
      }
      counts.entries += 1
      head = { seq: entry.seq, hash: entry.hash }
      if (kept?.seq === head.seq && kept.hash !== head.hash) {
        fault('the entry is another one than was noted before', entry.seq)
      }
    }
    if (entries.length < entriesAtOnce) break
  }
  for (const [id, { seq }] of emptied) fault('values were emptied and no entry says why', seq, id)
  if (kept && kept.seq > head.seq) fault('entries that were noted before are missing')
  return head
}

/** So many letters of an id are tried in both cases: 65,536 spellings. A random id has eleven of them, and hardly ever more. */
const mostLetters = 16

/**
 * Until version 0.1 an entry was hashed over its record's id as somebody had written it, and kept in lower case. The
 * same id in another spelling still proves the entry: nothing but the spelling can differ, or the hash would.
 */
function spellingOf(entry: Unsealed, hash: string): 'as-stored' | 'respelled' | 'changed' {
  if (hashOfEntry(entry) === hash) return 'as-stored'
  const { record } = entry
  if (record === null) return 'changed'
  for (const spelling of spellingsOf(record)) {
    if (hashOfEntry({ ...entry, record: spelling }) === hash) return 'respelled'
  }
  return 'changed'
}

/** All in capitals first: that is how most programs write an id that they do not write in lower case. */
function* spellingsOf(id: string): Generator<string> {
  yield id.toUpperCase()
  const letters = [...id].flatMap((letter, at) => (/[a-f]/.test(letter) ? [at] : []))
  if (letters.length > mostLetters) return
  for (let mask = 1; mask < 2 ** letters.length; mask += 1) {
    const spelled = [...id]
    letters.forEach((at, bit) => {
      if (mask & (1 << bit)) spelled[at] = (spelled[at] ?? '').toUpperCase()
    })
    yield spelled.join('')
  }
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

/** What an entry covers, or in words why it does not hold; `broken`: the changes whose values do not. */
async function verifyCovered(
  db: Kysely<Database>,
  chain: string,
  { seq, facts }: EntryRow,
): Promise<
  { readonly changes: readonly StoredChange[]; readonly broken: readonly string[] } | string
> {
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
  const broken = rows.filter(({ salt, fields, commitment }) => !holds(salt, fields, commitment))
  return { changes: rows, broken: broken.map(({ id }) => id) }
}

function holds(salt: string | null, fields: unknown, commitment: string): boolean {
  if (salt !== null) return commitmentOf(salt, fields) === commitment
  return Object.keys(fields ?? {}).length === 0
}

/** Changes that no entry covers: but for copies of covered ones, in the stream to which their record went. */
async function uncovered(db: Kysely<Database>): Promise<Fault[]> {
  const why = 'a change is in no entry of the log'
  const { rows } = await sql<{ stream: string; id: string }>`
    select change.stream, change.id from change
    left join audit on audit.chain = change.stream and audit.seq = change.entry
      and change.version between (audit.facts->>'from')::bigint and (audit.facts->>'to')::bigint
    where change.entry is not null and audit.chain is null`.execute(db)
  const lost = [...rows]
  // The original stands in another stream, which may be at another machine: page by page, by id.
  for await (const copies of eachCopies(db)) {
    const { rows: firsts } = await sql<Sealed>`
      select id, record, account, corrected_at, commitment from change
      where id = ${listOf(copies.map(({ id }) => id))} and entry is not null`.execute(db)
    const sealOf = ({ id, record, account, corrected_at, commitment }: Sealed) =>
      [id, record, account, corrected_at, commitment].join('/')
    const covered = new Set(firsts.map(sealOf))
    lost.push(...copies.filter((copy) => !covered.has(sealOf(copy))))
  }
  return lost.map(({ stream, id }) => ({ chain: stream, seq: null, change: id, why }))
}

type Sealed = Pick<StoredChange, 'id' | 'record' | 'account' | 'corrected_at' | 'commitment'>

/** Changes that came along with a record that moved, some at a time. */
async function* eachCopies(
  db: Kysely<Database>,
): AsyncGenerator<(Sealed & Pick<StoredChange, 'fields' | 'salt'> & { stream: string })[]> {
  const nobody = '00000000-0000-0000-0000-000000000000'
  let after = { id: nobody, stream: nobody }
  for (;;) {
    const { rows } = await sql<Sealed & Pick<StoredChange, 'fields' | 'salt'> & { stream: string }>`
      select stream, id, record, account, corrected_at, fields, salt, commitment from change
      where entry is null and (id, stream) > (${after.id}::uuid, ${after.stream}::uuid)
      order by id, stream limit ${entriesAtOnce}`.execute(db)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < entriesAtOnce) return
    after = last
  }
}

/** A copy's values are held against the commitment as well. */
async function brokenCopies(db: Kysely<Database>): Promise<Fault[]> {
  const why = 'the values of a change were changed'
  const faults: Fault[] = []
  for await (const copies of eachCopies(db)) {
    for (const { stream, id, salt, fields, commitment } of copies) {
      if (!holds(salt, fields, commitment))
        faults.push({ chain: stream, seq: null, change: id, why })
    }
  }
  return faults
}
