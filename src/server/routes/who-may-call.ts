/**
 * Who may call which route, in one table. A route of the API that is not in it, whatever its method, keeps the server
 * from starting, so that nobody can forget to say; and where it were there all the same, nobody reaches it. Whether the
 * caller may touch the record in question is decided by the route itself.
 */
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { roles, type Role } from '#domain/account.ts'
import {
  mayAdmit,
  mayKeepCodes,
  mayKeepHotline,
  mayPull,
  mayReadAudit,
  mayReadYear,
  maySaveCatalogue,
  maySaveScheme,
  maySeeDevices,
  maySeeOverview,
  maySeeRequestList,
} from '#domain/permission.ts'
import {
  mayAskHistory,
  mayBringPictures,
  mayReadTableBeyond,
  mayReviewBeyond,
  maySearchBeyond,
} from '#domain/permission-of-access.ts'
import { mayKeepAccounts, mayKeepPlaces, mayTakeVoices } from '#domain/permission-of-places.ts'
import { refuse, type Env, type Office } from './context.ts'
import { requireSession } from './session.ts'

/** `anyone`: also whoever is not signed in. */
type Callers = 'anyone' | readonly Role[]

/** Of visits and requests, or of a unit's errands. */
const bringsPictures = (role: Role): boolean =>
  mayBringPictures(role, 'photo') || mayBringPictures(role, 'errand-photo')
const keepers = roles.filter((role) => mayKeepPlaces(role))
const accountKeepers = roles.filter((role) => mayKeepAccounts(role))

export const callers: Readonly<Record<string, Callers>> = {
  // Public, and shown before anybody has signed in.
  'GET /api/filing': 'anyone',
  // Looks at the one-time token of the first start itself.
  'GET /api/setup': 'anyone',
  'POST /api/setup': 'anyone',
  'POST /api/session': 'anyone',
  // Each looks at its token or cookie itself.
  'POST /api/session/pass': 'anyone',
  'POST /api/session/exchange': 'anyone',
  'GET /api/session': roles,
  // Of a session that ended long ago as well.
  'DELETE /api/session': 'anyone',
  'POST /api/push': roles,
  'POST /api/pull': roles,
  'GET /api/events': roles,
  'GET /api/history/:stream/:record': roles.filter(mayAskHistory),
  // A worker brings in a file of an own device, the office those of its people.
  'POST /api/unsent-file': roles,
  'POST /api/audit': roles.filter(mayReadAudit),
  'GET /api/devices/own': roles,
  'POST /api/devices/own/end': roles,
  'GET /api/devices': roles.filter(maySeeDevices),
  'POST /api/devices/revoke': roles.filter(maySeeDevices),
  'POST /api/scheme/preview': roles.filter(maySaveScheme),
  'GET /api/overview': roles.filter(maySeeOverview),
  'GET /api/overview/:place': roles.filter(maySeeOverview),
  'GET /api/year/:year': roles.filter(mayReadYear),
  'GET /api/requests/overview/:place': roles.filter(maySeeOverview),
  'POST /api/requests/preview': roles.filter((role) => maySaveCatalogue(role)),
  'GET /api/requests/list/:place': roles.filter(maySeeRequestList),
  'POST /api/requests/find': roles.filter(maySeeRequestList),
  'POST /api/search': roles.filter(maySearchBeyond),
  'POST /api/table': roles.filter(mayReadTableBeyond),
  'POST /api/table/count': roles.filter(mayReadTableBeyond),
  'POST /api/review': roles.filter(mayReviewBeyond),
  'POST /api/review/pairs': roles.filter(mayReviewBeyond),
  'GET /api/photos/:stream/:photo': roles.filter(bringsPictures),
  'PUT /api/photos/:stream/:photo/:index/:hash': roles.filter(bringsPictures),
  'GET /api/photos/:stream/:photo/:index': roles.filter(
    (role) => mayPull(role, 'photo') || mayPull(role, 'errand-photo'),
  ),
  'GET /api/topics/:stream/:topic': roles.filter(mayTakeVoices),
  'GET /api/hotline': roles.filter(mayAdmit),
  'POST /api/hotline/make': roles.filter(mayKeepHotline),
  'POST /api/hotline/renew': roles.filter(mayKeepHotline),
  'POST /api/hotline/stop': roles.filter(mayKeepHotline),
  'POST /api/hotline/admit': roles.filter(mayAdmit),
  'POST /api/hotline/turn-away': roles.filter(mayAdmit),
  'GET /api/ask': roles.filter(mayAdmit),
  'GET /api/ask/photo/:place/:waiting/:photo': roles.filter(mayAdmit),
  'POST /api/ask/codes/make': roles.filter(mayKeepCodes),
  'POST /api/ask/codes/stop': roles.filter(mayKeepCodes),
  'POST /api/ask/codes/printed': roles.filter(mayKeepCodes),
  'POST /api/ask/page': roles.filter(mayKeepCodes),
  'POST /api/ask/admit': roles.filter(mayAdmit),
  'POST /api/ask/turn-away': roles.filter(mayAdmit),
  'POST /api/ask/take-back': roles.filter(mayAdmit),
  'POST /api/session/password': roles,
  'GET /api/purge': keepers,
  'GET /api/purge/:stream': keepers,
  'GET /api/purge/:stream/requests': keepers,
  'POST /api/purge/keep': keepers,
  'POST /api/purge/let-go': keepers,
  'POST /api/purge/agree': keepers,
  'POST /api/purge/withdraw': keepers,
  'GET /api/session/factor': roles,
  'POST /api/session/factor/begin': roles,
  'POST /api/session/factor/confirm': roles,
  'POST /api/session/factor/codes': roles,
  'POST /api/session/factor/end': roles,
  'GET /api/places': keepers,
  'POST /api/places/add': keepers,
  'POST /api/places/rename': keepers,
  'POST /api/places/close': keepers,
  'POST /api/places/assign': keepers,
  'POST /api/places/turn': keepers,
  'POST /api/places/move': keepers,
  'POST /api/places/merge': keepers,
  'POST /api/people/make': accountKeepers,
  'POST /api/people/change': accountKeepers,
  'POST /api/people/reset': accountKeepers,
  'POST /api/people/reset-factor': accountKeepers,
  'POST /api/people/close': accountKeepers,
  'POST /api/people/reopen': accountKeepers,
  'POST /api/people/hand-over': accountKeepers,
  'POST /api/people/one-time': accountKeepers,
  'GET /api/place-books': keepers,
  'POST /api/place-books/write': keepers,
  'POST /api/place-books/take-back': keepers,
}

/** What was recorded before its account was closed is still taken from a device: there is no other way left for it. */
const closedToo: ReadonlySet<string> = new Set([
  'POST /api/push',
  'GET /api/photos/:stream/:photo',
  'PUT /api/photos/:stream/:photo/:index/:hash',
])

/** An app before version 0.2.0 has its cookie alone: it sends its work and is kept up to date until it updates itself. */
const cookieToo: ReadonlySet<string> = new Set(['POST /api/push', 'POST /api/pull'])

/** Throws where a route of the API says of nobody who may call it, or the table names one that is not there. */
export function requireCallers(app: Hono<Env>): void {
  const routes = new Set(
    app.routes
      // What stands before many routes ends in a star; a route for all methods at once has to be in the table as well.
      .filter(({ method, path }) => method !== 'ALL' || !path.endsWith('*'))
      .filter(({ path }) => path === '/api' || path.startsWith('/api/'))
      .map(({ method, path }) => `${method} ${path}`),
  )
  const unsaid = [...routes].filter((route) => !Object.hasOwn(callers, route))
  const gone = Object.keys(callers).filter((route) => !routes.has(route))
  if (unsaid.length === 0 && gone.length === 0) return
  const parts = [
    ...unsaid.map((route) => `${route} is missing`),
    ...gone.map((r) => `${r} is gone`),
  ]
  throw new Error(`routes/who-may-call.ts has to say who may call: ${parts.join(', ')}`)
}

/**
 * Before every route of the API: nobody who is not in the table comes as far as the route, and a route that is not in
 * it is not there for anybody.
 */
export function callersOnly(office: Office): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { method } = context.req
    const route = `${method === 'HEAD' ? 'GET' : method} ${patternOf(context as Context)}`
    const allowed = Object.hasOwn(callers, route) ? callers[route] : undefined
    if (allowed === undefined) return refuse(context, 'not-found')
    if (allowed === 'anyone') return next()
    const session = requireSession(office, {
      closedToo: closedToo.has(route),
      cookieToo: cookieToo.has(route),
    })
    return session(context, async () => {
      const isCaller = allowed.includes(context.get('session').role)
      if (isCaller) await next()
      else context.res = refuse(context, 'not-allowed')
    })
  }
}

/** Of all patterns that the path fits, the one that is no wildcard. Never the path: an address may name a record. */
export function patternOf(context: Context): string {
  return matchedRoutes(context).findLast(({ path }) => !path.endsWith('*'))?.path ?? '/api/*'
}
