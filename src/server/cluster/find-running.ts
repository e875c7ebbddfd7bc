/** The PostgreSQL of a data folder that another process of Wuse keeps running, for tools that only read of it. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findPostgresFolder } from './folder.ts'
import { urlOf } from './keep-running.ts'
import { holderOf } from './lock.ts'
import { StartTrouble } from './trouble.ts'
import { readOwn } from './read-own.ts'

export interface RunningCluster {
  /** `postgres://…` of the database `wuse`. */
  readonly url: string
  /** The process of Wuse that keeps it. */
  readonly holder: number
}

/**
 * Null where no Wuse runs on the folder. Its port stands in PostgreSQL's own file and its password beside it, both
 * readable for the account that made them alone. Waits for one that is just starting.
 */
export async function findRunning(
  dataDir: string,
  patienceMs = 30_000,
): Promise<RunningCluster | null> {
  const dataFolder = resolve(dataDir)
  for (let waited = 0; ; waited += 250) {
    const holder = holderOf(dataFolder)
    if (holder === null) return null
    const port = portOf(dataFolder)
    if (port !== null) return { holder, url: urlOf(passwordOf(dataFolder), port, 'wuse') }
    if (waited >= patienceMs) {
      throw new StartTrouble(
        `Wuse (process ${holder}) runs on ${dataFolder}, and its database does not. Look at postgres.log there, and try again.`,
      )
    }
    await new Promise((done) => setTimeout(done, 250))
  }
}

/** The fourth line of postmaster.pid; null while it is not there or not written to its end. */
function portOf(dataFolder: string): number | null {
  const folder = findPostgresFolder(dataFolder)
  const file = folder && join(folder.path, 'postmaster.pid')
  if (!file || !existsSync(file)) return null
  const [, , , port = '', , , , status = ''] = read(file).split('\n')
  return /^\d+$/.test(port) && status.trim() === 'ready' ? Number(port) : null
}

function passwordOf(dataFolder: string): string {
  return read(join(dataFolder, 'postgres-password'))
}

const read = (file: string) =>
  readOwn(file, (code) => `cannot be read (${code}). Use the account that Wuse runs under.`)
