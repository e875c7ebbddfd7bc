import { Migrator, type Kysely } from 'kysely'
import { up as firstDay } from './migrations/0001-first-day.ts'
import { up as devices } from './migrations/0002-devices.ts'
import { up as moves } from './migrations/0003-moves.ts'
import { up as scheme } from './migrations/0005-scheme.ts'
import { up as overview } from './migrations/0006-overview.ts'
import { up as imports } from './migrations/0007-imports.ts'
import { up as placesPeople } from './migrations/0009-places-people.ts'
import { up as audit } from './migrations/0010-audit.ts'
import { up as policy } from './migrations/0011-policy.ts'
import { up as standing } from './migrations/0016-standing.ts'
import type { Database } from './schema.ts'

/** A migration that was released is never edited: a change is one of its own. */
const migrations = {
  '0001-first-day': { up: firstDay },
  '0002-devices': { up: devices },
  '0003-moves': { up: moves },
  '0005-scheme': { up: scheme },
  '0006-overview': { up: overview },
  '0007-imports': { up: imports },
  '0009-places-people': { up: placesPeople },
  '0010-audit': { up: audit },
  '0011-policy': { up: policy },
  '0016-standing': { up: standing },
}

/** Brings the schema up to this version; does nothing where it is. Several servers may start at once: the first does it. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error })
}
