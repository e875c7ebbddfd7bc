/**
 * An import whose parts have all come, written in one transaction as one batch: all of it, or nothing and why. What it
 * does is decided by the same rules as any push (docs/decisions/0026).
 */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Import } from '#domain/import.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { mayImport } from '#domain/permission.ts'
import { calendarId } from '../db/audit.ts'
import {
  authorOf,
  dropParts,
  isOvertaken,
  loadItems,
  writeSpans,
  type WaitingImport,
} from '../db/imports.ts'
import { loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadRequestRules } from '../db/request-rules.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams, streamsOf } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { loadClaims } from './claims.ts'
import {
  itemsToMutations,
  basesOf,
  numbersOfNew,
  planImport,
  withVerdict,
  type ImportVerdict,
} from './import-plan.ts'
import { loadBehind, saysRequests } from './load-behind.ts'
import { loadTouched } from './load-touched.ts'
import type { PlanContext } from './plan-context.ts'
import { loadPolicies, type Policies } from './policy.ts'
import { closuresOf, targetsOf } from './whereabouts.ts'
import { rowsByKey, write } from './write.ts'

export interface ImportContext {
  readonly now: number
  readonly ids: () => string
  /** Lets others have the processor between two slices of work. */
  readonly breathe: () => Promise<void>
}

export interface Decided extends ImportVerdict {
  /** Streams that moved. */
  readonly moved: readonly string[]
}

/** Null where it was decided already. */
export async function applyImport(
  db: Kysely<Database>,
  waiting: WaitingImport,
  context: ImportContext,
): Promise<Decided | null> {
  const ahead = new Set<string>()
  for (;;) {
    const done = await transact(db, (trx) => applyOnce(trx, waiting, context, ahead))
    if (done === null || !('ahead' in done)) return done
    for (const stream of done.ahead) ahead.add(stream)
  }
}

async function applyOnce(
  trx: Transaction<Database>,
  { stream: home, id }: WaitingImport,
  context: ImportContext,
  ahead: ReadonlySet<string>,
): Promise<Decided | { readonly ahead: readonly string[] } | null> {
  const [before] = await loadRecords(trx, [home], [id])
  const found = before && (await loadItems(trx, home, id, before.fields as Import))
  const author = await authorOf(trx, home, id, 'create')
  if (!before || !found || !author) return null
  const items = found === 'doubled' ? [] : found
  const mutations = itemsToMutations(items, before, author, context.ids)
  const scope = new Map((await streamsOf(trx, author.account)).map((row) => [row.id, row]))
  const named = new Set(mutations.flatMap(({ stream, to }) => (to ? [stream, to] : [stream])))
  // What units get of a dispatched request is locked too, whoever's their stream is.
  const touched = [...new Set([...named, ...ahead])].filter(
    (stream) => scope.get(stream)?.own || ahead.has(stream),
  )
  const foreign = [...named].filter((stream) => !touched.includes(stream))
  const locked = await lockStreams(trx, [...new Set([home, ...touched])])
  // As it is under the lock: two servers may have seen it waiting.
  const [record] = await loadRecords(trx, [home], [id])
  const fields = record?.fields as Import | undefined
  if (!record || record.removed || !fields || fields.outcome) return null
  const records = await loadTouched(trx, touched, foreign, mutations)
  const behind = await loadBehind(trx, mutations, records, new Set(locked.keys()))
  if (behind.length > 0) return { ahead: behind }
  const closures = closuresOf(locked)
  const further = targetsOf(records, closures).filter(
    (stream) => !locked.has(stream) && scope.get(stream)?.own,
  )
  if (further.length > 0) return { ahead: further }
  const heads = new Map([...locked].map(([stream, row]) => [stream, row.head]))
  const say = (verdict: ImportVerdict, at: ReadonlyMap<string, number>) =>
    conclude(trx, record, verdict, at, context)

  if (found === 'doubled') return say({ outcome: 'refused', reason: 'malformed' }, heads)
  const known = new Map(fields.bases.map(({ stream, version }) => [stream, version]))
  const own = touched.filter((stream) => scope.get(stream)?.own)
  const { bases, beside } = basesOf(known, own, scope)
  if (await isOvertaken(trx, bases, beside, numbersOfNew(items)))
    return say({ outcome: 'overtaken' }, heads)
  const role = await roleOf(trx, author.account)
  if (role === null) return say({ outcome: 'refused', reason: 'account-closed' }, heads)
  // Asked again now: whoever brought it may have another role since, or other places.
  if (!mayImport(role)) return say({ outcome: 'refused', reason: 'kind-not-yours' }, heads)
  const planning: PlanContext = {
    account: { id: author.account, role },
    scope,
    claimed: await loadClaims(trx, [...locked.keys()], mutations),
    records,
    applied: new Map(),
    heads,
    ...closures,
    isImport: true,
    ...(saysRequests(mutations) ? { rules: await loadRequestRules(trx, [...locked.keys()]) } : {}),
    policies: withoutGuardians([...locked.keys()], await loadPolicies(trx, [...locked.keys()])),
    skewMs: 0,
    now: context.now,
    ids: context.ids,
  }
  const decided = await planImport(items, mutations, planning, context.breathe)
  if ('outcome' in decided) return say(decided, heads)
  const by = { account: { id: author.account, role }, device: null }
  const coloured = await write(trx, { ...decided.plan, before: records }, { ...by, ...context })
  await writeSpans(
    trx,
    id,
    // What units got of it is nobody's of those who import, and is found by its request.
    [...coloured]
      .filter(([stream]) => scope.get(stream)?.own)
      .map(([stream, to]) => ({ stream, from: heads.get(stream) ?? 0, to })),
  )
  return say({ outcome: 'written' }, new Map([...heads, ...coloured]))
}

/** Writes what came of it into the import itself, where every device of the office reads it. */
export async function conclude(
  trx: Transaction<Database>,
  record: RecordRow,
  verdict: ImportVerdict,
  heads: ReadonlyMap<string, number>,
  { now, ids }: Pick<ImportContext, 'now' | 'ids'>,
): Promise<Decided> {
  const { outcome, reason } = verdict
  const version = (heads.get(record.stream) ?? 0) + 1
  await write(
    trx,
    {
      ...{
        before: rowsByKey([record]),
        written: rowsByKey([withVerdict(record, verdict, version)]),
      },
      ...{ heads: new Map([[record.stream, version]]), changes: [] },
    },
    // The verdict is nobody's word: it has no line of its own beside those of what was written.
    { account: { id: calendarId, role: null }, device: null, now, ids },
  )
  await dropParts(trx, record.stream, record.id)
  const moved = new Set([record.stream, ...(outcome === 'written' ? heads.keys() : [])])
  return { outcome, ...(reason ? { reason } : {}), moved: [...moved] }
}

/**
 * Says no to an import that the rules or the database broke on: it would break on it at each pass, and hold up those
 * behind it. What was written before and cannot be taken back stays written, and is not asked for any more.
 */
export function refuseBroken(
  db: Kysely<Database>,
  { stream: home, id }: WaitingImport,
  context: Pick<ImportContext, 'now' | 'ids'>,
): Promise<Decided | null> {
  return transact(db, async (trx) => {
    const locked = await lockStreams(trx, [home])
    const heads = new Map([...locked].map(([stream, row]) => [stream, row.head]))
    const [record] = await loadRecords(trx, [home], [id])
    const fields = record?.fields as Import | undefined
    if (!record || record.removed || !fields) return null
    if (!fields.outcome)
      return conclude(trx, record, { outcome: 'refused', reason: 'malformed' }, heads, context)
    const kept = { ...record, fields: { ...record.fields, undoAsked: null } }
    return conclude(trx, kept, { outcome: fields.outcome, reason: 'malformed' }, heads, context)
  })
}

/** Null of an account that was closed since. */
export async function roleOf(trx: Transaction<Database>, account: string): Promise<Role | null> {
  const row = await trx
    .selectFrom('account')
    .select(['role', 'closed'])
    .where('id', '=', account)
    .executeTakeFirst()
  return row && !row.closed ? (row.role as Role) : null
}

/** A roster that says no guardian is noted so, row by row, and loses nobody: one is asked for at the next visit. */
function withoutGuardians(streams: readonly string[], policies: Policies): Policies {
  return new Map(
    streams.map((stream) => {
      const policy = policies.get(stream) ?? defaultPolicy
      return [stream, { ...policy, guardianRequired: false }]
    }),
  )
}
