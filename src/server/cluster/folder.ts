import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
  rmSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import type { Owner } from './owner.ts'
import { codeOf, StartTrouble } from './trouble.ts'

/** Makes the data folder, or says why it cannot be used. */
export function prepareDataFolder(dataDir: string): string {
  const folder = resolve(dataDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    const probe = join(folder, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new StartTrouble(
      `The data folder ${folder} cannot be written (${codeOf(error) || 'unknown reason'}). ` +
        `Give this account the right to write there, or set DATA_DIR to another folder.`,
    )
  }
  return folder
}

/**
 * The folder that PostgreSQL keeps its files in: `postgres` in the data folder. Where the owner cannot enter the data
 * folder's own path (root's closed home), that is a link to a folder under /var/lib/wuse.
 */
export function preparePostgresFolder(dataFolder: string, owner: Owner | null): string {
  const folder = join(dataFolder, 'postgres')
  if (existsSync(folder)) return own(realpathSync(folder), owner)
  if (!owner || canEnter(dataFolder, owner)) {
    mkdirSync(folder, { mode: 0o700 })
    return own(folder, owner)
  }
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  const elsewhere = join('/var/lib/wuse', name)
  mkdirSync(dirname(elsewhere), { recursive: true, mode: 0o755 })
  mkdirSync(elsewhere, { recursive: true, mode: 0o700 })
  symlinkSync(elsewhere, folder)
  return own(elsewhere, owner)
}

function own(folder: string, owner: Owner | null): string {
  if (owner) {
    chownSync(folder, owner.uid, owner.gid)
    chmodSync(folder, 0o700)
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new StartTrouble(
      `The database folder ${folder} belongs to another account. ` +
        `Start Wuse as the account that made it, or set DATA_DIR to another folder.`,
    )
  }
  return folder
}

function canEnter(folder: string, owner: Owner): boolean {
  try {
    execFileSync('test', ['-x', folder], { uid: owner.uid, gid: owner.gid, cwd: '/' })
    return true
  } catch {
    return false
  }
}
