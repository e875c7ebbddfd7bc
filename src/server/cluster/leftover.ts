import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runAs } from './binaries.ts'
import type { Home } from './make-database.ts'
import { commandOf, isAlive, until, worksIn } from './processes.ts'
import { StartTrouble } from './trouble.ts'

const patienceMs = 30_000

/**
 * A PostgreSQL that outlived its Wuse is stopped cleanly. It is known by what runs under the number in its file and
 * where, never by the file alone; a number that another process has now is cleared away, and of a process that is
 * gone PostgreSQL itself judges, since its children may outlive it.
 */
export async function endLeftover(
  home: Pick<Home, 'folder' | 'binaries' | 'owner'>,
): Promise<void> {
  const { folder } = home
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  if (process.platform === 'win32') return stopByControl(home)
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!(pid > 0) || !isAlive(pid)) return
  const isOurs = isPostgresOf(pid, folder)
  if (isOurs === null) return
  if (!isOurs) {
    rmSync(file, { force: true })
    return
  }
  // Fast: sessions end, everything is written. Then at once: the log is replayed at the next start, nothing is lost.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    tell(pid, signal)
    if (await until(() => !isAlive(pid), patienceMs)) return
  }
  throw new StartTrouble(
    `A PostgreSQL (process ${pid}) still runs on ${folder} and does not stop. End it and start again.`,
  )
}

/** Null where the system does not tell. */
export function isPostgresOf(pid: number, folder: string): boolean | null {
  const command = commandOf(pid)
  if (command === null) return null
  return command.includes('postgres') && (worksIn(pid, folder) ?? command.includes(folder))
}

/** PostgreSQL's own way, for Windows, which has no such signals. */
export async function stopByControl(
  home: Pick<Home, 'folder' | 'binaries' | 'owner'>,
): Promise<void> {
  const words = ['stop', '-D', home.folder, '-m', 'fast', '-w', '-t', String(patienceMs / 1000)]
  // It fails where nothing runs, which is as good.
  await promisify(execFile)(home.binaries.path('pg_ctl'), words, runAs(home.owner)).catch(
    () => undefined,
  )
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself in between.
  }
}
