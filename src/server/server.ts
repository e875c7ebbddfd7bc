/** The office's server without a socket: all routes over what it is given. `main.ts` puts it on a port. */
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import type { Kysely } from 'kysely'
import { createRowStore, type ChunkStore } from './db/chunk-store.ts'
import { createHasher, HasherBusy, type Hasher } from './db/hashing.ts'
import type { Database } from './db/schema.ts'
import { hearersOf } from './db/hearers.ts'
import { createSessionLookup } from './db/session-lookup.ts'
import { isConnectionLost, isOutOfRoom, sqlStateOf } from './db/transact.ts'
import { keepCalendar, runCalendar, type CalendarParts } from './keepers/calendar.ts'
import { alwaysOurs, wakeWhereOurs, type Background } from './keepers/background.ts'
import { createPasses, type Passes } from './keepers/passes.ts'
import {
  deviceReader,
  helpsOfDevices,
  helpsOfMachine,
  helpsOfPasses,
  machineReader,
  passReader,
  type Installation,
} from './keepers/readings.ts'
import type { Keeper } from './keepers/keeper.ts'
import { createPhotoSweep } from './keepers/sweep-photos.ts'
import { createWriteProbe } from './keepers/write-probe.ts'
import type { Log } from './routes/log.ts'
import { refuse, sameSiteOnly, type Env, type Office } from './routes/context.ts'
import { createCallerAddress } from './routes/caller-address.ts'
import { createPace } from './routes/pace.ts'
import { askOfficeRoutes } from './routes/ask-office.ts'
import { askApp } from './routes/ask/app.ts'
import { isAskedOf, type AskSettings } from './routes/ask/origin.ts'
import { auditRoutes } from './routes/audit.ts'
import { deviceRoutes } from './routes/devices.ts'
import { eventRoutes } from './routes/events.ts'
import { filingRoutes } from './routes/filing.ts'
import { groundRoutes, tilesOrigin, type GroundConfig } from './routes/ground.ts'
import { historyRoutes } from './routes/history.ts'
import { ownPasswordRoutes } from './routes/own-password.ts'
import { peopleRoutes } from './routes/people.ts'
import { placeBookRoutes } from './routes/place-books.ts'
import { placeRoutes } from './routes/places.ts'
import { hotlineRoutes } from './routes/hotline.ts'
import { open311Path, open311Routes } from './routes/open311.ts'
import { healthRoutes } from './routes/health.ts'
import { createImportKeeper } from './keepers/import-keeper.ts'
import { notifyRound, type NotifyParts } from './keepers/notify.ts'
import { createHttpNotifier, type NotifySettings } from './keepers/outward.ts'
import { createMetrics, type Metrics } from './routes/metrics.ts'
import { createOwnLine, createPokes, type LeasedWork, type PokeLine } from './pokes/pokes.ts'
import { photoRoutes } from './routes/photos.ts'
import { pullRoutes } from './routes/pull.ts'
import { createSnapshotKeeper } from './keepers/snapshot-keeper.ts'
import { purgeRoutes } from './routes/purge.ts'
import { pushRoutes } from './routes/push.ts'
import { topicRoutes } from './routes/topics.ts'
import { yearReportRoutes } from './routes/year-report.ts'
import { sayRolesToOlder } from './routes/older-answers.ts'
import { overviewRoutes } from './routes/overview.ts'
import { createRecolourKeeper } from './keepers/recolour-keeper.ts'
import { createRequestKeeper } from './keepers/request-keeper.ts'
import { setupRoutes } from './routes/setup.ts'
import { schemeRoutes } from './routes/scheme.ts'
import { reviewRoutes } from './routes/review.ts'
import { searchRoutes } from './routes/search.ts'
import { tableRoutes } from './routes/table.ts'
import { requestRoutes } from './routes/requests.ts'
import { sessionPassRoutes } from './routes/session-pass.ts'
import { secondFactorRoutes } from './routes/second-factor.ts'
import { sessionRoutes } from './routes/session.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { unsentFileRoutes } from './routes/unsent-file.ts'
import { securityHeaders, staticFiles } from './routes/static-files.ts'
import { callersOnly, patternOf, requireCallers } from './routes/who-may-call.ts'

/** A community's office with its 33,000 holds all of them, also offline; a subdistrict of 350,000 does not. */
export const usualDeviceResidents = 50_000

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
  /** The people in it are made up: nobody has to file it. */
  readonly isDemo?: boolean | undefined
  /** The tables lie on several machines of a cluster. */
  readonly isSpread?: boolean
  /** Addresses and ranges of the proxies whose word on who calls is believed. */
  readonly trustedProxies?: readonly string[]
  /** Opens the first start of an empty office to whoever has it; null where there are accounts. */
  readonly setupToken?: string | null
  /** Hashes passwords; threads of its own where left out. */
  readonly hasher?: Hasher
  /** Whether outside systems with a key may hand requests in and ask how they stand. */
  readonly hotline?: boolean
  /** Where the sealed chunks of photographs lie; in the database where left out. */
  readonly chunks?: ChunkStore
  /** Where the resident's page is; null where this office has none. */
  readonly ask?: AskSettings | null
  /** Where an office's own system hears what waits; nowhere where left out. */
  readonly notify?: NotifySettings | null
  /** Opens `/metrics` to whoever sends it. */
  readonly metricsToken?: string | null
  /** How many residents a device of an office holds at most; `usualDeviceResidents` where left out. */
  readonly deviceResidents?: number
  /** What the map is drawn on; without it plain paper. */
  readonly ground?: GroundConfig | null
  /** Which of several servers does what runs by itself; without it nothing does, but what somebody wakes. */
  readonly background?: Background
  /** What it runs on, for figures and for trying whether the disk takes anything. */
  readonly installation?: Installation & { tryDisk?: () => Promise<void> }
  /** How several servers on one database tell each other what moved; without it there is one. */
  readonly pokeLine?: PokeLine
}

export interface Server {
  fetch(request: Request, env?: unknown): Response | Promise<Response>
  /** The resident's page alone, for a port of its own; null where there is none. */
  readonly askFetch: ((request: Request, env?: unknown) => Response | Promise<Response>) | null
  /** One round of what runs by itself, now. */
  runCalendar(): Promise<void>
  /** Runs a piece of work under a name: its faults are told, its time and its outcome noted. */
  readonly watch: Passes['watch']
  readonly metrics: Metrics
  /** Ends open event streams and the calendar; requests under way finish. */
  stop(): Promise<void>
}

/** Long: it puts the parts together, a line each, and nothing else. */
export function createServer(deps: ServerDeps): Server {
  const { db, clock, ids, randomBytes, log, secureCookies } = deps
  const stopped = new AbortController()
  const installation = deps.installation ?? null
  const metrics = createMetrics({ isProcess: installation !== null })
  const faultOf = (pass: string) => (error: unknown) => {
    log.write('fault', { problem: 'server-fault', pass, error: describe(error) })
    metrics.add('pass_faults_total', { pass }, 1)
  }
  const passes = createPasses({ db, clock, onFault: (pass, fault) => faultOf(pass)(fault) })
  const line = deps.pokeLine ?? createOwnLine()
  const background = deps.background ?? alwaysOurs
  const pokes = createPokes({
    line,
    hearersOf: (streams, accounts, sessions, devices) =>
      hearersOf(db, streams, accounts, { sessions, devices }, new Date(clock.now())),
    now: () => clock.now(),
    onFault: faultOf('pokes'),
  })
  const writeProbe = createWriteProbe({ db, clock, tryDisk: installation?.tryDisk })
  metrics.read({ event_listeners: 'Devices that listen for pokes' }, () =>
    Promise.resolve({ event_listeners: pokes.listeners }),
  )
  metrics.read(helpsOfMachine, machineReader(db, writeProbe, installation))
  metrics.read(helpsOfPasses, passReader(db))
  metrics.read(helpsOfDevices, deviceReader(db, clock))
  const snapshots = createSnapshotKeeper(db, clock, faultOf('snapshots'), {
    isOurs: () => background.isOurs(),
    tellOthers: (stream) => line.tell({ snapshot: stream }),
  })
  const chunks = deps.chunks ?? createRowStore()
  const keeperParts = { db, clock, ids, pokes, passes }
  const keepers: Readonly<Record<LeasedWork, Keeper>> = {
    recolour: createRecolourKeeper(keeperParts, () => !background.isOurs()),
    imports: createImportKeeper(keeperParts),
    requests: createRequestKeeper(keeperParts, chunks),
  }
  const unhear = line.hear((news) => {
    const isShared = background.helps && 'work' in news && news.work === 'recolour'
    if (!background.isOurs() && !isShared) return
    if ('work' in news) void keepers[news.work].wake()
    if ('snapshot' in news) snapshots.want(news.snapshot)
  })
  /** Wakes it at the server that does what runs by itself. */
  const wakerOf = (work: LeasedWork) => ({
    wake: wakeWhereOurs(
      background,
      () => {
        // Others take a share of it.
        if (work === 'recolour') line.tell({ work })
        return keepers[work].wake()
      },
      () => line.tell({ work }),
    ),
  })
  const hasher = deps.hasher ?? createHasher()
  const office: Office = {
    db,
    sessions: createSessionLookup(db),
    clock,
    ids,
    randomBytes,
    secureCookies,
    isDemo: deps.isDemo ?? false,
    isSpread: deps.isSpread ?? false,
    deviceResidents: deps.deviceResidents ?? usualDeviceResidents,
    caller: createCallerAddress(deps.trustedProxies ?? []),
    hasher,
    pace: createPace(db, clock, ids),
    metricsToken: deps.metricsToken ?? null,
    pokes,
    metrics,
    writeProbe,
    snapshots,
    recolour: wakerOf('recolour'),
    imports: wakerOf('imports'),
    requests: wakerOf('requests'),
    chunks,
    onFault: faultOf('push'),
  }
  const app = new Hono<Env>()

  const ground = deps.ground ?? null
  app.use(securityHeaders(tilesOrigin(ground), secureCookies))
  const noted: MiddlewareHandler<Env> = async (context, next) => {
    const began = clock.now()
    await next()
    const { method } = context.req
    const route = patternOf(context as Context)
    const { status } = context.res
    const problem = context.get('problem')
    const ms = clock.now() - began
    log.write('request', { method, route, status, ms, ...(problem ? { problem } : {}) })
    metrics.add('requests_total', { method, route, status }, 1)
    // A poke's stream stays open for hours: it is no answer that anybody waits for.
    if (route !== '/api/events') metrics.time({ method, route }, ms / 1000)
  }
  app.use('/api/*', noted)
  app.use(`${open311Path}/*`, noted)
  app.use('/api/*', sameSiteOnly)
  app.use('/api/*', sayRolesToOlder)
  app.use('/api/*', callersOnly(office))
  app.route('/api/session/password', ownPasswordRoutes(office))
  app.route('/api/session/factor', secondFactorRoutes(office))
  app.route('/api/session', signInRoutes(office))
  app.route('/api/session', sessionPassRoutes(office))
  app.route('/api/session', sessionRoutes(office))
  app.route('/api/push', pushRoutes(office))
  app.route('/api/pull', pullRoutes(office))
  app.route('/api/events', eventRoutes(office, stopped.signal))
  app.route('/api/history', historyRoutes(office))
  app.route('/api/audit', auditRoutes(office))
  app.route('/api/devices', deviceRoutes(office))
  app.route('/api/purge', purgeRoutes(office))
  app.route('/api/places', placeRoutes(office))
  app.route('/api/people', peopleRoutes(office))
  app.route('/api/place-books', placeBookRoutes(office))
  app.route('/api/scheme', schemeRoutes(office))
  app.route('/api/overview', overviewRoutes(office))
  app.route('/api/year', yearReportRoutes(office))
  app.route('/api/requests', requestRoutes(office))
  app.route('/api/search', searchRoutes(office))
  app.route('/api/table', tableRoutes(office))
  app.route('/api/review', reviewRoutes(office))
  app.route('/api/topics', topicRoutes(office))
  app.route('/api/photos', photoRoutes(office))
  app.route('/api/hotline', hotlineRoutes(office, deps.hotline === true))
  app.route('/api/ask', askOfficeRoutes(office, deps.ask ?? null))
  if (deps.hotline) app.route(open311Path, open311Routes(office))
  app.all(`${open311Path}/*`, (context) => refuse(context, 'not-found'))
  app.route('/api/unsent-file', unsentFileRoutes(office))
  app.route('/', filingRoutes(office))
  app.route('/', setupRoutes(office, deps.setupToken ?? null))
  app.route('/', healthRoutes(office))
  app.route('/', groundRoutes(ground))
  requireCallers(app)
  app.all('/api/*', (context) => refuse(context, 'not-found'))
  if (deps.staticDir) app.route('/', staticFiles(deps.staticDir))
  app.notFound((context) => refuse(context, 'not-found'))
  app.onError((error, context) => {
    // Nobody is there to be answered, and nothing is wrong with the server.
    if (context.req.raw.signal.aborted) return refuse(context, 'malformed')
    if (error instanceof HasherBusy) return refuse(context, 'too-many-attempts', 5)
    writeProbe.noteFault(error)
    // Where the disk is full the same may be asked again later, as where the database is away.
    const isLater = isConnectionLost(error) || isOutOfRoom(error)
    const problem = isLater ? 'database-unreachable' : 'server-fault'
    log.write('fault', { problem, error: describe(error) })
    return refuse(context, problem)
  })

  const notifier = deps.notify ? createHttpNotifier(deps.notify, clock) : null
  const onTold: NotifyParts['onTold'] = (outcome) =>
    metrics.add('notifications_total', { outcome }, 1)
  const round: CalendarParts = {
    ...{ db, clock, ids, passes, takeSlice: (name) => background.takeSlice(name) },
    onMoved: (streams) => pokes.poke(streams),
    onPurged(counts) {
      for (const { rule, kind, n } of counts) metrics.add('purged_total', { rule, kind }, n)
    },
    recolour: () => keepers.recolour.wake(),
    imports: () => keepers.imports.wake(),
    requests: () => keepers.requests.wake(),
    snapshots: () => snapshots.lookAround(),
    chunks,
    sweepPhotos: createPhotoSweep(db, chunks, clock),
    notify: notifier && (() => notifyRound({ db, clock, ids, notifier, onTold })),
  }
  const ask = deps.ask ?? null
  const page =
    ask && askApp(office, { dir: ask.dir, log, isSecure: secureCookies, onFault: faultOf('ask') })
  const stopCalendar = deps.background ? keepCalendar(round, background) : () => Promise.resolve()
  return {
    fetch: (request, env) =>
      page && isAskedOf(ask, request) ? page.fetch(request, env) : app.fetch(request, env),
    askFetch: page && ((request, env) => page.fetch(request, env)),
    runCalendar: () => runCalendar(round),
    watch: (name, work) => passes.watch(name, work),
    metrics,
    async stop() {
      stopped.abort()
      pokes.stop()
      unhear()
      await Promise.all([
        ...[stopCalendar(), snapshots.stop()],
        ...Object.values(keepers).map((keeper) => keeper.stop()),
      ])
      await hasher.stop()
    },
  }
}

/** Class, code and the place in the program; never the message, which may quote a row. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim() ?? ''
  return [error.name, sqlStateOf(error), frame.replace(/(?:file:\/\/)?\/\S*\//, '')]
    .filter((part) => part !== '')
    .join(' ')
}
