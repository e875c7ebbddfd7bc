/** A new database folder, and the password to an old one. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { runAs, type Binaries } from './binaries.ts'
import { syncFolder, writeDurably } from './durable.ts'
import type { Owner } from './owner.ts'
import { codeOf, StartTrouble } from './trouble.ts'

export const role = 'wuse'

export interface Home {
  readonly binaries: Binaries
  readonly owner: Owner | null
  /** What PostgreSQL calls its data directory. */
  readonly folder: string
  readonly dataFolder: string
}

/** Makes the database where there is none, and answers the password of its role. Nothing may run on the folder. */
export async function makeDatabase(home: Home): Promise<string> {
  const version = join(home.folder, 'PG_VERSION')
  const file = join(home.dataFolder, 'postgres-password')
  const known = existsSync(file) ? readFileSync(file, 'utf8') : null
  const password = known ?? randomBytes(24).toString('base64url')
  if (!existsSync(version)) {
    if (known === null) writeDurably(file, password)
    await initialise(home, password)
  } else {
    checkVersion(home, readFileSync(version, 'utf8').trim())
    if (known === null) {
      // A folder that came without its password, as from a backup of the database alone, gets a new one.
      await setPassword(home, password)
      writeDurably(file, password)
    }
  }
  return password
}

/**
 * Made beside and renamed: a folder under its own name is whole, so nothing under that name is ever cleared away,
 * however a start was cut short.
 */
async function initialise(home: Home, password: string): Promise<void> {
  const { folder, owner, binaries } = home
  if (readdirSync(folder).length > 0) {
    throw new StartTrouble(
      `${folder} holds other files than a database. Move them away, or set DATA_DIR to another folder.`,
    )
  }
  const draft = `${folder}.new`
  const passwordFile = `${folder}.initdb`
  rmSync(draft, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
    if (owner) for (const path of [draft, passwordFile]) chownSync(path, owner.uid, owner.gid)
    const words = [
      ...['-D', draft, '-U', role, `--pwfile=${passwordFile}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums'],
    ]
    // A group of its own: Ctrl-C is for Wuse, which stops when this is done.
    const options = { ...runAs(owner), detached: process.platform !== 'win32' }
    await promisify(execFile)(binaries.path('initdb'), words, options)
    if (process.platform === 'win32') rmdirSync(folder)
    renameSync(draft, folder)
    syncFolder(dirname(folder))
  } catch (error) {
    throw new StartTrouble(
      `The database folder ${folder} could not be made (${lastLine(error)}). ` +
        `Check that the disk has room and the folder may be written.`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function checkVersion(home: Home, found: string): void {
  const { major } = home.binaries
  if (found === major) return
  throw new StartTrouble(
    `${home.folder} was made by PostgreSQL ${found}, and this Wuse has PostgreSQL ${major}. ` +
      `Start it with the Wuse that made it, or set DATA_DIR to another folder.`,
  )
}

/** By PostgreSQL without a server, which asks for no password. */
async function setPassword(home: Home, password: string): Promise<void> {
  const words = ['--single', '-D', home.folder, 'postgres']
  const running = promisify(execFile)(home.binaries.path('postgres'), words, runAs(home.owner))
  running.child.stdin?.end(`alter role ${role} password '${password}'\n`)
  try {
    await running
  } catch (error) {
    throw new StartTrouble(
      `${join(home.dataFolder, 'postgres-password')} is missing, and the database takes no new one (${lastLine(error)}). Bring that file back.`,
    )
  }
}

function lastLine(error: unknown): string {
  const { stderr } = error as { stderr?: unknown }
  const said = typeof stderr === 'string' ? stderr.trim().split('\n').at(-1) : ''
  return said || codeOf(error) || 'unknown reason'
}
