import { readFileSync } from 'node:fs'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process: alive, but not ours to signal.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a process where the system tells it (Linux); null where it does not. */
export function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ')
  } catch {
    return null
  }
}

/** When a process began, in the system's ticks (Linux): tells a process from a later one with the same number. */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
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
