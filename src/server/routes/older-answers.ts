/**
 * What an app of before version 0.3.0 is told of accounts: it takes an answer with a role that it does not know for no answer
 * at all, so that nobody could end a lost device on it. The gate is said as the role that sees as little.
 */
import { createMiddleware } from 'hono/factory'
import { protocolHeader } from '#protocol/session.ts'

/** Answers that name accounts with their roles. */
const named = ['/api/places', '/api/devices', '/api/audit']
const firstWithGate = 4

export const sayRolesToOlder = createMiddleware(async (context, next) => {
  await next()
  if (Number(context.req.header(protocolHeader) ?? 0) >= firstWithGate) return
  if (!named.some((path) => context.req.path.startsWith(path))) return
  if (!context.res.headers.get('content-type')?.startsWith('application/json')) return
  const text = await context.res.text()
  // Quotes within a value have a stroke before them, so this is always the role itself.
  const said = text.replaceAll('"role":"gate"', '"role":"handler"')
  const { status, headers } = context.res
  headers.delete('content-length')
  context.res = undefined
  context.res = new Response(said, { status, headers })
})
