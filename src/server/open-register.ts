/** The register for tools that only read of it: beside the server that runs, or by itself where none does. */
import type { Kysely } from 'kysely'
import { findRunning } from './cluster/find-running.ts'
import { StartTrouble } from './cluster/trouble.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/connect.ts'
import { stateOfSchema } from './db/migrate.ts'
import type { Database } from './db/schema.ts'
import { openOffice, reach } from './office.ts'
import type { Log } from './routes/log.ts'

export interface OpenRegister {
  /** As the owner of the tables. */
  readonly owner: Kysely<Database>
  /** Whether a server works on it at the same time. */
  readonly isShared: boolean
  close(): Promise<void>
}

/**
 * A database that others use is taken as it is: nothing is migrated, no role is made, no right is granted. Refuses
 * one of another version with a StartTrouble. The embedded one that nobody runs is started, as `npm start` does.
 */
export async function openRegister(config: Config, log: Log): Promise<OpenRegister> {
  const running = config.databaseUrl ? null : await findRunning(config.dataDir)
  const url = config.databaseOwnerUrl ?? config.databaseUrl ?? running?.url ?? null
  if (url === null) {
    const { owner, close } = await openOffice(config, log)
    return { owner, close, isShared: false }
  }
  // The server tells of its own connections; of this tool's an error is thrown where it is used.
  const owner = openDatabase(url)
  const close = () => owner.destroy()
  try {
    await reach(owner, config.databaseUrl && url)
    await requireThisVersion(owner)
    return { owner, close, isShared: true }
  } catch (error) {
    await close()
    throw error
  }
}

async function requireThisVersion(db: Kysely<Database>): Promise<void> {
  const state = await stateOfSchema(db)
  if (state === 'same') return
  throw new StartTrouble(
    {
      none: 'The database holds no register yet. Start Wuse once.',
      older:
        'The database is of an older Wuse. Do this with the version that runs on it, or start this version once.',
      newer: 'The database is of a newer Wuse. Do this with that version.',
    }[state],
  )
}
