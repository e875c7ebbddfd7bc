/**
 * What a sign-in begins, and what opens the office afterwards. `POST /api/session/pass`: a pass of some hours for a sealed token. `POST /api/session/exchange`: a token for the
 * cookie of an app before version 0.2.0.
 */
import { Hono } from 'hono'
import { passRequestSchema } from '#protocol/session.ts'
import {
  addToken,
  findSession,
  findSessionByToken,
  startPass,
  startSession,
} from '../db/sessions.ts'
import { countGrids } from '../db/streams.ts'
import {
  limitBody,
  problemOfProtocol,
  readBody,
  refuse,
  type Env,
  type Office,
  type RouteContext,
} from './context.ts'
import {
  askedBy,
  dropCookie,
  isOfDevice,
  putCookie,
  readBearer,
  readCookie,
} from './session-cookie.ts'
import { hashOf } from './token-hash.ts'
import { endOfSession, problemOfSession } from './session.ts'

/** A day at work. */
const passMs = 8 * 60 * 60_000

const maxBodyBytes = 1024

/** From this version on devices seal a token; before it they have a cookie. */
const firstWithToken = 3

const makeToken = (office: Office) => Buffer.from(office.randomBytes(32)).toString('base64url')

interface Begun {
  readonly account: string
  readonly device: string
  /** That the device speaks. */
  readonly protocol: number
}

/** The session of whoever proved who they are; what of it goes into the answer, where it is not a cookie. */
export async function beginSession(
  office: Office,
  context: RouteContext,
  { account, device, protocol }: Begun,
): Promise<{ readonly token?: string; readonly grids?: number }> {
  const token = makeToken(office)
  const now = new Date(office.clock.now())
  const until = await endOfSession(office, account, now)
  const byCookie = protocol < firstWithToken
  await startSession(office.db, {
    ...{ hash: hashOf(token), account, device, by_cookie: byCookie },
    ...{ created_at: now, expires_at: until },
  })
  if (!byCookie) return { token, grids: await countGrids(office.db, account) }
  putCookie(office, context, device, token, until.getTime() - now.getTime())
  return {}
}

export function sessionPassRoutes(office: Office): Hono<Env> {
  const { db, clock } = office
  const app = new Hono<Env>()

  app.post('/pass', limitBody(maxBodyBytes), async (context) => {
    const request = await readBody(context, passRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const token = readBearer(context)
    if (token === null) return refuse(context, 'not-signed-in')
    const session = await findSessionByToken(db, askedBy(context, { bearer: token }))
    const now = clock.now()
    const until = session
      ? await endOfSession(office, session.account, session.created_at)
      : new Date(now)
    const problem = until.getTime() <= now ? 'session-ended' : problemOfSession(session, now)
    // What was recorded before its account was closed is still taken: push asks again.
    if (!session || (problem && problem !== 'account-closed')) {
      return refuse(context, problem ?? 'session-ended')
    }
    const pass = makeToken(office)
    const passUntil = Math.min(now + passMs, until.getTime())
    await startPass(db, session, { hash: hashOf(pass), expires_at: new Date(passUntil) }, until)
    // The cookie of before ended with this.
    if (readCookie(office, context) !== null) dropCookie(office, context, session.device)
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, pass, seconds: Math.floor((passUntil - now) / 1000) })
  })

  app.post('/exchange', limitBody(maxBodyBytes), async (context) => {
    const request = await readBody(context, passRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const cookie = readCookie(office, context)
    if (cookie === null) return refuse(context, 'not-signed-in')
    const session = await findSession(db, askedBy(context, { cookie }))
    if (session && !isOfDevice(context, session)) return refuse(context, 'not-signed-in')
    const problem = problemOfSession(session, clock.now())
    if (!session?.by_cookie || (problem && problem !== 'account-closed')) {
      return refuse(context, problem ?? 'session-ended')
    }
    const token = makeToken(office)
    await addToken(db, {
      hash: hashOf(token),
      account: session.account,
      device: session.device,
      created_at: session.created_at,
      expires_at: session.expires_at,
      by_cookie: false,
    })
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, token })
  })
  return app
}
