/**
 * `POST /api/session`: who gets in. One guess an attempt, the same work whether or not there is such a login, slower
 * with each failure and never shut out (`pace.ts`); then the second factor, where the account has one or has to have one.
 */
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Problem } from '#protocol/problem.ts'
import { signInRequestSchema, wasHereCookie, type SignInRequest } from '#protocol/session.ts'
import { exchangePassword, findAccount, type AccountRow } from '../db/accounts.ts'
import { auditAlone, calendarId, officeChain } from '../db/audit.ts'
import { enrolDevice, findDevice } from '../db/devices.ts'
import { findChoice, noteChoice, type PasswordChoice } from '../db/password-choices.ts'
import { isGuessable } from '../db/guessable.ts'
import {
  limitBody,
  problemOfProtocol,
  readBody,
  refuse,
  type Env,
  type Office,
  type RouteContext,
} from './context.ts'
import type { Turn } from './pace.ts'
import { checkFactor } from './second-factor.ts'
import { hashOf } from './token-hash.ts'
import { beginSession } from './session-pass.ts'
import { isoNow, sessionBody } from './session.ts'

const maxBodyBytes = 16 * 1024

/**
 * Verified where there is no such login, so that the time an answer takes tells nobody which logins exist.
 * The hash of random bytes that were thrown away.
 */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$b3IyNGVEOXNkZnNkZmE0Mw$8cCv8yS1Xn4ZJcM0pAq3TzvK4m9bR2QeJ0nq6wQ1dYs'

/** Where too many wait for their turn with one login from one address. */
const lineFullSeconds = 5

export function signInRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', limitBody(maxBodyBytes), (context) => signIn(office, context))
  return app
}

async function signIn(office: Office, context: RouteContext): Promise<Response> {
  const request = await readBody(context, signInRequestSchema)
  if (!request) return refuse(context, 'malformed')
  const outdated = problemOfProtocol(request.protocol)
  if (outdated) return refuse(context, outdated)
  const { db, caller, pace } = office
  const id = request.device.toLowerCase()
  const account = await findAccount(db, request.login)
  const known = await findDevice(db, id)
  const isKnown = account !== undefined && known?.account === account.id && !known.revoked_at
  const who = {
    login: request.login,
    address: caller.addressOf(context),
    device: isKnown ? id : null,
  }
  const answer = await pace.inTurn(who, (turn) =>
    signInNow(office, context, { ...request, device: id }, turn, isKnown),
  )
  return answer ?? refuse(context, 'too-many-attempts', lineFullSeconds)
}

async function signInNow(
  office: Office,
  context: RouteContext,
  request: SignInRequest,
  turn: Turn,
  isKnown: boolean,
): Promise<Response> {
  const { db } = office
  if (turn.wait > 0) return refuse(context, 'too-many-attempts', turn.wait)
  // Read in its turn: of two sign-ins at once the second one sees what the first has changed.
  const account = await findAccount(db, request.login)
  const fail = async (problem: Problem) => {
    await auditFailure(office, account?.id ?? null, problem)
    const slowed = await turn.fail()
    if (slowed) {
      await auditAlone(db, officeChain, {
        ...{ act: 'sign-in-slowed', at: isoNow(office), account: account?.id ?? null },
        facts: { ...slowed },
      })
    }
    return refuse(context, problem)
  }
  const now = new Date(office.clock.now())
  const choice = await findChoice(db, account?.id ?? calendarId)
  const isRepeated = isSameChoice(choice, request, now)
  const given = (isRepeated ? request.newPassword : undefined) ?? request.password
  const isRight = await office.hasher.verify(given, account?.password ?? nobody, isKnown)
  if (!account || !isRight) return fail('wrong-password')
  if (account.closed) {
    await auditFailure(office, account.id, 'account-closed')
    return refuse(context, 'account-closed')
  }
  const id = request.device
  const known = await findDevice(db, id)
  // A device id belongs to one account for ever: another one may not take its sequence over.
  if (known && known.account !== account.id) return refuse(context, 'not-allowed')
  if (known?.revoked_at) {
    await auditFailure(office, account.id, 'device-revoked')
    return refuse(context, 'device-revoked')
  }
  const early = problemOfOneTime(office, account, request)
  if (early) return refuse(context, early)
  const factor = await checkFactor(office, account, request)
  if ('problem' in factor) {
    if (factor.problem === 'wrong-code') return fail('wrong-code')
    return refuse(context, factor.problem, undefined, factor.more)
  }
  if (account.one_time_until) {
    const problem = await takeNewPassword(office, account, request)
    if (problem) return refuse(context, problem)
  }
  await turn.succeed()
  const key = known?.key ?? Buffer.from(office.randomBytes(32)).toString('base64')
  const wanted = { id, account: account.id, name: request.deviceName, key }
  const device = await enrolDevice(db, wanted, now)
  if (device.account !== account.id) return refuse(context, 'not-allowed')
  await auditAlone(db, officeChain, {
    ...{ act: 'sign-in', at: isoNow(office), account: account.id, device: id },
    facts: { role: account.role, ...(factor.by ? { second: factor.by } : {}) },
  })
  const begun = await beginSession(office, context, {
    account: account.id,
    device: id,
    protocol: request.protocol,
  })
  // Longer than browsers keep any.
  setCookie(context, wasHereCookie, '1', {
    ...{ path: '/', sameSite: 'Strict', secure: office.secureCookies, maxAge: 400 * 86_400 },
  })
  context.header('Cache-Control', 'no-store')
  return context.json({
    ...sessionBody(office, account, id),
    deviceKey: device.key,
    ...begun,
    ...(factor.codes ? { recoveryCodes: factor.codes } : {}),
  })
}

const repeatMs = 86_400_000

/** Whether this device made this very choice a moment ago and did not hear that it was taken. */
function isSameChoice(
  choice: PasswordChoice | undefined,
  { device, attempt, newPassword }: SignInRequest,
  now: Date,
): boolean {
  if (!choice || attempt === undefined || newPassword === undefined) return false
  const isRecent = now.getTime() - new Date(choice.at).getTime() < repeatMs
  return isRecent && choice.device === device && choice.attempt === hashOf(attempt.toLowerCase())
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

/** What keeps a password that the office made from being exchanged; null where nothing does, or it is one's own. */
function problemOfOneTime(
  office: Office,
  { login, name, one_time_until: until }: AccountRow,
  { protocol, password, newPassword }: SignInRequest,
): Problem | null {
  if (!until) return null
  if (until.getTime() < office.clock.now()) return 'one-time-expired'
  // An older app has no field for it; it updates itself.
  if (protocol < 2) return 'app-too-old'
  if (newPassword === undefined) return 'new-password-needed'
  const isWeak = newPassword === password || isGuessable(newPassword, login, [name])
  return isWeak ? 'weak-password' : null
}

/** Null where the office's password was exchanged for one's own. */
async function takeNewPassword(
  office: Office,
  { id, password: old }: AccountRow,
  { newPassword, attempt, device }: SignInRequest,
): Promise<Problem | null> {
  const hash = await office.hasher.hash(newPassword ?? '', office.randomBytes(16))
  const isDone = await office.db.transaction().execute(async (trx) => {
    // Of two at once the first one counts: the other one's password was exchanged already.
    if (!(await exchangePassword(trx, id, old, hash))) return false
    if (attempt !== undefined) {
      const at = new Date(office.clock.now())
      await noteChoice(trx, id, { device, attempt: hashOf(attempt.toLowerCase()), at })
    }
    return true
  })
  return isDone ? null : 'wrong-password'
}
