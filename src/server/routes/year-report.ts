/** `GET /api/year/:year`: what a year of handling personal data was, in numbers, for the office's yearly audit. */
import { Hono } from 'hono'
import { dayAt } from '#domain/day.ts'
import { readYear } from '../db/year-report.ts'
import { streamsOf } from '../db/streams.ts'
import { refuse, type Env, type Office } from './context.ts'

export function yearReportRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:year', async (context) => {
    const asked = context.req.param('year')
    if (!/^20\d{2}$/.test(asked)) return refuse(context, 'malformed')
    const { account } = context.get('session')
    const now = office.clock.now()
    const day = dayAt(now)
    const own = (await streamsOf(office.db, account)).filter((stream) => stream.own)
    const streams = own.map(({ id }) => id)
    const isWhole = own.some(({ root }) => root)
    const year = Number(asked)
    context.header('Cache-Control', 'no-store')
    return context.json({
      ...{ ok: true, at: new Date(now).toISOString(), day, year },
      ...(await readYear(office.db, streams, year, day, isWhole)),
    })
  })
  return app
}
