/** The office's server without a socket: all routes over what it is given. `main.ts` puts it on a port. */
import { Hono, type Context } from 'hono'
import type { Kysely } from 'kysely'
import { dayAt } from '#domain/day.ts'
import { colourByCalendar } from './colours/calendar.ts'
import { keepCourse } from './colours/course.ts'
import type { Database } from './db/schema.ts'
import { purgeTombstones } from './db/tombstones.ts'
import { sqlStateOf } from './db/transact.ts'
import { purgeDue } from './push/purge.ts'
import type { Log } from './routes/log.ts'
import { refuse, sameSiteOnly, type Env, type Office } from './routes/context.ts'
import { auditRoutes } from './routes/audit.ts'
import { deviceRoutes } from './routes/devices.ts'
import { eventRoutes } from './routes/events.ts'
import { filingRoutes } from './routes/filing.ts'
import { groundRoutes, tilesOrigin, type GroundConfig } from './routes/ground.ts'
import { historyRoutes } from './routes/history.ts'
import { ownPasswordRoutes } from './routes/own-password.ts'
import { peopleRoutes } from './routes/people.ts'
import { placeRoutes } from './routes/places.ts'
import { healthRoutes } from './routes/health.ts'
import { createImportKeeper } from './routes/import-keeper.ts'
import { createMetrics } from './routes/metrics.ts'
import { createPokes } from './routes/pokes.ts'
import { pullRoutes } from './routes/pull.ts'
import { createSnapshotKeeper } from './routes/snapshot-keeper.ts'
import { pushRoutes } from './routes/push.ts'
import { overviewRoutes } from './routes/overview.ts'
import { createRecolourKeeper } from './routes/recolour-keeper.ts'
import { schemeRoutes } from './routes/scheme.ts'
import { sessionRoutes } from './routes/session.ts'
import { unsentFileRoutes } from './routes/unsent-file.ts'
import { securityHeaders, staticFiles } from './routes/static-files.ts'
import { callersOnly, patternOf, requireCallers } from './routes/who-may-call.ts'

export interface ServerDeps {
  readonly db: Kysely<Database>
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly randomBytes: (count: number) => Uint8Array
  readonly log: Log
  /** Folder of the built app; null where something else serves it. */
  readonly staticDir: string | null
  /** Cookies for https only, as behind every real address. */
  readonly secureCookies: boolean
  /** What the map is drawn on; without it plain paper. */
  readonly ground?: GroundConfig | null
  /** Whether this server runs the calendar's pass; one of several is enough. */
  readonly calendar?: boolean
}

export interface Server {
  fetch(request: Request, env?: unknown): Response | Promise<Response>
  /** Ends open event streams and the calendar; requests under way finish. */
  stop(): Promise<void>
}

const calendarEveryMs = 10 * 60_000

export function createServer(deps: ServerDeps): Server {
  const { db, clock, ids, randomBytes, log, secureCookies } = deps
  const stopped = new AbortController()
  const pokes = createPokes()
  const metrics = createMetrics()
  metrics.gauge('event_listeners', () => pokes.listeners)
  const onFault = (error: unknown) =>
    log.write('fault', { problem: 'server-fault', error: describe(error) })
  const snapshots = createSnapshotKeeper(db, clock, onFault)
  const recolour = createRecolourKeeper({ db, clock, ids, pokes }, onFault)
  const imports = createImportKeeper({ db, clock, ids, pokes }, onFault)
  const office: Office = {
    db,
    clock,
    ids,
    randomBytes,
    secureCookies,
    pokes,
    metrics,
    snapshots,
    recolour,
    imports,
  }
  const app = new Hono<Env>()

  const ground = deps.ground ?? null
  app.use(securityHeaders(tilesOrigin(ground)))
  app.use('/api/*', async (context, next) => {
    const began = clock.now()
    await next()
    const { method } = context.req
    const route = patternOf(context as Context)
    const { status } = context.res
    const problem = context.get('problem')
    const ms = clock.now() - began
    log.write('request', { method, route, status, ms, ...(problem ? { problem } : {}) })
    metrics.add('requests_total', { method, route, status }, 1)
  })
  app.use('/api/*', sameSiteOnly)
  app.use('/api/*', callersOnly(office))
  app.route('/api/session/password', ownPasswordRoutes(office))
  app.route('/api/session', sessionRoutes(office))
  app.route('/api/push', pushRoutes(office))
  app.route('/api/pull', pullRoutes(office))
  app.route('/api/events', eventRoutes(office, stopped.signal))
  app.route('/api/history', historyRoutes(office))
  app.route('/api/audit', auditRoutes(office))
  app.route('/api/devices', deviceRoutes(office))
  app.route('/api/places', placeRoutes(office))
  app.route('/api/people', peopleRoutes(office))
  app.route('/api/scheme', schemeRoutes(office))
  app.route('/api/overview', overviewRoutes(office))
  app.route('/api/unsent-file', unsentFileRoutes(office))
  app.route('/', filingRoutes(office))
  app.route('/', healthRoutes(office))
  app.route('/', groundRoutes(ground))
  requireCallers(app)
  app.all('/api/*', (context) => refuse(context, 'not-found'))
  if (deps.staticDir) app.route('/', staticFiles(deps.staticDir))
  app.notFound((context) => refuse(context, 'not-found'))
  app.onError((error, context) => {
    const problem = isConnectionError(error) ? 'database-unreachable' : 'server-fault'
    log.write('fault', { problem, error: describe(error) })
    return refuse(context, problem)
  })

  const stopCalendar = deps.calendar ? keepCalendar(office, log) : () => Promise.resolve()
  return {
    fetch: (request, env) => app.fetch(request, env),
    async stop() {
      stopped.abort()
      await Promise.all([stopCalendar(), snapshots.stop(), recolour.stop(), imports.stop()])
    },
  }
}

/** Runs the calendar's pass now and every ten minutes: after midnight, and after the server slept over it. */
function keepCalendar(office: Office, log: Log): () => Promise<void> {
  let running = Promise.resolve()
  const pass = async () => {
    try {
      const moved = await colourByCalendar(office.db, { now: office.clock.now(), ids: office.ids })
      if (moved.length > 0) office.pokes.poke(moved)
      await office.recolour.wake()
      await office.imports.wake()
      await keepCourse(office.db, dayAt(office.clock.now()))
      const purged = await purgeDue(office.db, { now: office.clock.now(), ids: office.ids })
      if (purged.length > 0) office.pokes.poke(purged)
      await purgeTombstones(office.db, office.clock.now())
      await office.snapshots.lookAround()
    } catch (error) {
      log.write('fault', { problem: 'server-fault', error: describe(error) })
    }
  }
  running = pass()
  const timer = setInterval(() => {
    running = running.then(pass)
  }, calendarEveryMs)
  return () => {
    clearInterval(timer)
    return running
  }
}

/** PostgreSQL's classes 08 and 57P, and what the socket says when nobody is there. */
function isConnectionError(error: Error): boolean {
  return (
    /^(08|57P)|ECONN|ENOENT|EPIPE|ETIMEDOUT/.test(sqlStateOf(error)) ||
    /terminat|timeout/i.test(error.message)
  )
}

/** Class, code and the place in the program; never the message, which may quote a row. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim() ?? ''
  return [error.name, sqlStateOf(error), frame.replace(/(?:file:\/\/)?\/\S*\//, '')]
    .filter((part) => part !== '')
    .join(' ')
}
