/** Opens what every entry point needs: the embedded PostgreSQL or the one that DATABASE_URL names, migrated. */
import { sql, type Kysely } from 'kysely'
import { openCluster } from './cluster/open-cluster.ts'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import type { Database } from './db/schema.ts'
import type { Log } from './routes/log.ts'

export interface OpenOffice {
  readonly db: Kysely<Database>
  close(): Promise<void>
}

export async function openOffice(config: Config, log: Log): Promise<OpenOffice> {
  const cluster = config.databaseUrl
    ? null
    : await openCluster({
        dataDir: config.dataDir,
        onRestart: () => log.write('database', { problem: 'database-unreachable' }),
      })
  const url = config.databaseUrl ?? cluster?.url ?? ''
  const db = openDatabase(url, () => log.write('database', { problem: 'database-unreachable' }))
  const close = async () => {
    await db.destroy()
    await cluster?.stop()
  }
  try {
    await sql`select 1`.execute(db)
    await migrate(db)
    return { db, close }
  } catch (error) {
    await close()
    throw config.databaseUrl ? asTrouble(error, config.databaseUrl) : error
  }
}

/** Says of somebody's own PostgreSQL what is wrong, without the password in its address. */
function asTrouble(error: unknown, url: string): Error {
  const where = safeAddress(url)
  const code = codeOf(error)
  const reason =
    code === '28P01' || code === '28000'
      ? 'refuses the user or password'
      : code === '3D000'
        ? 'has no such database'
        : code === '42501'
          ? 'does not let this user make tables'
          : 'cannot be reached'
  const known = /^(28|3D|08|57P|42501)|^E[A-Z]+$/.test(code) || /timeout/i.test(String(error))
  if (!known && error instanceof Error) return error
  return new StartTrouble(
    `The database at ${where} ${reason}${code ? ` (${code})` : ''}. ` +
      `Check DATABASE_URL, and that PostgreSQL runs there; without DATABASE_URL Wuse starts its own.`,
  )
}

function safeAddress(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
