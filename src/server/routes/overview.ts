/** `/api/overview`: how an account's places stand, in numbers; `/api/overview/:place`: its weeks, and today's changes. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { dayAt } from '#domain/day.ts'
import { id as uuid } from '#domain/field.ts'
import { leastTold } from '#domain/small-cells.ts'
import { maySeeDevices, maySeePersons } from '#domain/permission.ts'
import { overviewOf, placeOverviewOf, walkersOf } from '../colours/overview.ts'
import { refuse, type Env, type Office } from './context.ts'

export function overviewRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  const head = (isGuarded: boolean) => {
    const now = office.clock.now()
    const at = new Date(now).toISOString()
    return { ok: true, at, day: dayAt(now), least: isGuarded ? leastTold : 0 } as const
  }
  app.get('/', async (context) => {
    const { account, role } = context.get('session')
    const isGuarded = !maySeePersons(role)
    const said = head(isGuarded)
    const figures = await overviewOf(office.db, account, said.day, isGuarded)
    const ids = figures.map(({ id }) => id)
    const { walkers, silentDevices } = await walkersOf(office.db, ids, office.clock.now())
    const seesDevices = maySeeDevices(role)
    const places = figures.map((place) => {
      const syncedOn = seesDevices ? (walkers.get(place.id) ?? null) : null
      return { ...place, walked: walkers.has(place.id), syncedOn }
    })
    context.header('Cache-Control', 'no-store')
    return context.json({ ...said, places, silentDevices: seesDevices ? silentDevices : null })
  })
  app.get('/:place', async (context) => {
    const asked = v.safeParse(uuid, context.req.param('place'))
    if (!asked.success) return refuse(context, 'malformed')
    const place = asked.output
    const { account, role } = context.get('session')
    const isGuarded = !maySeePersons(role)
    const said = head(isGuarded)
    const found = await placeOverviewOf(office.db, account, place, said.day, isGuarded)
    // A place of others and one that does not exist are the same to whoever asks.
    if (!found) return refuse(context, 'stream-not-yours')
    context.header('Cache-Control', 'no-store')
    return context.json({ ...said, place, ...found })
  })
  return app
}
