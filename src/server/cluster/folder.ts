import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Owner } from './owner.ts'
import { codeOf, StartTrouble } from './trouble.ts'

/** For files of an account that cannot enter where they should be. */
export const elsewhere = '/var/lib/wuse'

/** Makes that place, open for passing through whatever the umask of this process says. */
export function makeElsewhere(place: string): void {
  if (existsSync(place)) return
  mkdirSync(place, { recursive: true })
  chmodSync(place, 0o755)
}

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

/** Where the database of a data folder lies, links followed, and whose it is; null where there is none yet. */
export function findPostgresFolder(
  dataFolder: string,
): { path: string; uid: number; gid: number } | null {
  const name = join(dataFolder, 'postgres')
  if (!lstatSync(name, { throwIfNoEntry: false })) return null
  try {
    const path = realpathSync(name)
    const { uid, gid } = statSync(path)
    return { path, uid, gid }
  } catch {
    throw new StartTrouble(
      `${name} is a link to a folder that is gone. Bring that folder back, or remove the link to start with an empty database.`,
    )
  }
}

/**
 * The folder that PostgreSQL keeps its files in: `postgres` in the data folder. Where the owner cannot enter the data
 * folder's own path (root's closed home), that is a link to a folder under /var/lib/wuse.
 */
export function preparePostgresFolder(dataFolder: string, owner: Owner | null): string {
  const existing = findPostgresFolder(dataFolder)
  if (existing) return takeOver(existing, owner)
  const name = join(dataFolder, 'postgres')
  if (!owner || letIn(dataFolder, owner)) {
    mkdirSync(name, { mode: 0o700 })
    if (owner) chownSync(name, owner.uid, owner.gid)
    return realpathSync(name)
  }
  makeElsewhere(elsewhere)
  // A name of its own: what an earlier data folder of the same path left there is not this one's to touch.
  const folder = mkdtempSync(join(elsewhere, 'data-'))
  chownSync(folder, owner.uid, owner.gid)
  symlinkSync(folder, name)
  return folder
}

function takeOver(existing: { path: string; uid: number }, owner: Owner | null): string {
  const { path, uid } = existing
  const self = process.getuid?.()
  if (!owner) {
    if (self !== undefined && uid !== self) {
      throw new StartTrouble(
        `The database folder ${path} belongs to another account. ` +
          `Start Wuse as the account that made it, or set DATA_DIR to another folder.`,
      )
    }
    if (self !== undefined) chmodSync(path, 0o700)
    return path
  }
  // Copied back by root, as a restored backup is: PostgreSQL reads only what its own account owns.
  if (uid !== owner.uid) giveTo(path, owner)
  chmodSync(path, 0o700)
  if (!canEnter(path, owner) && !(letIn(dirname(path), owner) && canEnter(path, owner))) {
    throw new StartTrouble(
      `The account "${owner.name}", which PostgreSQL runs under, cannot enter ${path}. ` +
        `Let others pass through the folders above it (chmod o+x), or set DATA_DIR to another folder.`,
    )
  }
  return path
}

function giveTo(path: string, owner: Owner): void {
  lchownSync(path, owner.uid, owner.gid)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = join(path, entry.name)
    if (entry.isDirectory()) giveTo(below, owner)
    else lchownSync(below, owner.uid, owner.gid)
  }
}

/**
 * True where the owner can pass through the folder. Our own data folder, closed to everybody else, is opened to the
 * owner's group for passing through alone; nothing above it is touched.
 */
function letIn(folder: string, owner: Owner): boolean {
  if (canEnter(folder, owner)) return true
  const { uid, gid, mode } = statSync(folder)
  if (uid !== 0 || (mode & 0o070) !== 0) return false
  chownSync(folder, uid, owner.gid)
  chmodSync(folder, (mode & 0o7777) | 0o010)
  if (canEnter(folder, owner)) return true
  chownSync(folder, uid, gid)
  chmodSync(folder, mode & 0o7777)
  return false
}

function canEnter(folder: string, owner: Owner): boolean {
  if (!existsSync(folder)) return false
  try {
    execFileSync('test', ['-x', folder], { uid: owner.uid, gid: owner.gid, cwd: '/' })
    return true
  } catch {
    return false
  }
}
