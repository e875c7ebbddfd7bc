/** Opens what every entry point needs: the embedded PostgreSQL or the one that DATABASE_URL names, migrated. */
import { randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { openCluster } from './cluster/open-cluster.ts'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/connect.ts'
import { distribute, isCoordinator, isDistributable, type Distribution } from './db/distribution.ts'
import { grantTo, letSeeLogSize, makeRole, ownsTheLog } from './db/grants.ts'
import { migrate } from './db/migrate.ts'
import { oneAtATime } from './db/one-at-a-time.ts'
import type { Database } from './db/schema.ts'
import type { Log } from './routes/log.ts'

export interface OpenOffice {
  /** As the application's role, which can add to the logs and not change them. */
  readonly db: Kysely<Database>
  /** Where that role connects. */
  readonly url: string
  /** As the owner of the tables: for filling, backup, restore. Where DATABASE_URL is all there is, the same. */
  readonly owner: Kysely<Database>
  /** Whether the application's role is another one than the tables' owner. */
  readonly isGuarded: boolean
  /** Whether the engine spreads the tables over several machines. */
  readonly isSpread: boolean
  /** Ends the owner's connections, where the application's are others; what still asks for `owner` fails. */
  closeOwner(): Promise<void>
  close(): Promise<void>
}

/** The application's role in a PostgreSQL of our own; its password is made anew at each start and kept nowhere. */
const ownRole = 'wuse_app'

/** Statements under way may take so long to end; then their connections are cut by stopping PostgreSQL, or by ending. */
const closePatienceMs = 5_000

export async function openOffice(
  config: Config,
  log: Log,
  /** PostgreSQL ended by itself, and is started again. */
  onPostgresEnd: () => void = () => undefined,
  /** Ends the wait for another server that is making the tables. */
  stop: AbortSignal = new AbortController().signal,
  /** The tables lie on several machines. */
  onSpread: (distribution: Distribution) => void = () => undefined,
): Promise<OpenOffice> {
  let isClosing = false
  const onLost = () => {
    // What ends because it is closed is no news.
    if (!isClosing) log.write('database', { problem: 'database-unreachable' })
  }
  const onEnd = () => {
    onLost()
    onPostgresEnd()
  }
  const cluster = config.databaseUrl ? null : await openCluster({ dataDir: config.dataDir, onEnd })
  const ownerUrl = config.databaseOwnerUrl ?? config.databaseUrl ?? cluster?.url ?? ''
  const size = { most: config.databasePool, patience: config.databasePatience }
  // Nothing stands between this server and a PostgreSQL of its own.
  const isPrepared = config.databasePrepared || cluster !== null
  const owner = openDatabase(ownerUrl, onLost, size)
  let db = owner
  let isOwnerOpen = true
  /** What serves others holds no connection that could undo the log, longer than it has to. */
  const closeOwner = async () => {
    if (db === owner || !isOwnerOpen) return
    isOwnerOpen = false
    await owner.destroy()
  }
  const close = async () => {
    isClosing = true
    const pools = db === owner || !isOwnerOpen ? [db] : [db, owner]
    await within(closePatienceMs, Promise.all(pools.map((pool) => pool.destroy())))
    await cluster?.stop()
  }
  try {
    await reach(owner, config.databaseUrl && ownerUrl)
    const isSpread = await isDistributable(owner)
    if (isSpread && !(await isCoordinator(owner))) throw notTheCoordinator(ownerUrl)
    await oneAtATime(owner, stop, async () => {
      await migrate(owner).catch((error: unknown) => {
        throw asMigrationTrouble(error, ownerUrl)
      })
      // No step that an operator could forget: where the engine has several machines, the tables lie on them.
      if (isSpread) onSpread(await distribute(owner))
    })
    const url = await roleUrl(owner, config, cluster?.url ?? null)
    if (url !== null) db = openDatabase(url, onLost, { ...size, isPrepared })
    await reach(db, config.databaseUrl)
    return {
      db,
      url: url ?? ownerUrl,
      owner,
      isGuarded: !(await ownsTheLog(db)),
      isSpread,
      closeOwner,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** `url` null where the database is our own, and what is wrong is no setting of anybody's. */
export async function reach(db: Kysely<Database>, url: string | null): Promise<void> {
  await sql`select 1`.execute(db).catch((error: unknown) => {
    throw url ? asTrouble(error, url) : error
  })
}

/** Where the application's role connects, with its rights granted; null where it is the owner's. */
async function roleUrl(
  owner: Kysely<Database>,
  config: Config,
  clusterUrl: string | null,
): Promise<string | null> {
  if (config.databaseUrl) {
    if (!config.databaseOwnerUrl) return null
    await grantTo(owner, decodeURIComponent(new URL(config.databaseUrl).username))
    return config.databaseUrl
  }
  const url = new URL(clusterUrl ?? '')
  const password = randomBytes(24).toString('base64url')
  await makeRole(owner, ownRole, password)
  await grantTo(owner, ownRole)
  await letSeeLogSize(owner, ownRole)
  url.username = ownRole
  url.password = password
  return url.href
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

const reasons: Readonly<Record<string, string>> = {
  '28P01': 'refuses the user or password',
  '28000': 'refuses the user or password',
  '3D000': 'has no such database',
  '53300': 'has no connection left',
}

/** Says of somebody's own PostgreSQL what is wrong, without the password in its address. */
function asTrouble(error: unknown, url: string): Error {
  const code = codeOf(error)
  const reason = reasons[code] ?? 'cannot be reached'
  // Without a code it is the driver's own word, which quotes nothing: "the server does not support SSL connections".
  const detail = code || (error instanceof Error ? error.message : '')
  return new StartTrouble(
    `The database at ${safeAddress(url)} ${reason}${detail ? ` (${detail})` : ''}. ` +
      `Check DATABASE_URL, and that PostgreSQL runs there; without DATABASE_URL Wuse starts its own.`,
  )
}

/** Also for whoever lays tables out by hand. */
export function notTheCoordinator(url: string): StartTrouble {
  return new StartTrouble(
    `The database at ${safeAddress(url)} is one of the machines of a Citus cluster and not its coordinator. ` +
      `Tables are made at the coordinator: set DATABASE_OWNER_URL to it. DATABASE_URL may be any of the machines.`,
  )
}

function asMigrationTrouble(error: unknown, url: string): unknown {
  if (codeOf(error) === '42501') {
    return new StartTrouble(
      `The database at ${safeAddress(url)} does not let this user make tables (42501). ` +
        `Give the user of DATABASE_URL that right, or name another one.`,
    )
  }
  if (error instanceof Error && error.message.startsWith('corrupted migrations')) {
    return new StartTrouble(
      'The database was made by a newer Wuse, which this one does not understand. Start that newer one.',
    )
  }
  return error
}

function safeAddress(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
