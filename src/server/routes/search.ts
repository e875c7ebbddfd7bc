/** `POST /api/search`: who and which door, over all places of the account; with a purpose, on record, masked. */
import { Hono } from 'hono'
import { ageOn, dayAt, type Day } from '#domain/day.ts'
import { maskName } from '#domain/mask.ts'
import { birthOf } from '#domain/minor.ts'
import { readBeyond } from '#domain/search-beyond.ts'
import { readQuery } from '#domain/search-query.ts'
import { mostFound, searchRequestSchema, type Found, type SearchAnswer } from '#protocol/search.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { namesOfPlaces, treeBelow } from '../db/place-tree.ts'
import { searchStreams, type FoundRow } from '../db/search.ts'
import { createAllowance } from './allowance.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'

const maxQuestionBytes = 4 * 1024
/** A counter at its busiest asks less; whoever reads through a subdistrict is slowed to a few hundred an hour. */
const pace = { most: 40, aSecond: 0.1 }

export function searchRoutes(office: Office): Hono<Env> {
  const { db, clock } = office
  const allowance = createAllowance(clock, pace)
  const app = new Hono<Env>()
  app.post('/', limitBody(maxQuestionBytes), async (context) => {
    const request = await readBody(context, searchRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const wanted = readBeyond(readQuery(request.asked))
    if (wanted.length === 0) return refuse(context, 'invalid-fields')
    const { account, device, role } = context.get('session')
    const wait = allowance.take(account)
    if (wait > 0) return refuse(context, 'too-many-attempts', wait)
    const tree = await treeBelow(db, account)
    const { rows, more } = await searchStreams(
      db,
      tree.map(({ id }) => id),
      wanted,
      mostFound,
    )
    const [only] = rows
    // Noted before it is answered: what cannot be noted is not shown.
    await auditAlone(db, officeChain, {
      ...{ act: 'search', at: new Date(clock.now()).toISOString(), account, device },
      record: rows.length === 1 ? (only?.id ?? null) : null,
      facts: {
        role,
        purpose: request.purpose,
        by: wanted.map(({ by }) => by).join(),
        count: rows.length,
      },
    })
    const parents = new Map(tree.map(({ id, parent }) => [id, parent]))
    const streams = [...new Set(rows.map(({ stream }) => stream))]
    const above = streams.flatMap((stream) => parents.get(stream) ?? [])
    const names = await namesOfPlaces(db, [...new Set([...streams, ...above])])
    const nameOf = (place: string | null | undefined) => names.get(place ?? '')?.name ?? null
    const today = dayAt(clock.now())
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      more,
      found: rows.map((row) => {
        const place = { place: nameOf(row.stream), above: nameOf(parents.get(row.stream)) }
        return toFound(row, today, place)
      }),
    } satisfies SearchAnswer)
  })
  return app
}

/** Masked, and with no number. */
export function toFound(row: FoundRow, today: Day, place: Pick<Found, 'place' | 'above'>): Found {
  const { kind, id, stream, matched } = row
  const door = row.door && {
    ...{ estate: row.door.estate, building: row.door.building, units: row.door.units },
    ...{ unit: row.door.unit, floor: row.door.floor, room: row.door.room },
  }
  const nobody = { name: null, sex: null, age: null, gone: null }
  if (row.kind === 'dwelling') return { kind, id, stream, matched, door, ...nobody, ...place }
  const { name = '', sex = null, mergedInto, diedOn, movedOutOn } = row.person
  const gone = mergedInto ? 'merged' : diedOn ? 'died' : movedOutOn ? 'moved-out' : null
  const born = gone ? null : birthOf(row.person, today)
  const age = born === null || born > today ? null : ageOn(born, today)
  return { kind, id, stream, matched, door, name: maskName(name), sex, age, gone, ...place }
}
