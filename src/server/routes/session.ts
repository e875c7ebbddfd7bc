/** Signing in, out, and who is signed in. */
import { createHash } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Hono, type MiddlewareHandler } from 'hono'
import { signInRequestSchema } from '#protocol/session.ts'
import {
  countAttempts,
  endSession,
  enrolDevice,
  findAccount,
  findDevice,
  findSession,
  forgetAttempts,
  noteAttempt,
  prolongSession,
  startSession,
} from '../db/accounts.ts'
import { isPassword } from '../db/passwords.ts'
import {
  problemOfProtocol,
  readBody,
  refuse,
  type Env,
  type Office,
  type RouteContext,
} from './context.ts'

const dayMs = 86_400_000
const sessionMs = 30 * dayMs

const windowMs = 15 * 60_000
const mostPerLogin = 10
/** An office's people sit behind one address. */
const mostPerAddress = 100

/**
 * Verified where there is no such login, so that the time an answer takes tells nobody which logins exist.
 * The hash of random bytes that were thrown away.
 */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$b3IyNGVEOXNkZnNkZmE0Mw$8cCv8yS1Xn4ZJcM0pAq3TzvK4m9bR2QeJ0nq6wQ1dYs'

function cookieName(office: Office): string {
  return office.secureCookies ? '__Host-wuse' : 'wuse'
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function sessionRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', (context) => signIn(office, context))
  app.get('/', requireSession(office), (context) => {
    const session = context.get('session')
    return context.json({
      ok: true,
      account: { id: session.account, name: session.name, role: session.role },
      device: session.device,
      now: new Date(office.clock.now()).toISOString(),
    })
  })
  app.delete('/', async (context) => {
    const token = getCookie(context, cookieName(office))
    if (token) await endSession(office.db, hashOf(token))
    deleteCookie(context, cookieName(office), { path: '/', secure: office.secureCookies })
    return context.json({ ok: true })
  })
  return app
}

async function signIn(office: Office, context: RouteContext): Promise<Response> {
  const request = await readBody(context, signInRequestSchema)
  if (!request) return refuse(context, 'malformed')
  const outdated = problemOfProtocol(request.protocol)
  if (outdated) return refuse(context, outdated)
  const { db } = office
  const now = office.clock.now()
  const keys = [`login/${hashOf(request.login)}`, `address/${hashOf(addressOf(context))}`]
  const since = new Date(now - windowMs)
  const [byLogin = 0, byAddress = 0] = await Promise.all(
    keys.map((key) => countAttempts(db, key, since)),
  )
  if (byLogin >= mostPerLogin || byAddress >= mostPerAddress) {
    return refuse(context, 'too-many-attempts', windowMs / 1000)
  }
  const account = await findAccount(db, request.login)
  const isRight = await isPassword(request.password, account?.password ?? nobody)
  if (!account || !isRight) {
    await noteAttempt(db, keys, new Date(now))
    await forgetAttempts(db, since)
    return refuse(context, 'wrong-password')
  }
  if (account.closed) return refuse(context, 'account-closed')
  const known = await findDevice(db, request.device)
  // A device id belongs to one account for ever: another one may not take its sequence over.
  if (known && known.account !== account.id) return refuse(context, 'not-allowed')
  if (known?.revoked_at) return refuse(context, 'device-revoked')
  const device = { id: request.device, account: account.id, name: request.deviceName }
  const key = known?.key ?? Buffer.from(office.randomBytes(32)).toString('base64')
  await enrolDevice(db, device, key, new Date(now))
  const token = Buffer.from(office.randomBytes(32)).toString('base64url')
  await startSession(db, {
    hash: hashOf(token),
    account: account.id,
    device: device.id,
    created_at: new Date(now),
    expires_at: new Date(now + sessionMs),
  })
  putCookie(office, context, token)
  return context.json({
    ok: true,
    account: { id: account.id, name: account.name, role: account.role },
    device: device.id,
    deviceKey: key,
    now: new Date(now).toISOString(),
  })
}

function putCookie(office: Office, context: RouteContext, token: string): void {
  setCookie(context, cookieName(office), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: office.secureCookies,
    maxAge: sessionMs / 1000,
  })
}

/** The peer's address; requests that come without a socket (in tests) share one. */
function addressOf(context: RouteContext): string {
  try {
    return getConnInfo(context).remote.address ?? ''
  } catch {
    return ''
  }
}

/** Lets only a living session through, and lets it live on while it is used. */
export function requireSession(office: Office): MiddlewareHandler<Env> {
  return async (context, next) => {
    const token = getCookie(context, cookieName(office))
    if (!token) return refuse(context, 'not-signed-in')
    const hash = hashOf(token)
    const session = await findSession(office.db, hash)
    const now = office.clock.now()
    if (!session || session.expires_at.getTime() <= now) return refuse(context, 'session-ended')
    if (session.revoked_at) return refuse(context, 'device-revoked')
    if (session.closed) return refuse(context, 'account-closed')
    if (session.expires_at.getTime() - now < sessionMs - dayMs) {
      await prolongSession(office.db, hash, new Date(now + sessionMs))
      putCookie(office, context, token)
    }
    context.set('session', session)
    context.set('sessionHash', hash)
    return next()
  }
}
