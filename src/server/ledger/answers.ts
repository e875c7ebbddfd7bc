/**
 * First answers: what a device was told of each number, so that a repeated push is told the same. What was applied in
 * the stream that it names has its answer in that stream's log, for ever; all else has a row of its own.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Receipt } from '#protocol/mutation.ts'
import { amongIds, listOf } from '../db/place-tree.ts'
import type { Database } from '../db/schema.ts'
import { keyOf, type ChangeRow } from './draft.ts'
import { firstAnswer, type FirstAnswer } from './up-to-gap.ts'
import { seqOf, type Incoming } from './plan.ts'

/** What a device was told, and when, in milliseconds. */
export interface Answered {
  readonly device: string
  readonly receipts: readonly Receipt[]
  /** The lines of the log that its mutations left. */
  readonly changes: readonly Pick<ChangeRow, 'mutation' | 'stream' | 'version'>[]
  readonly now: number
}

/** Of a push those receipts that no line of the log tells again. */
function untold({ receipts, changes }: Answered): readonly Receipt[] {
  const told = new Map(
    changes
      .filter(({ mutation, stream }) => mutation.stream === stream)
      .map(({ mutation, version }) => [`${mutation.seq} ${mutation.id}`, version]),
  )
  return receipts.filter(
    (receipt) => !receipt.ok || told.get(`${receipt.seq} ${receipt.id}`) !== receipt.version,
  )
}

/** Of some devices in one statement; none where the log tells all of it. */
export async function writeAnswers(
  trx: Transaction<Database>,
  answered: readonly Answered[],
): Promise<void> {
  const rows = answered.flatMap((one) =>
    untold(one).map((receipt) => ({
      ...{ device: one.device, seq: receipt.seq, mutation: receipt.id, receipt },
      given_at: new Date(one.now).toISOString(),
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into answer (device, seq, mutation, receipt, given_at)
    select device, seq, mutation, receipt, given_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      device uuid, seq bigint, mutation uuid, receipt jsonb, given_at timestamptz
    )`.execute(trx)
}

/** A device keeps delivered work for 30 days and is set anew after 180: older answers nobody asks for. */
export const answerDays = 180
const mostAtOnce = 10_000

/** Drops first answers whose time is over, in pieces that hold up no push. Returns how many went. */
export async function purgeAnswers(db: Kysely<Database>, now: number): Promise<number> {
  const before = new Date(now - answerDays * 86_400_000).toISOString()
  let purged = 0
  for (;;) {
    // Some at a time, device by device: each has its answers at one place.
    const { rows } = await sql<{ device: string; seq: number }>`
      select device, seq from answer where given_at < ${before}::timestamptz
      limit ${mostAtOnce}`.execute(db)
    for (const device of new Set(rows.map((row) => row.device))) {
      const seqs = rows.filter((row) => row.device === device).map(({ seq }) => seq)
      await sql`
        delete from answer
        where device = ${device} and seq = any(${sql.val(seqs)}::bigint[])`.execute(db)
    }
    purged += rows.length
    if (rows.length < mostAtOnce) return purged
  }
}

/** What some device sends again: numbers that it was answered before. */
export interface Repeated {
  readonly device: string
  readonly items: readonly Incoming[]
}

/**
 * What each of some devices is told of what it sends again, in the order of what it sends: what it was told first. Rows
 * come before the log, where a record's lines may have followed it from elsewhere.
 */
export async function answersAgain(
  trx: Transaction<Database>,
  repeated: readonly Repeated[],
): Promise<readonly (readonly Receipt[])[]> {
  const asked = repeated.filter(({ items }) => items.length > 0)
  if (asked.length === 0) return repeated.map(() => [])
  const rows = await loadAnswers(trx, asked)
  const rowOf = (device: string, item: Incoming) => rows.get(`${device} ${seqOf(item)}`)
  const inLog = await appliedOf(
    trx,
    asked.map(({ device, items }) => ({
      device,
      items: items.filter((item) => !rowOf(device, item)),
    })),
  )
  return repeated.map(({ device, items }) =>
    items.map((item) => {
      const row = rowOf(device, item)
      return (row ? undefined : inLog.get(item)) ?? firstAnswer(item, row)
    }),
  )
}

/** By device and seq. */
async function loadAnswers(
  trx: Transaction<Database>,
  asked: readonly Repeated[],
): Promise<ReadonlyMap<string, FirstAnswer>> {
  const devices = asked.map(({ device }) => device)
  const seqs = [...new Set(asked.flatMap(({ items }) => items.map(seqOf)))]
  const { rows } = await sql<FirstAnswer & { readonly device: string; readonly seq: number }>`
    select device, seq, mutation, receipt from answer
    where device ${amongIds(devices)} and seq = any(${sql.val(seqs)}::bigint[])`.execute(trx)
  return new Map(rows.map((row) => [`${row.device} ${row.seq}`, row]))
}

/** That a device's mutation was applied is known for ever, by its line in the log of the stream that it names. */
async function appliedOf(
  trx: Transaction<Database>,
  repeated: readonly Repeated[],
): Promise<ReadonlyMap<Incoming, Receipt>> {
  const asked = repeated.flatMap(({ device, items }) =>
    items.flatMap((item) => ('mutation' in item ? [{ ...item.mutation, item, device }] : [])),
  )
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{ stream: string; id: string; device: string; version: number }>`
    select stream, id, device, version from change
    where stream ${amongIds(asked.map(({ stream }) => stream))}
      and id = ${listOf(asked.map(({ id }) => id))}`.execute(trx)
  const lines = new Map(rows.map((row) => [keyOf(row.stream, row.id), row]))
  return new Map(
    asked.flatMap(({ item, device, id, seq, stream }) => {
      const line = lines.get(keyOf(stream, id))
      if (line?.device !== device) return []
      return [[item, { id, seq, ok: true as const, version: line.version }]]
    }),
  )
}
