/** `/api/hotline…`: an office's own side of the hotline: keys of outside systems, and what waits to be admitted. */
import { Hono } from 'hono'
import { mayKeepHotline } from '#domain/permission.ts'
import {
  admitSchema,
  makeSystemSchema,
  systemActSchema,
  turnAwaySchema,
} from '#protocol/hotline.ts'
import { admit, makeSystem, renewKey, stopSystem, turnAway } from '../acts/hotline.ts'
import type { Performed } from '../acts/perform.ts'
import { countWaiting, listSystems, listWaiting } from '../db/hotline-lists.ts'
import { actingOf, actRoute, answer, maxActBytes } from './acting.ts'
import { limitBody, readBody, refuse, type Env, type Office, type RouteContext } from './context.ts'

export function hotlineRoutes(office: Office, isOn: boolean): Hono<Env> {
  const { db, randomBytes } = office
  const app = new Hono<Env>()
  /** 256 random bits, with a beginning by which a scanner of leaked keys knows it. */
  const newKey = () => `wuse_${Buffer.from(randomBytes(32)).toString('base64url')}`
  /** The key is told where the act was done just now: nobody has it a second time, the server neither. */
  const told = (context: RouteContext, key: string, performed: Performed) =>
    answer(office, context, performed, {
      key: performed.ok && performed.value !== null ? key : null,
    })

  app.use('*', limitBody(maxActBytes))
  app.get('/', async (context) => {
    const { account, role } = context.get('session')
    context.header('Cache-Control', 'no-store')
    if (context.req.query('count') !== undefined) {
      return context.json({ ok: true, count: await countWaiting(db, account) })
    }
    const { waiting, count } = await listWaiting(db, account)
    const systems = mayKeepHotline(role) ? await listSystems(db, account, office.clock.now()) : []
    return context.json({ ok: true, isOn, systems, waiting, count })
  })
  app.post('/make', async (context) => {
    const request = await readBody(context, makeSystemSchema)
    if (!request) return refuse(context, 'malformed')
    const key = newKey()
    return told(
      context,
      key,
      await makeSystem(db, actingOf(office, context, request.act), request, key),
    )
  })
  app.post('/renew', async (context) => {
    const request = await readBody(context, systemActSchema)
    if (!request) return refuse(context, 'malformed')
    const key = newKey()
    return told(
      context,
      key,
      await renewKey(db, actingOf(office, context, request.act), request, key),
    )
  })
  app.post(
    '/stop',
    actRoute(office, systemActSchema, (request, acting) => stopSystem(db, acting, request)),
  )
  app.post(
    '/admit',
    actRoute(office, admitSchema, (request, acting) => admit(db, acting, request)),
  )
  app.post(
    '/turn-away',
    actRoute(office, turnAwaySchema, (request, acting) => turnAway(db, acting, request)),
  )
  return app
}
