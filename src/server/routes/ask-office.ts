/** `/api/ask…`: the resident's page as an office keeps it: codes on walls, and what waits to be admitted. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { pictureHash } from '#domain/ask/photos.ts'
import { id as uuid } from '#domain/field.ts'
import {
  admitAskedSchema,
  codesActSchema,
  makeCodesSchema,
  setPageSchema,
  takeBackAskedSchema,
  turnAwayAskedSchema,
} from '#protocol/ask.ts'
import { admitAsked, takeBackAsked, turnAwayAsked } from '../acts/asked.ts'
import { makeCodes, notePrinted, setPage, stopCodes } from '../acts/codes.ts'
import { findAskPhoto, pictureOf } from '../db/ask-photos.ts'
import { countAsked, listAsked } from '../db/ask-lists.ts'
import { idsBelow } from '../db/place-tree.ts'
import { actingOf, actRoute, answer, maxActBytes } from './acting.ts'
import { askAddress, type AskSettings } from './ask/origin.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'

const photoSchema = v.object({ place: uuid, waiting: uuid, photo: pictureHash })

export function askOfficeRoutes(office: Office, ask: AskSettings | null): Hono<Env> {
  const { db, randomBytes, clock } = office
  const app = new Hono<Env>()
  app.use('*', limitBody(maxActBytes))
  app.get('/', async (context) => {
    const { account } = context.get('session')
    context.header('Cache-Control', 'no-store')
    if (context.req.query('count') !== undefined) {
      return context.json({ ok: true, count: await countAsked(db, account) })
    }
    const address = ask && askAddress(ask, context.req.raw)
    const listed = await listAsked(db, account, clock.now())
    return context.json({ ok: true, isOn: ask !== null, address, ...listed })
  })
  app.get('/photo/:place/:waiting/:photo', async (context) => {
    const asked = v.safeParse(photoSchema, context.req.param())
    if (!asked.success) return refuse(context, 'malformed')
    const { place, waiting: ask, photo: sha256 } = asked.output
    const { account } = context.get('session')
    const row = (await idsBelow(db, account)).includes(place)
      ? await findAskPhoto(db, { place, ask, sha256 })
      : undefined
    if (!row?.arrived_at || row.photo !== null) return refuse(context, 'not-found')
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, picture: (await pictureOf(db, row)).toString('base64') })
  })
  app.post('/codes/make', async (context) => {
    const request = await readBody(context, makeCodesSchema)
    if (!request) return refuse(context, 'malformed')
    // Without a page a sticker would lead nowhere.
    if (!ask) return refuse(context, 'not-found')
    const more = { address: askAddress(ask, context.req.raw), randomBytes }
    const acting = actingOf(office, context, request.act)
    return answer(office, context, await makeCodes(db, acting, { ...request, ...more }))
  })
  app.post(
    '/codes/stop',
    actRoute(office, codesActSchema, (request, acting) => stopCodes(db, acting, request)),
  )
  app.post(
    '/codes/printed',
    actRoute(office, codesActSchema, (request, acting) => notePrinted(db, acting, request)),
  )
  app.post(
    '/page',
    actRoute(office, setPageSchema, (request, acting) => setPage(db, acting, request)),
  )
  app.post(
    '/admit',
    actRoute(office, admitAskedSchema, async (request, acting) => {
      const performed = await admitAsked(db, acting, request)
      void office.requests.wake()
      return performed
    }),
  )
  app.post(
    '/turn-away',
    actRoute(office, turnAwayAskedSchema, (request, acting) => turnAwayAsked(db, acting, request)),
  )
  app.post(
    '/take-back',
    actRoute(office, takeBackAskedSchema, (request, acting) => takeBackAsked(db, acting, request)),
  )
  return app
}
