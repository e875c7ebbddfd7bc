/** Signing in, out, and who is signed in. */
import { createHash } from 'node:crypto'
import { Hono, type MiddlewareHandler } from 'hono'
import type { Role } from '#domain/account.ts'
import { isWeakPassword } from '#domain/password.ts'
import type { Problem } from '#protocol/problem.ts'
import { signInRequestSchema, type SignInRequest } from '#protocol/session.ts'
import { exchangePassword, findAccount, type AccountRow } from '../db/accounts.ts'
import { forgetAttempt, forgetAttemptsBefore, noteAttempt } from '../db/attempts.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { enrolDevice, findDevice } from '../db/devices.ts'
import { hashPassword, isPassword } from '../db/passwords.ts'
import {
  endSession,
  findSession,
  prolongSession,
  startSession,
  type SessionRow,
} from '../db/sessions.ts'
import {
  addressOf,
  limitBody,
  problemOfProtocol,
  readBody,
  refuse,
  type Env,
  type Office,
  type RouteContext,
} from './context.ts'
import { dropToken, putToken, readToken } from './session-cookie.ts'

const maxBodyBytes = 16 * 1024

const dayMs = 86_400_000
const sessionMs = 30 * dayMs

export const windowMs = 15 * 60_000
export const mostPerLogin = 10
/** An office's people sit behind one address. */
const mostPerAddress = 100

/**
 * Verified where there is no such login, so that the time an answer takes tells nobody which logins exist.
 * The hash of random bytes that were thrown away.
 */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$b3IyNGVEOXNkZnNkZmE0Mw$8cCv8yS1Xn4ZJcM0pAq3TzvK4m9bR2QeJ0nq6wQ1dYs'

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function sessionRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', limitBody(maxBodyBytes), (context) => signIn(office, context))
  app.get('/', (context) => {
    const session = context.get('session')
    context.header('Cache-Control', 'no-store')
    const account = { id: session.account, name: session.name, role: session.role }
    return context.json(sessionBody(office, account, session.device))
  })
  app.delete('/', async (context) => {
    const token = readToken(office, context)
    const session = token ? await findSession(office.db, hashOf(token)) : undefined
    if (token) await endSession(office.db, hashOf(token))
    if (session) {
      const { account, device } = session
      await auditAlone(office.db, officeChain, {
        ...{ act: 'sign-out', at: isoNow(office), account, device },
      })
    }
    // Its open event stream looks at once whether it may go on.
    office.pokes.poke([])
    if (session) dropToken(office, context, session.device)
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
  const attempt = office.ids()
  const byLogin = `login/${hashOf(request.login)}`
  const byAddress = `address/${hashOf(addressOf(context))}`
  const since = new Date(now - windowMs)
  const counts = await noteAttempt(db, attempt, [byLogin, byAddress], new Date(now), since)
  if ((counts.get(byLogin) ?? 0) > mostPerLogin || (counts.get(byAddress) ?? 0) > mostPerAddress) {
    await forgetAttempt(db, attempt)
    return refuse(context, 'too-many-attempts', windowMs / 1000)
  }
  const account = await findAccount(db, request.login)
  const isRight = await isPassword(request.password, account?.password ?? nobody)
  // Chosen a moment ago, and the answer was lost: whoever has the new one is in.
  const isChosen =
    !isRight &&
    account?.one_time_until === null &&
    request.newPassword !== undefined &&
    (await isPassword(request.newPassword, account.password))
  if (!account || !(isRight || isChosen)) {
    await forgetAttemptsBefore(db, since)
    await auditFailure(office, account?.id ?? null, 'wrong-password')
    return refuse(context, 'wrong-password')
  }
  await forgetAttempt(db, attempt)
  if (account.closed) {
    await auditFailure(office, account.id, 'account-closed')
    return refuse(context, 'account-closed')
  }
  if (account.one_time_until) {
    const problem = await takeNewPassword(office, account, request)
    if (problem) return refuse(context, problem)
  }
  const id = request.device.toLowerCase()
  const known = await findDevice(db, id)
  // A device id belongs to one account for ever: another one may not take its sequence over.
  if (known && known.account !== account.id) return refuse(context, 'not-allowed')
  if (known?.revoked_at) {
    await auditFailure(office, account.id, 'device-revoked')
    return refuse(context, 'device-revoked')
  }
  const key = known?.key ?? Buffer.from(office.randomBytes(32)).toString('base64')
  const wanted = { id, account: account.id, name: request.deviceName, key }
  const device = await enrolDevice(db, wanted, new Date(now))
  if (device.account !== account.id) return refuse(context, 'not-allowed')
  const token = Buffer.from(office.randomBytes(32)).toString('base64url')
  await auditAlone(db, officeChain, {
    ...{ act: 'sign-in', at: isoNow(office), account: account.id, device: id },
    facts: { role: account.role },
  })
  await startSession(db, {
    hash: hashOf(token),
    account: account.id,
    device: id,
    created_at: new Date(now),
    expires_at: new Date(now + sessionMs),
  })
  putToken(office, context, id, token, sessionMs)
  context.header('Cache-Control', 'no-store')
  return context.json({ ...sessionBody(office, account, id), deviceKey: device.key })
}

/** What was typed is kept nowhere; of a login that there is not, not even which. */
async function auditFailure(
  office: Office,
  account: string | null,
  problem: Problem,
): Promise<void> {
  const entry = { act: 'sign-in-failed', at: isoNow(office), account, facts: { problem } } as const
  await auditAlone(office.db, officeChain, entry)
}

/** Null where the office's password was exchanged for one's own. */
async function takeNewPassword(
  office: Office,
  { id, login, password: old, one_time_until: until }: AccountRow,
  { protocol, password, newPassword }: SignInRequest,
): Promise<Problem | null> {
  if (until && until.getTime() < office.clock.now()) return 'one-time-expired'
  // An older app has no field for it; it updates itself.
  if (protocol < 2) return 'app-too-old'
  if (newPassword === undefined) return 'new-password-needed'
  if (newPassword === password || isWeakPassword(newPassword, login)) return 'weak-password'
  const hash = await hashPassword(newPassword, office.randomBytes(16))
  // Of two at once the first one counts: the other one's password was exchanged already.
  return (await exchangePassword(office.db, id, old, hash)) ? null : 'wrong-password'
}

function sessionBody(
  office: Office,
  { id, name, role }: { readonly id: string; readonly name: string; readonly role: Role },
  device: string,
) {
  return { ok: true, account: { id, name, role }, device, now: isoNow(office) }
}

function isoNow({ clock }: Office): string {
  return new Date(clock.now()).toISOString()
}

/**
 * Lets only a living session through, and lets it live on while it is used. `closedToo`: also one of an account that
 * was closed meanwhile, as long as it runs.
 */
export function requireSession(
  office: Office,
  { closedToo = false }: { readonly closedToo?: boolean } = {},
): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (context.get('sessionHash') !== undefined) return next()
    const token = readToken(office, context)
    if (!token) return refuse(context, 'not-signed-in')
    const hash = hashOf(token)
    const session = await findSession(office.db, hash)
    const now = office.clock.now()
    const problem = problemOfSession(session, now)
    if (!session || (problem && !(closedToo && problem === 'account-closed'))) {
      return refuse(context, problem ?? 'session-ended')
    }
    if (!session.closed && session.expires_at.getTime() - now < sessionMs - dayMs) {
      await prolongSession(office.db, hash, new Date(now + sessionMs))
      putToken(office, context, session.device, token, sessionMs)
    }
    context.set('session', session)
    context.set('sessionHash', hash)
    return next()
  }
}

/** Null where the session lives. */
export function problemOfSession(session: SessionRow | undefined, now: number): Problem | null {
  if (!session || session.expires_at.getTime() <= now) return 'session-ended'
  if (session.revoked_at) return 'device-revoked'
  return session.closed ? 'account-closed' : null
}
