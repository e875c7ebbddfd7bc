/**
 * Buildings from one grid to another, each with its rooms, households, residents, visits, colours and clashes, in a
 * transaction of its own: colleagues of both grids wait for one building and never for all. What somebody recorded in
 * the old grid and could not send yet follows by the tombstones (`ledger/whereabouts.ts`), also of those who do not look
 * after the new one.
 */
import type { Kysely, Transaction } from 'kysely'
import { mayKeepPlaces } from '#domain/permission-of-places.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { passLateOn } from '../db/late-places.ts'
import { holdsBuildings, placesAbove, placesBelow, type PlaceRow } from '../db/places.ts'
import { loadBelow, loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { keyOf } from '../ledger/draft.ts'
import { planPush } from '../ledger/plan.ts'
import { write } from '../ledger/write.ts'
import { actorNow, type Acting } from './perform.ts'
import { asMutation, putRecords } from './put-records.ts'

export interface Journey {
  readonly from: string
  readonly to: string
}

/** 'gone': it is not in that grid any more, or never was. */
export type Moved = { readonly ok: true; readonly records: number } | 'gone' | Problem

/** Null where the actor may take both apart, else why not. */
export async function problemOfJourney(
  db: Kysely<Database>,
  { account }: Acting,
  { from, to }: Journey,
): Promise<Problem | null> {
  const places = await placesBelow(db, account.id)
  const [source, target] = [places.get(from), places.get(to)]
  if (!source || !target) return 'not-found'
  const isAllowed = [source, target].every(({ kind }) => kind && mayKeepPlaces(account.role, kind))
  if (!isAllowed || from === to) return 'not-allowed'
  if (target.closed) return 'place-closed'
  return takesBuildings({ ...source, closed: false }, places) && takesBuildings(target, places)
    ? null
    : 'not-allowed'
}

/** What stands in a grid by itself and goes with all that belongs to it. */
export interface Top {
  readonly kind: 'building' | 'fund'
  readonly id: string
}

/** One building or fund, whole; by whoever may still do it at that moment. */
export function moveWhole(
  db: Kysely<Database>,
  given: Acting,
  { from, to }: Journey,
  { kind, id }: Top,
): Promise<Moved> {
  return transact(db, async (trx): Promise<Moved> => {
    const acting = await actorNow(trx, given)
    if (!acting) return 'account-closed'
    const locked = await lockStreams(trx, [from, to])
    const problem = await problemOfJourney(trx, acting, { from, to })
    if (problem) return problem
    await passLate(trx, { from, to }, acting.now)
    const tops = await loadRecords(trx, [from, to], [id])
    const top = tops.find((row) => row.stream === from)
    if (!top || top.removed || top.kind !== kind) return 'gone'
    const below = await loadBelow(trx, [from], [id])
    const records = new Map<string, RecordRow>(
      [...tops, ...below].map((row) => [keyOf(row.stream, row.id), row]),
    )
    const own = { own: true }
    const plan = planPush([{ mutation: patchOf(acting, { from, to }, { kind, id }) }], {
      account: { id: acting.account.id, role: 'admin', moves: kind },
      // Nothing is set that a policy speaks of.
      policies: new Map(),
      scope: new Map([
        [from, own],
        [to, own],
      ]),
      records,
      applied: new Map(),
      heads: new Map([...locked].map(([stream, { head }]) => [stream, head])),
      skewMs: 0,
      now: acting.now,
      ids: acting.ids,
    })
    const [receipt] = plan.receipts
    if (receipt?.ok === false) return receipt.problem
    await write(trx, { ...plan, before: records }, acting)
    return { ok: true, records: below.length + 1 }
  })
}

function patchOf(acting: Acting, { from, to }: Journey, { kind, id }: Top): Mutation {
  const at = new Date(acting.now).toISOString()
  return {
    ...asMutation(acting, at),
    stream: from,
    to,
    kind,
    record: id,
    op: 'patch',
    fields: {},
  }
}

/** Who looked after the old grid, from it or from above it, may still bring to the new one what was recorded until now. */
async function passLate(
  trx: Transaction<Database>,
  { from, to }: Journey,
  now: number,
): Promise<void> {
  const above = new Set([to, ...(await placesAbove(trx, to))])
  for (const place of [from, ...(await placesAbove(trx, from))]) {
    if (!above.has(place)) await passLateOn(trx, place, to, new Date(now))
  }
}

/** Before the first building goes: the names of whoever worked in the old grid are known in the new one. */
export async function prepareJourney(
  trx: Transaction<Database>,
  acting: Acting,
  { from, to }: Journey,
): Promise<string[]> {
  await lockStreams(trx, [from, to])
  const people = await trx
    .selectFrom('record')
    .select(['id', 'fields'])
    .where('stream', '=', from)
    .where('kind', '=', 'account')
    .where('removed', '=', false)
    .execute()
  const puts = people.map(({ id, fields }) => ({
    stream: to,
    kind: 'account' as const,
    id,
    fields: fields,
  }))
  return putRecords(trx, puts, acting)
}

/** Grids that are open and take buildings; of communities without grids, themselves. */
export function takesBuildings(place: PlaceRow, places: ReadonlyMap<string, PlaceRow>): boolean {
  return !place.closed && holdsBuildings(place, places)
}
