/** Applies a push: one transaction, streams locked in order, decided in memory, written in few statements. */
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Import } from '#domain/import.ts'
import { hostOf } from '#domain/record.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import { isReached } from '../access.ts'
import { schemeIn, type SchemeInForce } from '../colours/scheme-in.ts'
import { spansOfImports } from '../db/imports.ts'
import type { RecordRow } from '../db/record-row.ts'
import { requestRulesOf } from '../db/request-rules.ts'
import type { RuleKind } from '../db/rule-kinds.ts'
import { rulesAbove, type RulesAbove } from '../db/rules-above.ts'
import { amongIds } from '../db/place-tree.ts'
import type { Database, DeviceTable } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { lockStreams } from '../db/streams.ts'
import { answersAgain, writeAnswers } from './answers.ts'
import { approvalsOf, looksAtPersons } from './approvals.ts'
import { bornIds, loadClaims } from './claims.ts'
import { keyOf } from './draft.ts'
import { idsNamed, loadTouched } from './load-touched.ts'
import { orderOf, type Order } from './order.ts'
import { policiesOf } from './policy.ts'
import { loadBehind, saysRequests } from './load-behind.ts'
import { loadFunds } from './load-funds.ts'
import { forgetNames } from './names-taken-back.ts'
import { oneByOne } from './one-by-one.ts'
import { planPush, seqOf, type Incoming, type Plan } from './plan.ts'
import { loadScope } from './scope.ts'
import { loadTopicsBehind } from './topics-behind.ts'
import { readUnderLock } from './under-lock.ts'
import { upToGap, type Taken } from './up-to-gap.ts'
import { closuresOf, targetsOf } from './whereabouts.ts'
import { write } from './write.ts'
import type { Pushed } from './pushed.ts'

export interface PushContext {
  readonly account: { readonly id: string; readonly role: Role; readonly isClosed?: boolean }
  readonly device: string
  readonly skewMs: number
  readonly now: number
  readonly ids: () => string
  /** Somebody of the office brings it in, and stands for when it was recorded. */
  readonly isVouched?: boolean
  /** Numbers that are missing are used up: nothing comes for them any more. Else the push stops at the first hole. */
  readonly passesHoles?: boolean
  /** Told of a batch that the rules or the database broke on, and that was refused for it. */
  readonly onFault?: (error: unknown) => void
}

/**
 * What a single batch makes fail (a rule that breaks on it, a value that the database does not take) is refused with
 * that batch alone: its neighbours are applied, and the device goes on.
 */
export function applyPush(
  db: Kysely<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<Pushed> {
  return oneByOne(incoming, (items) => applyTogether(db, items, context), context.onFault)
}

/**
 * Where a record has gone on to another stream since a device saw it, that stream has to be locked as well, and in
 * order: the work then begins anew, with nothing written yet.
 */
async function applyTogether(
  db: Kysely<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<Pushed> {
  const ahead = new Set<string>()
  const held = new Set<string>()
  for (;;) {
    const pushed = await transact(db, (trx) => applyOnce(trx, incoming, context, { ahead, held }))
    if ('receipts' in pushed) return pushed
    for (const stream of pushed.ahead ?? []) ahead.add(stream)
    for (const stream of pushed.held ?? []) held.add(stream)
  }
}

/** The device was ended while its push waited: nothing of it is taken. */
export class DeviceEnded extends Error {}

/** What has to be locked before the work begins anew. */
interface Anew {
  /** Streams that the push does not name. */
  readonly ahead?: readonly string[]
  /** Streams that somebody else holds: they are waited for before anything else is locked or asked. */
  readonly held?: readonly string[]
}

async function applyOnce(
  trx: Transaction<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
  { ahead, held }: { readonly ahead: ReadonlySet<string>; readonly held: ReadonlySet<string> },
): Promise<Pushed | Anew> {
  const { device } = context
  // Nobody waits for a stream with the device's row in hand: whoever ends the device would wait as well.
  const early =
    held.size > 0 ? await lockStreams(trx, [...held, ...ahead]) : new Map<string, never>()
  const before = await lockDevice(trx, device)
  if (!before) throw new Error('no such device')
  if (before.revoked_at !== null && context.isVouched !== true) throw new DeviceEnded()
  const { last_seq, pulled_at } = before
  const sorted = inOrder(incoming)
  const again = sorted.filter((item) => seqOf(item) <= last_seq)
  const [repeated = []] = await answersAgain(trx, [{ device, items: again }])
  const taken = upToGap(sorted, last_seq, context.passesHoles === true)
  const { fresh } = taken
  // As the account is now: the push may have waited for its turn since the session was looked up.
  const { isVouched = false } = context
  const reachNow = () =>
    loadScope(trx, {
      ...{ account: context.account.id, isVouched, now: context.now },
      pulledAt: pulled_at,
    })
  const { account, parents, ...first } = await reachNow()
  let { scope } = first
  const mutations = mutationsOf(fresh)
  const streams = new Set([
    ...mutations.flatMap(({ stream, to }) => (to ? [stream, to] : [stream])),
    ...ahead,
  ])
  const isWritable = (stream: string) => isReached(scope, stream)
  // What the server writes for a step in a unit's or grid's stream is locked too, whoever's that stream is; and the
  // stream in which a record was born that stands elsewhere, for its id.
  const isTouched = (stream: string) => isWritable(stream) || ahead.has(stream)
  const touched = [...streams].filter(isTouched)
  const foreign = [...streams].filter((stream) => !isTouched(stream))
  const missing = touched.filter((stream) => !early.has(stream.toLowerCase()))
  const locked = new Map([...early, ...(await lockStreams(trx, missing, { isHasty: true }))])
  const elsewhere = missing.filter(
    (stream) => !locked.has(stream.toLowerCase()) && !held.has(stream),
  )
  if (elsewhere.length > 0) return { held: touched }
  const closures = closuresOf(locked)
  const named = idsNamed(mutations)
  const found = await readUnderLock(trx, touched, {
    records: named,
    mutations: mutations.map((mutation) => mutation.id),
    ids: bornIds(mutations),
  })
  const records = await loadTouched(trx, touched, foreign, mutations, found.records)
  const behind = await loadBehind(trx, mutations, records, new Set(locked.keys()))
  if (behind.length > 0) return { ahead: behind }
  await loadFunds(trx, mutations, records, locked.keys())
  const further = targetsOf(records, closures).filter((stream) => !locked.has(stream))
  if (further.length > 0) {
    // Somebody took grids apart while this push waited for their lock: what it may do has changed with them.
    if (!further.every(isWritable)) ({ scope } = await reachNow())
    const own = further.filter(isWritable)
    if (own.length > 0) return { ahead: own }
  }
  const births = birthsElsewhere(mutations, records).filter((stream) => !locked.has(stream))
  if (births.length > 0) return { ahead: births }
  const above = await rulesAbove(trx, [...locked.keys()], rulesOf(mutations), parents)
  const topicsBehind = await loadTopicsBehind(trx, mutations, records, scope.keys())
  const order = orderAfter(before, mutations, context)
  const plan = planPush(fresh, {
    ...context,
    account,
    scope,
    claimed: await loadClaims(trx, touched, mutations, found.spent),
    spans: await loadSpans(trx, records, mutations),
    ...(isVouched ? {} : { notBefore: order.notBefore }),
    records,
    topicsBehind,
    applied: found.applied,
    heads: new Map([...locked].map(([id, row]) => [id, row.head])),
    ...closures,
    policies: policiesOf(above),
    ...(looksAtPersons(mutations) ? { approvals: approvalsOf(above) } : {}),
    ...(saysRequests(mutations) ? { rules: requestRulesOf(above) } : {}),
  })
  await write(
    trx,
    { ...plan, before: records },
    { ...context, account, chains: found.chains, schemes: schemesOf(above, plan) },
  )
  await forgetNames(trx, plan, context.now)
  const { changes } = plan
  const done = { context, before, repeated, taken, order, plan }
  await finishPushes(trx, [done])
  return {
    ...pushedOf(done),
    moved: [...plan.heads.keys()],
    hasScheme: changes.some(({ mutation }) => mutation.kind === 'scheme'),
    hasRequest: saysRequests(changes.map(({ mutation }) => mutation)),
    hasImport: changes.some(
      ({ mutation: { kind } }) => kind === 'import' || kind === 'import-part',
    ),
  }
}

/** In order of seq: a batch that came apart on its way stands together again. */
export function inOrder(incoming: readonly Incoming[]): Incoming[] {
  return [...incoming].sort((a, b) => seqOf(a) - seqOf(b))
}

export function mutationsOf(items: readonly Incoming[]): Mutation[] {
  return items.flatMap((item) => ('mutation' in item ? [item.mutation] : []))
}

export type DeviceBefore = Pick<
  Selectable<DeviceTable>,
  'last_seq' | 'pulled_at' | 'last_at' | 'revoked_at'
>

/**
 * The device's row orders its own pushes: two tabs or a repeated request never run side by side. `isHasty`: where
 * somebody else holds it nobody waits; undefined then.
 */
export function lockDevice(
  trx: Transaction<Database>,
  device: string,
  { isHasty = false }: { readonly isHasty?: boolean } = {},
): Promise<DeviceBefore | undefined> {
  return trx
    .selectFrom('device')
    .select(['last_seq', 'pulled_at', 'last_at', 'revoked_at'])
    .where('id', '=', device)
    .forUpdate()
    .$if(isHasty, (query) => query.skipLocked())
    .executeTakeFirst()
}

export function orderAfter(
  { last_at }: DeviceBefore,
  mutations: readonly Mutation[],
  context: PushContext,
): Order {
  return orderOf(mutations, { ...context, before: last_at?.getTime() ?? null })
}

/** A push that was decided. */
export interface Done {
  readonly context: PushContext
  readonly before: DeviceBefore
  /** First answers to what it sends again. */
  readonly repeated: readonly Receipt[]
  readonly taken: Taken
  readonly order: Order
  readonly plan: Pick<Plan, 'receipts' | 'changes'>
}

/** Keeps what each device was told, and how far its numbers have come. */
export async function finishPushes(
  trx: Transaction<Database>,
  all: readonly Done[],
): Promise<void> {
  await writeAnswers(
    trx,
    all.map(({ context: { device, now }, plan }) => ({ ...plan, device, now })),
  )
  const rows = all.map((done) => ({
    ...{ id: done.context.device, last_seq: lastSeqOf(done), skew_ms: done.context.skewMs },
    seen_at: new Date(done.context.now).toISOString(),
    last_at: done.order.latest === null ? null : new Date(done.order.latest).toISOString(),
  }))
  await sql`
    update device set last_seq = row.last_seq, skew_ms = row.skew_ms, seen_at = row.seen_at,
      last_at = row.last_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      id uuid, last_seq bigint, skew_ms bigint, seen_at timestamptz, last_at timestamptz
    )
    where device.id = row.id and device.id ${amongIds(rows.map(({ id }) => id))}`.execute(trx)
}

function lastSeqOf({ before, taken }: Done): number {
  const last = taken.fresh.at(-1)
  return last ? seqOf(last) : before.last_seq
}

/** Of a push that says nothing of schemes, requests and imports. */
export function pushedOf(done: Done): Pushed {
  const { receipts, changes } = done.plan
  return {
    receipts: [...done.repeated, ...receipts, ...done.taken.reused],
    expected: lastSeqOf(done) + 1,
    moved: [...new Set(changes.map(({ stream }) => stream))],
    ...{ hasScheme: false, hasRequest: false, hasImport: false },
  }
}

/** The kinds of rules that decide about some mutations, and about the colours that follow from them. */
export function rulesOf(mutations: readonly Mutation[]): readonly RuleKind[] {
  return [
    ...(['policy', 'scheme'] as const),
    ...(looksAtPersons(mutations) ? (['approval'] as const) : []),
    ...(saysRequests(mutations) ? (['catalogue', 'calendar'] as const) : []),
  ]
}

/** The schemes in force; one that this very push saves comes after what was read. */
export function schemesOf(
  above: RulesAbove,
  { changes }: Pick<Plan, 'changes'>,
): ReadonlyMap<string, SchemeInForce> {
  if (changes.some(({ mutation }) => mutation.kind === 'scheme')) return new Map()
  return new Map([...above].map(([stream, way]) => [stream, schemeIn(way)]))
}

/** Of imports that shall be taken back, the streams that they wrote to; of those that wait, the ones that they name. */
async function loadSpans(
  trx: Transaction<Database>,
  records: ReadonlyMap<string, RecordRow>,
  mutations: readonly Mutation[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = mutations.flatMap(({ kind, op, record }) =>
    kind === 'import' && op === 'patch' ? [record] : [],
  )
  if (ids.length === 0) return new Map()
  const named = [...records.values()]
    .filter(({ id, kind }) => kind === 'import' && ids.includes(id))
    .map(({ id, fields }) => [id, (fields as Import).bases.map(({ stream }) => stream)] as const)
  return new Map([...named, ...(await spansOfImports(trx, ids))])
}

/** Streams that new records name whose household or door has gone on from there. */
export function birthsElsewhere(
  mutations: readonly Mutation[],
  records: ReadonlyMap<string, RecordRow>,
): string[] {
  return mutations.flatMap(({ op, kind, fields, stream }) => {
    const host = op === 'create' ? hostOf(kind, fields) : null
    return host && records.get(keyOf(stream, host))?.movedTo ? [stream] : []
  })
}
