import { Migrator, type Kysely } from 'kysely'
import { up } from './migrations/0001-first-day.ts'
import type { Database } from './schema.ts'

const migrations = { '0001-first-day': { up } }

/** Brings the schema up to this version; does nothing where it is. Several servers may start at once: the first does it. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error })
}
