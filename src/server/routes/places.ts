/** `/api/places`: the tree of places as whoever runs an office keeps it. */
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type * as v from 'valibot'
import { mayKeepAccounts } from '#domain/permission-of-places.ts'
import {
  addPlaceSchema,
  assignGridSchema,
  closePlaceSchema,
  mergeGridsSchema,
  moveBuildingsSchema,
  renamePlaceSchema,
  turnPlaceSchema,
} from '#protocol/places.ts'
import { mergeGrids, moveBuildings, problemOfMerge, type Going, type Step } from '../acts/grids.ts'
import { problemOfJourney, type Journey } from '../acts/move-buildings.ts'
import type { Acting } from '../acts/perform.ts'
import { addPlace, assignGrid, closePlace, renamePlace } from '../acts/places.ts'
import { turnPlace } from '../acts/turn-place.ts'
import { listAccounts } from '../db/accounts.ts'
import { figuresOf, placesBelow } from '../db/places.ts'
import { actingOf, actRoute, maxActBytes } from './acting.ts'
import { limitBody, readBody, refuse, type Env, type Office, type RouteContext } from './context.ts'

export function placeRoutes(office: Office): Hono<Env> {
  const { db } = office
  const app = new Hono<Env>()
  app.use(limitBody(maxActBytes))
  app.get('/', async (context) => {
    const { account, role } = context.get('session')
    const places = [...(await placesBelow(db, account)).keys()]
    const accounts = await listAccounts(db, account)
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      figures: await figuresOf(db, places),
      accounts: accounts.map(({ closed_at, one_time_until, factor, beyond, ...one }) => ({
        id: one.id,
        login: one.login,
        name: one.name,
        role: one.role,
        places: one.places,
        closedAt: one.closed ? (closed_at?.toISOString() ?? null) : null,
        oneTimeUntil: one_time_until?.toISOString() ?? null,
        factor,
        kept: one.id !== account && mayKeepAccounts(role, one.role) && (one.closed || !beyond),
      })),
    })
  })
  app.post(
    '/add',
    actRoute(office, addPlaceSchema, (request, acting) => addPlace(db, acting, request)),
  )
  app.post(
    '/rename',
    actRoute(office, renamePlaceSchema, (request, acting) => renamePlace(db, acting, request)),
  )
  app.post(
    '/close',
    actRoute(office, closePlaceSchema, ({ place }, acting) => closePlace(db, acting, place)),
  )
  app.post(
    '/assign',
    actRoute(office, assignGridSchema, async (request, acting) => {
      const assigned = await assignGrid(db, acting, request)
      // Under another community there may be another scheme.
      if (assigned.ok) void office.recolour.wake()
      return assigned
    }),
  )
  app.post(
    '/turn',
    actRoute(office, turnPlaceSchema, async (request, acting) => {
      const turned = await turnPlace(db, acting, request)
      // Under another community there may be another scheme.
      if (turned.ok) void office.recolour.wake()
      return turned
    }),
  )
  app.post(
    '/move',
    journeyRoute(office, moveBuildingsSchema, problemOfJourney, (acting, request, going) =>
      moveBuildings(db, acting, request, request.buildings, going),
    ),
  )
  app.post(
    '/merge',
    journeyRoute(office, mergeGridsSchema, problemOfMerge, (acting, request, going) =>
      mergeGrids(db, acting, request, going),
    ),
  )
  return app
}

/** Answered with a line for each building; whoever closes the answer stops it after the one that goes. */
function journeyRoute<T extends v.GenericSchema<unknown, Journey & { readonly act: string }>>(
  office: Office,
  schema: T,
  problemOf: typeof problemOfJourney,
  go: (acting: Acting, request: v.InferOutput<T>, going: Going) => AsyncGenerator<Step>,
) {
  return async (context: RouteContext): Promise<Response> => {
    const request = await readBody(context, schema)
    if (!request) return refuse(context, 'malformed')
    const acting = actingOf(office, context, request.act)
    const problem = await problemOf(office.db, acting, request)
    if (problem) return refuse(context, problem)
    const steps = go(acting, request, {
      clock: office.clock,
      onMoved: (streams) => office.pokes.poke(streams),
      signal: context.req.raw.signal,
    })
    context.header('Content-Type', 'application/x-ndjson')
    context.header('Cache-Control', 'no-store')
    return context.body(Readable.toWeb(Readable.from(asBytes(steps))) as ReadableStream)
  }
}

async function* asBytes(steps: AsyncIterable<Step>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const step of steps) yield encoder.encode(`${JSON.stringify(step)}\n`)
}
