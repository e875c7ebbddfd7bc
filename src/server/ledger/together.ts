/**
 * Several pushes of several devices in one transaction: read together, each judged by itself against what those before
 * it came to, written together. Nothing of one push shows in the answer to another. Which pushes can go so, and what
 * becomes of those that cannot, says docs/decisions/0114.
 */
import type { Transaction } from 'kysely'
import { parentOf, traits, type Kind } from '#domain/record.ts'
import type { RecordRow } from '../db/record-row.ts'
import { alongWays, type RulesAbove } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams, type StreamRow } from '../db/streams.ts'
import {
  birthsElsewhere,
  finishPushes,
  inOrder,
  lockDevice,
  mutationsOf,
  orderAfter,
  pushedOf,
  rulesOf,
  schemesOf,
  type DeviceBefore,
  type Done,
  type PushContext,
} from './apply.ts'
import { answersAgain } from './answers.ts'
import { approvalsOf, looksAtPersons } from './approvals.ts'
import { bornIds, loadClaims } from './claims.ts'
import { createLayer, type Layer } from './draft.ts'
import { idsNamed, loadTouched } from './load-touched.ts'
import { planPush, seqOf, type Incoming, type Plan } from './plan.ts'
import { policiesOf } from './policy.ts'
import type { Pushed } from './pushed.ts'
import { loadScopes, type AccountScope } from './scope.ts'
import { readUnderLock } from './under-lock.ts'
import { upToGap, type Taken } from './up-to-gap.ts'
import { targetsOf } from './whereabouts.ts'
import { writeTogether } from './write.ts'

export interface OnePush {
  readonly incoming: readonly Incoming[]
  readonly context: PushContext
}

/**
 * `held`: somebody else has its stream or its device under lock. `apart`: it has to be taken by itself, since more must
 * be read or locked for it than for its neighbours. In both cases nothing of it was done.
 */
export type Outcome = Pushed | 'held' | 'apart'

/** What workers push by the hundred, and what is judged by its own stream alone. */
const plainKinds: ReadonlySet<Kind> = new Set([
  'building',
  'dwelling',
  'household',
  'resident',
  'visit',
  'reveal',
])

/** With whoever leaves a door, or comes back, something else may have to leave: `plates.ts`. */
const leaving = ['endedOn', 'movedOutOn', 'diedOn', 'mergedInto'] as const

/**
 * The stream of a push that can go together with others: it names that one alone, and makes or changes records without
 * taking any away or putting any elsewhere. Null of all others.
 */
export function streamOfPlain(incoming: readonly Incoming[]): string | null {
  const mutations = mutationsOf(incoming)
  const [first] = mutations
  if (!first || mutations.length < incoming.length) return null
  const isPlain = mutations.every(({ kind, op, to, stream, fields }) => {
    if (!plainKinds.has(kind) || stream !== first.stream || to !== undefined) return false
    if (op === 'create') return true
    const { mergesInto } = traits[kind]
    const isMoved = parentOf(kind, fields) !== null || (mergesInto ?? '') in fields
    return op === 'patch' && !isMoved && !leaving.some((field) => field in fields)
  })
  return isPlain ? first.stream : null
}

/** A push whose stream and device are locked. */
interface Begun extends OnePush {
  readonly index: number
  readonly stream: string
  readonly before: DeviceBefore
  readonly taken: Taken
  /** What the device was answered before, and sends again. */
  readonly again: readonly Incoming[]
}

/** One that was decided, or of which everything was answered before. */
type DoneAt = Done & { readonly index: number }

/** One that may be decided: its stream is its account's own. */
interface Ready extends Begun {
  readonly reach: AccountScope
}

/** Those that may be decided, and what governs the streams of all of them. */
interface Reached {
  readonly ready: readonly Ready[]
  readonly above: RulesAbove
}

/**
 * All pushes are plain, of different devices, and stand in the order in which they came. `isHasty`: a stream that
 * somebody else holds is not waited for. Nobody waits with a device's row in hand, or by what was asked before the wait.
 */
export async function applyTogether(
  trx: Transaction<Database>,
  pushes: readonly OnePush[],
  { isHasty }: { readonly isHasty: boolean },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = pushes.map(() => 'held')
  const named = pushes.flatMap(({ incoming }) => streamOfPlain(incoming) ?? [])
  const locked = await lockStreams(trx, named, { isHasty })
  const begun = await beginAll(trx, pushes, outcomes, locked, isHasty)
  const answers = await answersAgain(
    trx,
    begun.map(({ context: { device }, again }) => ({ device, items: again })),
  )
  const repeated = new Map(begun.map(({ index }, at) => [index, answers[at] ?? []]))
  const isNew = ({ taken }: Begun) => taken.fresh.length > 0
  const reached = await reachAll(trx, begun.filter(isNew), outcomes)
  const heads = new Map([...locked].map(([id, { head }]) => [id, head]))
  const done = [
    ...begun.filter((one) => !isNew(one)).map(nothingNew),
    ...(await decideAll(trx, reached, heads, outcomes)),
  ].map((one) => ({ ...one, repeated: repeated.get(one.index) ?? [] }))
  if (done.length > 0) await finishPushes(trx, done)
  for (const one of done) outcomes[one.index] = pushedOf(one)
  return outcomes
}

/** Whoever did not hear an answer sends the same again. */
function nothingNew({ index, context, before, taken }: Begun): DoneAt {
  return {
    ...{ index, context, before, taken, repeated: [] },
    order: orderAfter(before, [], context),
    plan: { receipts: [], changes: [] },
  }
}

/**
 * Locks the devices, in order of id, of pushes whose streams are locked; none is waited for. A push that comes to a closed
 * stream, or whose device was ended meanwhile, is answered by itself.
 */
async function beginAll(
  trx: Transaction<Database>,
  pushes: readonly OnePush[],
  outcomes: Outcome[],
  locked: ReadonlyMap<string, StreamRow>,
  isHasty: boolean,
): Promise<readonly Begun[]> {
  const begun: Begun[] = []
  const byDevice = [...pushes.entries()].sort(([, a], [, b]) =>
    a.context.device < b.context.device ? -1 : 1,
  )
  for (const [index, push] of byDevice) {
    const sorted = inOrder(push.incoming)
    const stream = streamOfPlain(sorted)?.toLowerCase()
    const row = stream === undefined ? undefined : locked.get(stream)
    // Where nobody hurries, a stream that was not found is nobody's, and no lock of somebody else's.
    if (row?.closed_at || (!row && !isHasty)) outcomes[index] = 'apart'
    if (stream === undefined || !row || row.closed_at) continue
    const before = await lockDevice(trx, push.context.device, { isHasty: true })
    // At work elsewhere: at another server, or by itself.
    if (!before) {
      outcomes[index] = 'apart'
      continue
    }
    const again = sorted.filter((item) => seqOf(item) <= before.last_seq)
    const taken = upToGap(sorted, before.last_seq)
    if (before.revoked_at === null) begun.push({ ...push, index, stream, before, taken, again })
    else outcomes[index] = 'apart'
  }
  return begun.sort((a, b) => a.index - b.index)
}

async function reachAll(
  trx: Transaction<Database>,
  begun: readonly Begun[],
  outcomes: Outcome[],
): Promise<Reached> {
  if (begun.length === 0) return { ready: [], above: new Map() }
  const kinds = rulesOf(mutationsOf(begun.flatMap(({ taken }) => taken.fresh)))
  const { scopes, rules } = await loadScopes(
    trx,
    begun.map(({ context: { account, now }, before: { pulled_at: pulledAt } }) => ({
      ...{ account: account.id, isVouched: false, pulledAt, now },
    })),
    kinds,
  )
  const ready = begun.flatMap((one, at) => {
    const reach = scopes[at]
    if (reach?.scope.get(one.stream)?.own) return [{ ...one, reach }]
    outcomes[one.index] = 'apart'
    return []
  })
  const streams = new Set(ready.map(({ stream }) => stream))
  const parents = new Map(ready.flatMap(({ reach }) => [...reach.parents]))
  return { ready, above: await alongWays(trx, [...streams], kinds, parents, rules) }
}

/** Reads, judges and writes all but the answers; those that were decided. */
async function decideAll(
  trx: Transaction<Database>,
  { ready, above }: Reached,
  heads: ReadonlyMap<string, number>,
  outcomes: Outcome[],
): Promise<readonly DoneAt[]> {
  if (ready.length === 0) return []
  const streams = [...new Set(ready.map(({ stream }) => stream))]
  const mutations = mutationsOf(ready.flatMap(({ taken }) => taken.fresh))
  const found = await readUnderLock(trx, streams, {
    records: idsNamed(mutations),
    mutations: mutations.map(({ id }) => id),
    ids: bornIds(mutations),
  })
  const records = await loadTouched(trx, streams, [], mutations, found.records)
  const here = byStream(records)
  const apart = new Set(
    streams.filter((stream) => {
      const own = here.get(stream) ?? new Map<string, RecordRow>()
      const said = mutations.filter((one) => one.stream.toLowerCase() === stream)
      const isGone = targetsOf(own, { successors: new Map(), closed: new Set() }).length > 0
      return isGone || birthsElsewhere(said, own).length > 0
    }),
  )
  const decidable = ready.filter(({ stream, index }) => {
    if (apart.has(stream)) outcomes[index] = 'apart'
    return !apart.has(stream)
  })
  if (decidable.length === 0) return []
  const claimed = await loadClaims(trx, streams, mutations, found.spent)
  const [policies, approvals] = [policiesOf(above), approvalsOf(above)]
  const taken: Layer['claimed'] = new Map()
  const layers = new Map(streams.map((stream) => [stream, createLayer(taken)]))
  const done = decidable.map((one): DoneAt & { readonly plan: Plan } => {
    const { context, stream, reach, before, index } = one
    const own = mutationsOf(one.taken.fresh)
    const order = orderAfter(before, own, context)
    const plan = planPush(
      one.taken.fresh,
      {
        ...{ ...context, account: reach.account, scope: reach.scope },
        ...{ claimed, policies, notBefore: order.notBefore, applied: found.applied },
        records: here.get(stream) ?? new Map(),
        heads: new Map([[stream, heads.get(stream) ?? 0]]),
        ...(looksAtPersons(own) ? { approvals } : {}),
      },
      layers.get(stream),
    )
    return { context, before, repeated: [], taken: one.taken, order, plan, index }
  })
  const written = [...layers.values()]
  await writeTogether(
    trx,
    {
      before: records,
      written: new Map(written.flatMap((layer) => [...layer.written])),
      heads: new Map(written.flatMap((layer) => [...layer.heads])),
      logs: done.map(({ plan, context }, at) => ({
        changes: plan.changes,
        departures: plan.departures,
        refusedLooks: plan.refusedLooks ?? [],
        by: { ...context, account: decidable[at]?.reach.account ?? context.account },
      })),
    },
    {
      now: Math.max(...done.map(({ context }) => context.now)),
      ids: decidable[0]?.context.ids ?? (() => ''),
      chains: found.chains,
      schemes: schemesOf(above, { changes: [] }),
    },
  )
  return done
}

function byStream(
  records: ReadonlyMap<string, RecordRow>,
): ReadonlyMap<string, ReadonlyMap<string, RecordRow>> {
  const all = new Map<string, Map<string, RecordRow>>()
  for (const [key, record] of records) {
    const own = all.get(record.stream) ?? new Map<string, RecordRow>()
    all.set(record.stream, own.set(key, record))
  }
  return all
}
