/** `/healthz` and `/metrics`, for whoever keeps the server running. Numbers only. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { isReachable } from '../db/reach.ts'
import { isLoopback } from './caller-address.ts'
import { refuse, type Env, type Office, type RouteContext } from './context.ts'

const patienceMs = 2_000

export function healthRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  // 200 while the database answers and takes what is written; 503 with a word where one of them fails: a server that
  // still reads goes on showing, and says that nothing can be saved to it.
  app.get('/healthz', async (context) => {
    const reads = await isReachable(office.db, patienceMs)
    const problem = reads ? await office.writeProbe.look() : 'database-unreachable'
    const ok = problem === null
    context.header('Cache-Control', 'no-store')
    return context.json({ ok, reads, writes: ok, ...(problem ? { problem } : {}) }, ok ? 200 : 503)
  })
  // For whoever keeps the server running: anybody else learns not even that it is there.
  app.get('/metrics', async (context) => {
    if (!mayReadMetrics(office, context)) return refuse(context, 'not-found')
    return context.text(await office.metrics.text(), 200, { 'Cache-Control': 'no-store' })
  })
  return app
}

const forwarded = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host']

/**
 * With the token where one is set. Without one, this machine alone, and only where no proxy serves it to others: the
 * peer of a proxy on the same machine is this machine as well, whoever sent the request.
 */
function mayReadMetrics(office: Office, context: RouteContext): boolean {
  const { caller, metricsToken, secureCookies } = office
  if (metricsToken !== null) return isToken(context.req.header('authorization'), metricsToken)
  if (secureCookies || caller.isBehindProxies) return false
  const isForwarded = forwarded.some((name) => context.req.header(name) !== undefined)
  return !isForwarded && isLoopback(caller.addressOf(context))
}

/** By hashes of one length, so that the time it takes says nothing. */
function isToken(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`))
}
