/** The embedded PostgreSQL of a data folder: made, started, kept running, stopped. Decision 0004 says why our own. */
import pg from 'pg'
import { readyBinaries } from './binaries.ts'
import { findPostgresFolder, prepareDataFolder, preparePostgresFolder } from './folder.ts'
import { keepRunning, urlOf } from './keep-running.ts'
import { endLeftover } from './leftover.ts'
import { lockFolder } from './lock.ts'
import { makeDatabase } from './make-database.ts'
import { findOwner } from './owner.ts'

export interface Cluster {
  /** `postgres://…` of the database `wuse`. */
  readonly url: string
  /** Process number of the PostgreSQL that runs now, 0 while none does. */
  readonly pid: number
  /** Stops PostgreSQL cleanly and lets go of the folder. */
  stop(): Promise<void>
}

export interface ClusterOptions {
  readonly dataDir: string
  /** More settings, `name=value`; tests take durability away where nothing is to last. */
  readonly settings?: readonly string[]
  /** Told whenever PostgreSQL ended by itself; it is started again. */
  readonly onEnd?: () => void
}

/** Starts the PostgreSQL of a data folder, making it first where there is none. Refuses with a StartTrouble. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const dataFolder = prepareDataFolder(options.dataDir)
  const lock = lockFolder(dataFolder)
  try {
    const owner = findOwner(findPostgresFolder(dataFolder))
    const binaries = readyBinaries(owner)
    const folder = preparePostgresFolder(dataFolder, owner)
    const home = { binaries, owner, folder, dataFolder }
    lock.check()
    await endLeftover(home)
    const password = await makeDatabase(home)
    const postgres = await keepRunning(home, {
      password,
      settings: options.settings ?? [],
      onEnd: options.onEnd ?? (() => undefined),
    })
    const stop = async () => {
      await postgres.stop()
      lock.release()
    }
    try {
      await createDatabase(urlOf(password, postgres.port, 'postgres'))
    } catch (error) {
      await stop()
      throw error
    }
    return {
      url: urlOf(password, postgres.port, 'wuse'),
      get pid() {
        return postgres.pid
      },
      stop,
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'wuse'`)
    if (!rowCount) await client.query('create database wuse')
  } finally {
    await client.end()
  }
}
