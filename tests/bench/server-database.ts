import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPostgresFolder } from '#server/cluster/folder.ts'
import { urlOf } from '#server/cluster/keep-running.ts'

/** The address of the PostgreSQL that a running server started in its data folder. */
export function databaseUrlOf(dataDir: string): string {
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8')
  const folder = findPostgresFolder(dataDir)
  if (!folder) throw new Error('no database there')
  // Its fourth line is the port.
  const port = Number(readFileSync(join(folder.path, 'postmaster.pid'), 'utf8').split('\n')[3])
  return urlOf(password, port, 'wuse')
}
