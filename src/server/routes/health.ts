/** `/healthz` and `/metrics`, for whoever keeps the server running. Numbers only. */
import { Hono } from 'hono'
import { isReachable } from '../db/reach.ts'
import { addressOf, refuse, type Env, type Office } from './context.ts'

const patienceMs = 2_000

export function healthRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  // 200 while the database answers, 503 while it does not.
  app.get('/healthz', async (context) => {
    const ok = await isReachable(office.db, patienceMs)
    context.header('Cache-Control', 'no-store')
    return context.json({ ok }, ok ? 200 : 503)
  })
  // For the machine itself: whoever comes through a proxy or from elsewhere learns not even that it is there.
  app.get('/metrics', (context) => {
    const isForwarded = ['forwarded', 'x-forwarded-for'].some((name) => context.req.header(name))
    if (isForwarded || !isLoopback(addressOf(context))) return refuse(context, 'not-found')
    return context.text(office.metrics.text(), 200, { 'Cache-Control': 'no-store' })
  })
  return app
}

/** Requests without a socket come from this very process. */
function isLoopback(address: string): boolean {
  return address === '' || address === '::1' || /^(?:::ffff:)?127\./.test(address)
}
