/** Changes from before there was a chain: each gets its commitment, and each stream a first entry over all of them. */
import { sql, type Kysely } from 'kysely'
import {
  commitmentOf,
  digestOfChanges,
  hashOfEntry,
  newSalt,
  type SealedChange,
} from './audit-hash.ts'

type Row = Omit<SealedChange, 'received_at' | 'commitment'> & {
  readonly received_at: Date
  readonly fields: unknown
}

export async function sealPast(db: Kysely<unknown>): Promise<void> {
  const { rows: streams } = await sql<{ stream: string }>`
    select distinct stream from change order by stream`.execute(db)
  const at = new Date(await nowOf(db)).toISOString()
  for (const { stream } of streams) {
    const { rows } = await sql<Row>`
      select id, version, kind, record, op, device, seq, batch, account, at, corrected_at,
        received_at, fields
      from change where stream = ${stream} order by version, id`.execute(db)
    const sealed = rows.map(({ fields, received_at, ...row }) => {
      const salt = newSalt()
      const commitment = commitmentOf(salt, fields)
      return { ...row, received_at: received_at.toISOString(), salt, commitment }
    })
    await sql`
      update change set entry = 1, salt = row.salt, commitment = row.commitment
      from jsonb_to_recordset(${JSON.stringify(
        sealed.map(({ id, salt, commitment }) => ({ id, salt, commitment })),
      )}::jsonb) as row (id uuid, salt text, commitment text)
      where change.stream = ${stream} and change.id = row.id`.execute(db)
    const facts = { count: sealed.length, digest: digestOfChanges(sealed), ...rangeOf(sealed) }
    const entry = {
      ...{ chain: stream, seq: 1, at, act: 'began', account: null, device: null, record: null },
      ...{ facts, previous: '' },
    }
    await sql`
      insert into audit (chain, seq, at, act, facts, previous, hash)
      values (${stream}, 1, ${at}, 'began', ${JSON.stringify(facts)}::jsonb, '',
        ${hashOfEntry(entry)})`.execute(db)
  }
}

/** First and last version: where the covered changes lie. */
export function rangeOf(changes: readonly { readonly version: number }[]) {
  const versions = changes.map(({ version }) => version)
  const low = versions.reduce((a, b) => Math.min(a, b), Infinity)
  const high = versions.reduce((a, b) => Math.max(a, b), 0)
  return { from: low, to: high }
}

async function nowOf(db: Kysely<unknown>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db)
  return rows[0]?.now ?? new Date(0)
}
