/** Applies a push: one transaction, streams locked in order, decided in memory, written in few statements. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Receipt } from '#protocol/mutation.ts'
import { isReached } from '../access.ts'
import type { Database } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { lockStreams } from '../db/streams.ts'
import { carryOut } from './carry-out.ts'
import { loadTouched } from './load-touched.ts'
import { loadPolicies } from './policy.ts'
import { planPush, seqOf, type Incoming } from './plan.ts'
import { loadScope } from './scope.ts'
import { closuresOf, targetsOf } from './whereabouts.ts'
import { loadAnswers, loadApplied, writeAnswers } from './write.ts'

export interface PushContext {
  readonly account: { readonly id: string; readonly role: Role; readonly isClosed?: boolean }
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
  const { last_seq, pulled_at } = await trx
    .selectFrom('device')
    .select(['last_seq', 'pulled_at'])
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
  const account = { id: context.account.id, isClosed: context.account.isClosed === true }
  let scope = await loadScope(trx, account, pulled_at, context.now)
  const mutations = fresh.flatMap((item) => ('mutation' in item ? [item.mutation] : []))
  const named = new Set([
    ...mutations.flatMap(({ stream, to }) => (to ? [stream, to] : [stream])),
    ...ahead,
  ])
  const isWritable = (stream: string) => isReached(scope, stream)
  const touched = [...named].filter(isWritable)
  const foreign = [...named].filter((stream) => !isWritable(stream))
  const locked = await lockStreams(trx, touched)
  const closures = closuresOf(locked)
  const records = await loadTouched(trx, touched, foreign, mutations)
  const further = targetsOf(records, closures).filter((stream) => !locked.has(stream))
  if (further.length > 0) {
    // Somebody took grids apart while this push waited for their lock: what it may do has changed with them.
    if (!further.every(isWritable)) scope = await loadScope(trx, account, pulled_at, context.now)
    const own = further.filter(isWritable)
    if (own.length > 0) return { ahead: own }
  }
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
    ...closures,
    policies: await loadPolicies(trx, [...locked.keys()]),
  })
  await carryOut(trx, plan, records, context)
  await writeAnswers(trx, device, plan.receipts)
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
