/** `/api/requests/…`: requests in numbers, as a list without persons, and what other rules would make of them. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { calendarSchema } from '#domain/calendar.ts'
import { dayAt } from '#domain/day.ts'
import { id as uuid } from '#domain/field.ts'
import { catalogueSchema } from '#domain/requests/catalogue.ts'
import { leastTold } from '#domain/small-cells.ts'
import { rulesPreviewRequestSchema } from '#protocol/rules-preview.ts'
import { findRequestSchema, requestListings } from '#protocol/requests.ts'
import { findRequest } from '../db/find-request.ts'
import {
  readFigures,
  readRequestPage,
  readSpots,
  readWeeks,
  streamsUnder,
} from '../db/request-figures.ts'
import { readPast } from '../db/request-past.ts'
import { previewRules } from '../db/rules-preview.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'

const cursor = v.pipe(
  v.string(),
  v.regex(/^[0-9A-Za-z :.+-]{4,40}\|[0-9a-f-]{36}$/),
  v.transform((text) => {
    const [promise = '', request = ''] = text.split('|')
    return { promise, request }
  }),
  v.check(({ promise, request }) => {
    return v.is(uuid, request) && (promise === 'infinity' || !Number.isNaN(Date.parse(promise)))
  }),
)

const querySchema = v.object({
  listing: v.picklist(requestListings),
  /** `none`: those without an item. */
  item: v.optional(v.union([uuid, v.literal('none')])),
  unit: v.optional(uuid),
  building: v.optional(uuid),
  after: v.optional(cursor),
})

export function requestRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/overview/:place', async (context) => {
    const place = v.safeParse(uuid, context.req.param('place'))
    if (!place.success) return refuse(context, 'malformed')
    const { account } = context.get('session')
    const under = await streamsUnder(office.db, account, place.output)
    // A place of others and one that does not exist are the same to whoever asks.
    if (under.size === 0) return refuse(context, 'stream-not-yours')
    const now = office.clock.now()
    const day = dayAt(now)
    const streams = [...under.keys()]
    context.header('Cache-Control', 'no-store')
    return context.json({
      ...{ ok: true, at: new Date(now).toISOString(), day, place: place.output, least: leastTold },
      ...(await readFigures(office.db, under, now, day)),
      spots: await readSpots(office.db, streams, day),
      weeks: await readWeeks(office.db, streams, day),
      ...(await readPast(office.db, streams, day)),
    })
  })
  app.get('/list/:place', async (context) => {
    const place = v.safeParse(uuid, context.req.param('place'))
    const query = v.safeParse(querySchema, context.req.query())
    if (!place.success || !query.success) return refuse(context, 'malformed')
    const { account } = context.get('session')
    const under = await streamsUnder(office.db, account, place.output)
    if (under.size === 0) return refuse(context, 'stream-not-yours')
    const now = office.clock.now()
    const { listing, item = null, unit = null, building = null, after = null } = query.output
    const asked = { listing, item, unit, building, after }
    const page = await readRequestPage(office.db, [...under.keys()], asked, now, dayAt(now))
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, at: new Date(now).toISOString(), ...page })
  })
  app.post('/find', limitBody(maxQuestionBytes), async (context) => {
    const request = await readBody(context, findRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const { number, hash } = request
    const wanted = hash !== undefined ? { hash } : number !== undefined ? { number } : null
    if (!wanted) return refuse(context, 'malformed')
    const { account } = context.get('session')
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, found: await findRequest(office.db, account, wanted) })
  })
  app.post('/preview', limitBody(maxDraftBytes), async (context) => {
    const request = await readBody(context, rulesPreviewRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const catalogue = readDraft(catalogueSchema, request.catalogue)
    const calendar = readDraft(calendarSchema, request.calendar)
    if (catalogue === undefined || calendar === undefined) return refuse(context, 'malformed')
    const { account } = context.get('session')
    const under = await streamsUnder(office.db, account, request.place)
    if (under.size === 0) return refuse(context, 'stream-not-yours')
    const draft = { catalogue, calendar }
    const now = office.clock.now()
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      ...(await previewRules(office.db, request.place, [...under.keys()], draft, now)),
    })
  })
  return app
}

const maxQuestionBytes = 4 * 1024
/** 600 kinds with all their words stay far below. */
const maxDraftBytes = 1024 * 1024

/** Null where none was given, undefined where it is none. */
function readDraft<T extends v.GenericSchema>(
  schema: T,
  given: unknown,
): v.InferOutput<T> | null | undefined {
  if (given === undefined) return null
  const parsed = v.safeParse(schema, given)
  return parsed.success ? parsed.output : undefined
}
