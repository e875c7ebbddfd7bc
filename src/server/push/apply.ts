/** Applies a push: one transaction, streams locked in order, decided in memory, written in few statements. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import { colourTouched } from '../colours/touched.ts'
import { loadRecords, writeRecords, parentOf } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams, raiseHeads, streamsOf } from '../db/streams.ts'
import { keyOf, planPush, type Incoming } from './plan.ts'
import { loadAnswers, writeAnswers, writeChanges } from './write.ts'

export interface PushContext {
  readonly account: { readonly id: string; readonly role: Role }
  readonly device: string
  readonly skewMs: number
  readonly now: number
  readonly ids: () => string
}

export interface Pushed {
  readonly receipts: readonly Receipt[]
  readonly expected: number
  /** Streams that moved. */
  readonly moved: readonly string[]
}

/** Serialization failure and deadlock: the engine asks to try the same again. */
const retryable = new Set(['40001', '40P01'])
const mostTries = 5

export async function applyPush(
  db: Kysely<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<Pushed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((trx) => applyOnce(trx, incoming, context))
    } catch (error) {
      if (attempt >= mostTries || !retryable.has(codeOf(error))) throw error
    }
  }
}

async function applyOnce(
  trx: Transaction<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<Pushed> {
  const { device } = context
  // The device's row orders its own pushes: two tabs or a repeated request never run side by side.
  const { last_seq } = await trx
    .selectFrom('device')
    .select('last_seq')
    .where('id', '=', device)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const sorted = [...incoming].sort((a, b) => seqOf(a) - seqOf(b))
  const known = await loadAnswers(
    trx,
    device,
    sorted.map(seqOf).filter((seq) => seq <= last_seq),
  )
  const repeated = sorted
    .filter((item) => seqOf(item) <= last_seq)
    .map((item) => firstAnswer(item, known.get(seqOf(item))))
  const fresh = upToGap(sorted, last_seq)
  const scope = new Map((await streamsOf(trx, context.account.id)).map((row) => [row.id, row]))
  const mutations = fresh.flatMap((item) => ('mutation' in item ? [item.mutation] : []))
  const touched = [...new Set(mutations.map((mutation) => mutation.stream))].filter(
    (stream) => scope.get(stream)?.own,
  )
  const locked = await lockStreams(trx, touched)
  const records = await loadRecords(trx, touched, mutations.flatMap(idsOf))
  const plan = planPush(fresh, {
    ...context,
    scope,
    records: new Map(records.map((record) => [keyOf(record.stream, record.id), record])),
    heads: new Map([...locked].map(([id, row]) => [id, row.head])),
  })
  await writeRecords(trx, [...plan.written.values()])
  await writeChanges(trx, plan.changes, context.account.id, new Date(context.now))
  await writeAnswers(trx, device, plan.receipts)
  const heads = await colourTouched(trx, plan.written, plan.heads, context)
  await raiseHeads(trx, heads)
  const lastSeq = last_seq + fresh.length
  await trx
    .updateTable('device')
    .set({ last_seq: lastSeq, skew_ms: context.skewMs, seen_at: new Date(context.now) })
    .where('id', '=', device)
    .execute()
  return {
    receipts: [...repeated, ...plan.receipts],
    expected: lastSeq + 1,
    moved: [...plan.heads.keys()],
  }
}

/** Everything that must be looked at: the record itself, what it belongs to, and what it will belong to. */
function idsOf(mutation: Mutation): string[] {
  const parent = parentOf(mutation.kind, mutation.fields)
  return parent ? [mutation.record, parent] : [mutation.record]
}

function seqOf(item: Incoming): number {
  return 'mutation' in item ? item.mutation.seq : item.seq
}

/** What follows on the last seq without a hole; the same seq twice in one push counts once. */
function upToGap(sorted: readonly Incoming[], lastSeq: number): Incoming[] {
  const fresh: Incoming[] = []
  for (const item of sorted) {
    const expected = lastSeq + fresh.length + 1
    if (seqOf(item) === expected) fresh.push(item)
    else if (seqOf(item) > expected) break
  }
  return fresh
}

function firstAnswer(
  item: Incoming,
  known: { readonly mutation: string; readonly receipt: Receipt } | undefined,
): Receipt {
  const id = 'mutation' in item ? item.mutation.id : item.id
  if (known?.mutation === id) return known.receipt
  return { id, seq: seqOf(item), ok: false, problem: 'sequence-reused' }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
