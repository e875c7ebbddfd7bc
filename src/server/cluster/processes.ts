import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** Whether a process with this number runs. One that ended and that nobody has collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process: alive, but not ours to signal.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !['Z', 'X'].includes(statOf(pid)?.[0] ?? '')
}

/** The command line of a process; null where the system does not tell it. */
export function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ')
  } catch {
    return ask('command', pid)
  }
}

/** When a process began, as the system writes it: tells a process from a later one with the same number. */
export function startOf(pid: number): string | null {
  return statOf(pid)?.[19] ?? ask('lstart', pid)
}

/** Whether a process works in this folder, under whatever name; null where the system does not tell it. */
export function worksIn(pid: number, folder: string): boolean | null {
  try {
    const there = statSync(`/proc/${pid}/cwd`)
    const here = statSync(folder)
    return there.ino === here.ino && there.dev === here.dev
  } catch {
    return null
  }
}

/** Asks every so often until it is so; false where it never was. */
export async function until(
  holds: () => boolean,
  patienceMs: number,
  everyMs = 50,
): Promise<boolean> {
  for (let waited = 0; waited <= patienceMs; waited += everyMs) {
    if (holds()) return true
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return holds()
}

/** Linux: the fields of a process from its state on, which is the third of proc(5). */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** Where there is no /proc (macOS), ps knows. */
function ask(field: 'command' | 'lstart', pid: number): string | null {
  if (process.platform === 'linux' || process.platform === 'win32') return null
  try {
    const words = ['-ww', '-o', `${field}=`, '-p', String(pid)]
    const said = execFileSync('ps', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return said.trim() || null
  } catch {
    return null
  }
}
