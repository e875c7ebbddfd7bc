/** `POST /api/audit`: who did what in the places that one oversees. The question is a body, so that no address names anybody. */
import { Hono } from 'hono'
import { auditRequestSchema } from '#protocol/audit.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { readAudit } from '../db/audit-read.ts'
import { streamsOf } from '../db/streams.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'

export function auditRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', limitBody(8 * 1024), async (context) => {
    const { account, role, device } = context.get('session')
    const request = await readBody(context, auditRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const moments = [request.from, request.to, request.before?.at]
    if (moments.some((one) => one !== undefined && Number.isNaN(Date.parse(one)))) {
      return refuse(context, 'malformed')
    }
    const own = (await streamsOf(office.db, account)).filter((stream) => stream.own)
    const streams = own.map(({ id }) => id)
    const isWhole = own.some(({ root }) => root)
    // Noted before it is answered: what cannot be noted is not shown.
    await auditAlone(office.db, officeChain, {
      ...{ act: 'audit-read', at: new Date(office.clock.now()).toISOString(), account, device },
      record: request.record ?? null,
      facts: {
        ...{ role, of: request.account ?? null, acts: request.acts ?? null },
        ...(request.taken ? { taken: true } : {}),
      },
    })
    const answer = await readAudit(office.db, streams, isWhole, request)
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, ...answer })
  })
  return app
}
