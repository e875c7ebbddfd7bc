/**
 * An import whose parts have all come, written in one transaction as one batch: all of it, or nothing and why. What it
 * does is decided by the same rules as any push (docs/decisions/0026).
 */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Import, ImportItem, ImportOutcome } from '#domain/import.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { colourTouched } from '../colours/touched.ts'
import {
  authorOf,
  dropParts,
  isOvertaken,
  loadItems,
  writeSpans,
  type WaitingImport,
} from '../db/imports.ts'
import { loadRecords, writeRecords, type RecordRow } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams, raiseHeads, streamsOf } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { applyOne } from './apply-one.ts'
import { createDraft, createLayer, decide, type Draft, type Refused } from './draft.ts'
import { loadTouched } from './load-touched.ts'
import type { PlanContext } from './plan.ts'
import { closuresOf, targetsOf } from './whereabouts.ts'
import { problemOfWhole } from './whole.ts'
import { writeLog } from './log.ts'
import { loadPolicies } from './policy.ts'
import { copyHistory } from './write.ts'

export interface ImportContext {
  readonly now: number
  readonly ids: () => string
  /** Lets others have the processor between two slices of work. */
  readonly breathe: () => Promise<void>
}

export interface Decided {
  readonly outcome: ImportOutcome
  readonly reason?: Problem
  /** Streams that moved. */
  readonly moved: readonly string[]
}

/** So many are decided or written before others have their turn. */
const slice = 400
const rowsAtOnce = 4_000

/** What this device's picture of the register made impossible: comparing anew helps, where nothing else does. */
const outdated: ReadonlySet<Problem> = new Set<Problem>([
  'record-gone',
  'record-exists',
  'record-elsewhere',
  'reference-missing',
])

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
  const items = before && (await loadItems(trx, home, id, before.fields as Import))
  const author = await authorOf(trx, home, id, 'create')
  if (!before || !items || !author) return null
  const mutations = itemsToMutations(items, before, author, context.ids)
  const scope = new Map((await streamsOf(trx, author.account)).map((row) => [row.id, row]))
  const named = new Set(mutations.flatMap(({ stream, to }) => (to ? [stream, to] : [stream])))
  const touched = [...new Set([...named, ...ahead])].filter((stream) => scope.get(stream)?.own)
  const foreign = [...named].filter((stream) => !scope.get(stream)?.own)
  const locked = await lockStreams(trx, [...new Set([home, ...touched])])
  // As it is under the lock: two servers may have seen it waiting.
  const [record] = await loadRecords(trx, [home], [id])
  const fields = record?.fields as Import | undefined
  if (!record || record.removed || !fields || fields.outcome) return null
  const records = await loadTouched(trx, touched, foreign, mutations)
  const closures = closuresOf(locked)
  const further = targetsOf(records, closures).filter(
    (stream) => !locked.has(stream) && scope.get(stream)?.own,
  )
  if (further.length > 0) return { ahead: further }
  const heads = new Map([...locked].map(([stream, row]) => [stream, row.head]))
  const say = (verdict: Omit<Decided, 'moved'>, at: ReadonlyMap<string, number>) =>
    conclude(trx, record, verdict, at)

  const known = new Map(fields.bases.map(({ stream, version }) => [stream, version]))
  const bases = new Map(touched.map((stream) => [stream, known.get(stream) ?? 0]))
  if (await isOvertaken(trx, bases, numbersOfNew(items)))
    return say({ outcome: 'overtaken' }, heads)
  const role = await roleOf(trx, author.account)
  if (role === null) return say({ outcome: 'refused', reason: 'account-closed' }, heads)
  const planning: PlanContext = {
    account: { id: author.account, role },
    scope,
    records,
    applied: new Map(),
    heads,
    ...closures,
    policies: await loadPolicies(trx, [...locked.keys()]),
    skewMs: 0,
    now: context.now,
    ids: context.ids,
  }
  const decided = createLayer()
  const draft = createDraft(decided)
  const refused = await draftAll(mutations, draft, planning, context)
  if (refused) {
    const { problem } = refused
    const verdict = outdated.has(problem)
      ? ({ outcome: 'overtaken' } as const)
      : ({ outcome: 'refused', reason: problem } as const)
    return say(verdict, heads)
  }
  decide(draft)
  await inSlices([...decided.written.values()], context, (rows) => writeRecords(trx, rows))
  const by = { account: { id: author.account, role }, device: null, now: context.now }
  await inSlices(draft.changes, context, (changes) =>
    writeLog(trx, { changes, departures: [] }, by),
  )
  await writeLog(trx, { changes: [], departures: draft.departures }, by)
  await copyHistory(trx, draft.moved)
  const coloured = await colourTouched(trx, records, decided.written, decided.heads, context)
  await raiseHeads(trx, coloured)
  await writeSpans(
    trx,
    id,
    [...coloured].map(([stream, to]) => ({ stream, from: heads.get(stream) ?? 0, to })),
  )
  return say({ outcome: 'written' }, new Map([...heads, ...coloured]))
}

/** The refusal of the first change that cannot be, and with it of all. */
async function draftAll(
  mutations: readonly Mutation[],
  draft: Draft,
  planning: PlanContext,
  { breathe }: ImportContext,
): Promise<Refused | null> {
  for (const [index, mutation] of mutations.entries()) {
    if (index % slice === 0) await breathe()
    const refused = applyOne(mutation, draft, planning)
    if (refused) return refused
  }
  return problemOfWhole(draft, planning)
}

async function inSlices<T>(
  rows: readonly T[],
  { breathe }: ImportContext,
  write: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await write(rows.slice(from, from + rowsAtOnce))
    await breathe()
  }
}

/** Writes what came of it into the import itself, where every device of the office reads it. */
export async function conclude(
  trx: Transaction<Database>,
  record: RecordRow,
  { outcome, reason }: Omit<Decided, 'moved'>,
  heads: ReadonlyMap<string, number>,
): Promise<Decided> {
  const version = (heads.get(record.stream) ?? 0) + 1
  const fields = { ...record.fields, outcome, ...(reason ? { reason } : {}) }
  await writeRecords(trx, [{ ...record, version, fields }])
  await raiseHeads(trx, new Map([[record.stream, version]]))
  await dropParts(trx, record.stream, record.id)
  const moved = new Set([record.stream, ...(outcome === 'written' ? heads.keys() : [])])
  return { outcome, ...(reason ? { reason } : {}), moved: [...moved] }
}

function itemsToMutations(
  items: readonly ImportItem[],
  { id, created }: RecordRow,
  { device, seq }: { readonly device: string; readonly seq: number },
  ids: () => string,
): Mutation[] {
  return items.map(({ stream, kind, record, op, to, fields, seen }) => ({
    id: ids(),
    device,
    seq,
    at: created.at,
    batch: id,
    stream,
    kind,
    record,
    op,
    ...(to ? { to } : {}),
    fields,
    seen,
  }))
}

function numbersOfNew(items: readonly ImportItem[]): string[] {
  return items.flatMap(({ kind, op, fields }) => {
    const number = fields['documentNumber']
    return kind === 'resident' && op === 'create' && typeof number === 'string' ? [number] : []
  })
}

/** Null of an account that was closed since. */
async function roleOf(trx: Transaction<Database>, account: string): Promise<Role | null> {
  const row = await trx
    .selectFrom('account')
    .select(['role', 'closed'])
    .where('id', '=', account)
    .executeTakeFirst()
  return row && !row.closed ? (row.role as Role) : null
}
