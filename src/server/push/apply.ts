/** Applies a push: one transaction, streams locked in order, decided in memory, written in few statements. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Receipt } from '#protocol/mutation.ts'
import { colourTouched } from '../colours/touched.ts'
import { writeRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { lockStreams, raiseHeads, streamsOf } from '../db/streams.ts'
import { loadTouched } from './load-touched.ts'
import { planPush, seqOf, type Incoming } from './plan.ts'
import { streamsAhead } from './whereabouts.ts'
import { writeLog } from './log.ts'
import { copyHistory, loadAnswers, loadApplied, writeAnswers } from './write.ts'

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
  /** A scheme was saved: what it governs has to be coloured anew. */
  readonly hasScheme: boolean
  /** An import or a part of one came, or one shall be taken back. */
  readonly hasImport: boolean
}

/**
 * Where a record has gone on to another stream since a device saw it, that stream has to be locked as well, and in
 * order: the work then begins anew, with nothing written yet.
 */
export async function applyPush(
  db: Kysely<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<Pushed> {
  const ahead = new Set<string>()
  for (;;) {
    const pushed = await transact(db, (trx) => applyOnce(trx, incoming, context, ahead))
    if (!('ahead' in pushed)) return pushed
    for (const stream of pushed.ahead) ahead.add(stream)
  }
}

async function applyOnce(
  trx: Transaction<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
  ahead: ReadonlySet<string>,
): Promise<Pushed | { readonly ahead: readonly string[] }> {
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
  const { fresh, reused } = upToGap(sorted, last_seq)
  const scope = new Map((await streamsOf(trx, context.account.id)).map((row) => [row.id, row]))
  const mutations = fresh.flatMap((item) => ('mutation' in item ? [item.mutation] : []))
  const named = new Set([
    ...mutations.flatMap(({ stream, to }) => (to ? [stream, to] : [stream])),
    ...ahead,
  ])
  const touched = [...named].filter((stream) => scope.get(stream)?.own)
  const foreign = [...named].filter((stream) => !scope.get(stream)?.own)
  const locked = await lockStreams(trx, touched)
  const records = await loadTouched(trx, touched, foreign, mutations)
  const further = streamsAhead(records, scope).filter((stream) => !locked.has(stream))
  if (further.length > 0) return { ahead: further }
  const plan = planPush(fresh, {
    ...context,
    scope,
    records,
    applied: await loadApplied(
      trx,
      touched,
      mutations.map((mutation) => mutation.id),
    ),
    heads: new Map([...locked].map(([id, row]) => [id, row.head])),
  })
  await writeRecords(trx, [...plan.written.values()])
  await writeLog(trx, plan, context)
  await copyHistory(trx, plan.moved)
  await writeAnswers(trx, device, plan.receipts)
  const heads = await colourTouched(trx, records, plan.written, plan.heads, context)
  await raiseHeads(trx, heads)
  const lastSeq = last_seq + fresh.length
  await trx
    .updateTable('device')
    .set({ last_seq: lastSeq, skew_ms: context.skewMs, seen_at: new Date(context.now) })
    .where('id', '=', device)
    .execute()
  return {
    receipts: [...repeated, ...plan.receipts, ...reused],
    expected: lastSeq + 1,
    moved: [...plan.heads.keys()],
    hasScheme: plan.changes.some(({ mutation }) => mutation.kind === 'scheme'),
    hasImport: plan.changes.some(
      ({ mutation: { kind } }) => kind === 'import' || kind === 'import-part',
    ),
  }
}

/** What follows on the last seq without a hole; what stands behind a hole is not answered yet. */
function upToGap(
  sorted: readonly Incoming[],
  lastSeq: number,
): { readonly fresh: Incoming[]; readonly reused: Receipt[] } {
  const fresh: Incoming[] = []
  const reused: Receipt[] = []
  for (const item of sorted) {
    const last = lastSeq + fresh.length
    const taken = fresh.at(-1)
    if (seqOf(item) === last + 1) fresh.push(item)
    else if (seqOf(item) > last + 1) break
    else if (taken && seqOf(item) === last && idOf(item) !== idOf(taken)) {
      reused.push({ id: idOf(item), seq: last, ok: false, problem: 'sequence-reused' })
    }
  }
  return { fresh, reused }
}

function idOf(item: Incoming): string {
  return 'mutation' in item ? item.mutation.id : item.id
}

function firstAnswer(
  item: Incoming,
  known: { readonly mutation: string; readonly receipt: Receipt } | undefined,
): Receipt {
  const id = idOf(item)
  if (known?.mutation === id.toLowerCase()) return known.receipt
  return { id, seq: seqOf(item), ok: false, problem: 'sequence-reused' }
}
