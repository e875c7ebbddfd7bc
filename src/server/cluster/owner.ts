import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { StartTrouble } from './trouble.ts'

/** The unprivileged account that owns the data folder where Wuse itself runs as root. */
export interface Owner {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * Null for an ordinary user, who owns the data themself. As root it is whoever has owned the database so far, so
 * that a start as root does not take it away from an ordinary user; else the account `wuse`.
 */
export function findOwner(before: { uid: number; gid: number } | null): Owner | null {
  if (process.getuid?.() !== 0) return null
  if (before && before.uid !== 0) return { name: nameOf(before.uid), ...before }
  const known = readAccount('wuse')
  if (known) return known
  try {
    const words = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'wuse']
    execFileSync('useradd', words, { stdio: 'ignore' })
  } catch {
    // No useradd here, or a read-only /etc: another unprivileged account will do.
  }
  const owner = readAccount('wuse') ?? readAccount('postgres') ?? readAccount('nobody')
  if (owner) return owner
  throw new StartTrouble(
    'PostgreSQL refuses to run as root, and this machine has no account "wuse", "postgres" or "nobody" to run it under. ' +
      'Make one with "useradd --system wuse", or start Wuse as an ordinary user.',
  )
}

function readAccount(name: string): Owner | null {
  return readAccounts().find((account) => account.name === name) ?? null
}

function nameOf(uid: number): string {
  return readAccounts().find((account) => account.uid === uid)?.name ?? String(uid)
}

function readAccounts(): Owner[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => {
      const [name = '', , uid, gid] = line.split(':')
      return { name, uid: Number(uid), gid: Number(gid) }
    })
}
