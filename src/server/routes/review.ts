/** `POST /api/review`: what waits in each place, in numbers; `POST /api/review/pairs`: who may be registered twice. */
import { Hono } from 'hono'
import { dayAt, type Day } from '#domain/day.ts'
import { pairSlices } from '#domain/pair-slices.ts'
import type { Resident } from '#domain/resident.ts'
import { likenessOf, personOf, type Likeness } from '#domain/same-person.ts'
import {
  pairsRequestSchema,
  reviewRequestSchema,
  type PairsAnswer,
  type ReviewFigures,
} from '#protocol/review.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { namesOfPlaces, treeBelow, type TreePlace } from '../db/place-tree.ts'
import { loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import { alikeIn, waitingIn } from '../db/review.ts'
import { doorsOf } from '../db/search.ts'
import { createAllowance } from './allowance.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'
import { toFound } from './search.ts'

const maxQuestionBytes = 4 * 1024
/** All slices in one run, and the next run some minutes later. */
const pace = { most: 2 * pairSlices.length, aSecond: 0.1 }
/** Each opening of the review counts over all places. */
const countPace = { most: 60, aSecond: 0.5 }
/** So many groups of a slice are compared, and so many pairs told. */
const mostGroups = 2_000
const mostPairs = 100

export function reviewRoutes(office: Office): Hono<Env> {
  const { db, clock } = office
  const allowance = createAllowance(clock, pace)
  const counts = createAllowance(clock, countPace)
  const app = new Hono<Env>()

  app.post('/', limitBody(maxQuestionBytes), async (context) => {
    const request = await readBody(context, reviewRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const { account } = context.get('session')
    const wait = counts.take(account)
    if (wait > 0) return refuse(context, 'too-many-attempts', wait)
    const tree = await treeBelow(db, account)
    const streams = tree.map(({ id }) => id)
    const places = await waitingIn(db, streams, account, dayAt(clock.now()))
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, places } satisfies ReviewFigures)
  })

  app.post('/pairs', limitBody(maxQuestionBytes), async (context) => {
    const request = await readBody(context, pairsRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const slice = pairSlices[request.slice]
    if (!slice) return refuse(context, 'malformed')
    const { account, device, role } = context.get('session')
    const wait = allowance.take(account)
    if (wait > 0) return refuse(context, 'too-many-attempts', wait)
    const tree = await treeBelow(db, account)
    const streams = tree.map(({ id }) => id)
    // One more than is compared: whether there are others.
    const groups = await alikeIn(db, streams, slice, mostGroups + 1)
    const all = await pairsIn(office, groups.slice(0, mostGroups))
    const more = groups.length > mostGroups || all.length > mostPairs
    const pairs = all.slice(0, mostPairs)
    // Noted before it is answered: what cannot be noted is not shown.
    await auditAlone(db, officeChain, {
      ...{ act: 'pairs', at: new Date(clock.now()).toISOString(), account, device },
      facts: {
        role,
        purpose: request.purpose,
        ...slice,
        grids: streams.length,
        count: pairs.length,
      },
    })
    context.header('Cache-Control', 'no-store')
    return context.json({
      ...{ ok: true, slices: pairSlices.length, more },
      pairs: await told(office, tree, pairs, dayAt(clock.now())),
    } satisfies PairsAnswer)
  })
  return app
}

interface PairFound extends Likeness {
  readonly first: RecordRow
  readonly second: RecordRow
}

/** By the rules of every device; the likeliest first. */
async function pairsIn(
  { db }: Pick<Office, 'db'>,
  groups: Awaited<ReturnType<typeof alikeIn>>,
): Promise<readonly PairFound[]> {
  const keys = groups.flat()
  const rows = await loadRecords(
    db,
    keys.map(({ stream }) => stream),
    keys.map(({ id }) => id),
  )
  const people = new Map(
    rows.flatMap((row) => {
      const person = row.removed ? null : personOf(row.id, row.fields as Resident)
      return person ? [[`${row.stream} ${row.id}`, { row, person }] as const] : []
    }),
  )
  const found = new Map<string, PairFound>()
  for (const group of groups) {
    const members = group.flatMap(({ stream, id }) => people.get(`${stream} ${id}`) ?? [])
    for (const [index, a] of members.entries()) {
      for (const b of members.slice(index + 1)) {
        const likeness = likenessOf(a.person, b.person)
        if (likeness) {
          found.set(`${a.row.id} ${b.row.id}`, { first: a.row, second: b.row, ...likeness })
        }
      }
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score || (a.first.id < b.first.id ? -1 : 1))
}

async function told(
  { db }: Pick<Office, 'db'>,
  tree: readonly TreePlace[],
  pairs: readonly PairFound[],
  today: Day,
): Promise<PairsAnswer['pairs']> {
  const rows = pairs.flatMap(({ first, second }) => [first, second])
  const householdOf = ({ fields }: RecordRow) => (fields as Resident).household
  const doors = await doorsOf(
    db,
    rows.map((row) => ({ stream: row.stream, household: householdOf(row) })),
  )
  const parents = new Map(tree.map(({ id, parent }) => [id, parent]))
  const streams = [...new Set(rows.map(({ stream }) => stream))]
  const above = streams.flatMap((stream) => parents.get(stream) ?? [])
  const names = await namesOfPlaces(db, [...new Set([...streams, ...above])])
  const nameOf = (place: string | null | undefined) => names.get(place ?? '')?.name ?? null
  const one = (row: RecordRow) => {
    const { stream, id } = row
    const door = doors.get(`${stream} ${householdOf(row)}`) ?? null
    const person = row.fields as Resident
    return toFound({ kind: 'resident', stream, id, person, matched: 'name', door }, today, {
      ...{ place: nameOf(stream), above: nameOf(parents.get(stream)) },
    })
  }
  return pairs.map(({ first, second, score, reasons }) => ({
    ...{ first: one(first), second: one(second), score, reasons: [...reasons] },
  }))
}
