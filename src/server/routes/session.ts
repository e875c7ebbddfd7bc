/** Signing out, and who is signed in; signing in has a file of its own. */
import { Hono, type MiddlewareHandler } from 'hono'
import type { Role } from '#domain/account.ts'
import { sessionDaysOf } from '#domain/policy-in-force.ts'
import type { Problem } from '#protocol/problem.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { newestPoliciesOf } from '../db/policies.ts'
import { endSession, findSession, type SessionRow } from '../db/sessions.ts'
import { refuse, type Env, type Office, type RouteContext } from './context.ts'
import {
  askedBy,
  dropCookie,
  isOfDevice,
  readBearer,
  readCookie,
  type Shown,
} from './session-cookie.ts'

const dayMs = 86_400_000
/** A device that nobody opens for so long signs in again. */
const idleMs = 30 * dayMs

export function sessionRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', (context) => {
    const session = context.get('session')
    context.header('Cache-Control', 'no-store')
    const account = { id: session.account, name: session.name, role: session.role }
    return context.json(sessionBody(office, account, session.device))
  })
  app.delete('/', async (context) => {
    const shown = shownBy(office, context)
    const session = shown ? await findSession(office.db, askedBy(context, shown)) : undefined
    if (session) {
      const { account, device } = session
      await endSession(office.db, session)
      await auditAlone(office.db, officeChain, {
        ...{ act: 'sign-out', at: isoNow(office), account, device },
      })
    }
    if (!session) return context.json({ ok: true })
    // Its open event stream looks at once whether it may go on.
    office.pokes.wake({ device: session.device })
    dropCookie(office, context, session.device)
    return context.json({ ok: true })
  })
  return app
}

/** Until when a session lives that is used now: the policy ends it however much it is used. */
export async function endOfSession(
  office: Office,
  account: string,
  signedInAt: Date,
): Promise<Date> {
  const days = sessionDaysOf(await newestPoliciesOf(office.db, account))
  const most = signedInAt.getTime() + days * dayMs
  return new Date(Math.min(office.clock.now() + idleMs, most))
}

export function sessionBody(
  office: Office,
  { id, name, role }: { readonly id: string; readonly name: string; readonly role: Role },
  device: string,
) {
  return { ok: true, account: { id, name, role }, device, now: isoNow(office) }
}

export function isoNow({ clock }: Office): string {
  return new Date(clock.now()).toISOString()
}

/**
 * Lets only a living session through. `closedToo`: also one of an account that was closed meanwhile, as long as it
 * runs. `cookieToo`: also by the cookie of an app before version 0.2.0; anywhere else it is told to update itself.
 */
export function requireSession(
  office: Office,
  {
    closedToo = false,
    cookieToo = false,
  }: { readonly closedToo?: boolean; readonly cookieToo?: boolean } = {},
): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (context.get('sessionHash') !== undefined) return next()
    const shown = shownBy(office, context)
    if (!shown) return refuse(context, 'not-signed-in')
    const isCookie = 'cookie' in shown
    if (isCookie && !cookieToo) return refuse(context, 'app-too-old')
    const asked = askedBy(context, shown)
    const session = await office.sessions.find(asked)
    const problem = problemOfSession(session, office.clock.now())
    // What a cookie holds opens nothing where it stands in the header, and a pass nothing as a cookie.
    if (!session || session.by_cookie !== isCookie) return refuse(context, 'session-ended')
    if (isCookie && !isOfDevice(context, session)) return refuse(context, 'not-signed-in')
    if (problem && !(closedToo && problem === 'account-closed')) return refuse(context, problem)
    context.set('session', session)
    context.set('sessionHash', asked.hash)
    return next()
  }
}

/** What a request shows of a session: the pass or token of its header, else a cookie. */
function shownBy(office: Office, context: RouteContext): Shown | null {
  const bearer = readBearer(context)
  if (bearer !== null) return { bearer }
  const cookie = readCookie(office, context)
  return cookie === null ? null : { cookie }
}

/** Null where the session lives. */
export function problemOfSession(session: SessionRow | undefined, now: number): Problem | null {
  if (!session || session.expires_at.getTime() <= now) return 'session-ended'
  if (session.revoked_at) return 'device-revoked'
  return session.closed ? 'account-closed' : null
}
