/** Splitting a grid by its buildings, and merging one into another; told building by building, and begun anew harmlessly. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import { keepLate, passLateOn } from '../db/late-places.ts'
import { livingOf, placesBelow, stateOfPlace } from '../db/places.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { moveWhole, prepareJourney, problemOfJourney, type Journey } from './move-buildings.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'
import { markClosed } from './places.ts'
import { putRecords } from './put-records.ts'

export type Step =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  /** Ends it; `left`: buildings that could not go. */
  | { readonly type: 'end'; readonly moved: number; readonly left: number }

/** What goes on while building after building goes. */
export interface Going {
  readonly clock: { now(): number }
  readonly onMoved: (streams: readonly string[]) => void
  readonly signal: AbortSignal
}

/** After `problemOfJourney`. Stopped in the middle, what went has gone and the rest is where it was. */
export async function* moveBuildings(
  db: Kysely<Database>,
  acting: Acting,
  journey: Journey,
  buildings: readonly string[],
  { clock, onMoved, signal }: Going,
): AsyncGenerator<Step> {
  const { from, to } = journey
  // Asked for again, the act is on record already and what is left goes on.
  const asked = { act: 'buildings-moved', subject: from, content: { to, buildings } } as const
  const begun = await perform(db, acting, asked, {
    allow: (trx, by) => allowJourney(trx, by, journey),
    work: async (trx, by) => ({
      details: { to, buildings },
      moved: await prepareJourney(trx, by, journey),
    }),
    stateOf: null,
  })
  // What stops it here changed within the moment since it was asked: without its end line it was cut short.
  if (!begun.ok) return
  let moved = 0
  let left = 0
  for (const [index, building] of buildings.entries()) {
    if (signal.aborted) return
    const top = { kind: 'building', id: building } as const
    const outcome = await moveWhole(db, { ...acting, now: clock.now() }, journey, top)
    if (typeof outcome === 'object') {
      moved += 1
      onMoved([from, to])
    } else if (outcome !== 'gone') left += 1
    yield { type: 'progress', done: index + 1, total: buildings.length }
  }
  yield { type: 'end', moved, left }
}

/**
 * All buildings of a grid go to another one, its people with them, and it closes: what still comes for it is led to
 * the other. Buildings that somebody adds meanwhile go along, and the accounts of stairwells that are of no building.
 */
export async function* mergeGrids(
  db: Kysely<Database>,
  acting: Acting,
  journey: Journey,
  { clock, onMoved, signal }: Going,
): AsyncGenerator<Step> {
  const { from, to } = journey
  const may = await db.transaction().execute(async (trx) => {
    const problem = await problemOfMerge(trx, acting, journey)
    if (problem === null) await prepareJourney(trx, acting, journey)
    return problem === null
  })
  if (!may) return
  let moved = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const buildings = await livingOf(db, from, 'building')
    for (const [index, building] of buildings.entries()) {
      if (signal.aborted) return
      const top = { kind: 'building', id: building } as const
      const outcome = await moveWhole(db, { ...acting, now: clock.now() }, journey, top)
      if (typeof outcome === 'object') moved += 1
      onMoved([from, to])
      yield { type: 'progress', done: index + 1, total: buildings.length }
    }
    for (const id of await livingOf(db, from, 'fund')) {
      await moveWhole(db, { ...acting, now: clock.now() }, journey, { kind: 'fund', id })
    }
    const closed = await closeInto(db, { ...acting, now: clock.now() }, journey)
    if (closed.ok) {
      onMoved([from, to, ...(closed.value?.moved ?? [])])
      yield { type: 'end', moved, left: 0 }
      return
    }
    if (closed.problem !== 'place-not-empty') break
  }
  yield { type: 'end', moved, left: (await livingOf(db, from, 'building')).length }
}

/** Somebody may add a building while the others go; nobody does it so often. */
const mostRounds = 5

function closeInto(
  db: Kysely<Database>,
  acting: Acting,
  { from, to }: Journey,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'grids-merged', subject: from, content: { to } },
    {
      async allow(trx, by) {
        await lockStreams(trx, [from, to])
        const problem = await problemOfMerge(trx, by, { from, to })
        if (problem) refuseAct(problem)
      },
      async work(trx, by) {
        const left = [
          ...(await livingOf(trx, from, 'building')),
          ...(await livingOf(trx, from, 'fund')),
        ]
        if (left.length > 0) refuseAct('place-not-empty')
        const people = await movePeople(trx, by, { from, to })
        const closed = await markClosed(trx, by, from, to)
        return { details: { into: to, people }, moved: closed }
      },
      stateOf: (trx) => stateOfPlace(trx, from),
    },
  )
}

/** Of a grid that closes: nothing may be left below it either. */
export async function problemOfMerge(
  db: Kysely<Database>,
  acting: Acting,
  journey: Journey,
): Promise<Problem | null> {
  const problem = await problemOfJourney(db, acting, journey)
  if (problem) return problem
  const places = await placesBelow(db, acting.account.id)
  const isAbove = [...places.values()].some((one) => one.parent === journey.from && !one.closed)
  return isAbove ? 'place-not-empty' : null
}

async function allowJourney(
  trx: Transaction<Database>,
  acting: Acting,
  journey: Journey,
): Promise<void> {
  const problem = await problemOfJourney(trx, acting, journey)
  if (problem) refuseAct(problem)
}

/** Who works in the one works in the other; late work of whoever did before finds its way there. */
async function movePeople(
  trx: Transaction<Database>,
  acting: Acting,
  { from, to }: Journey,
): Promise<string[]> {
  const now = new Date(acting.now)
  await passLateOn(trx, from, to, now)
  const people = await trx
    .selectFrom('account_place')
    .innerJoin('account', 'account.id', 'account_place.account')
    .select(['account.id', 'account.role', 'account.name'])
    .where('account_place.place', '=', from)
    .orderBy('account.id')
    .execute()
  for (const { id, role } of people) {
    await keepLate(trx, id, [from], role as Role, now)
    await trx
      .insertInto('account_place')
      .values({ account: id, place: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await trx.deleteFrom('account_place').where('place', '=', from).execute()
  await putRecords(
    trx,
    people.map(({ id, name, role }) => ({
      stream: to,
      kind: 'account' as const,
      id,
      fields: { name, role },
    })),
    acting,
  )
  return people.map(({ id }) => id)
}
