import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { StartTrouble } from './trouble.ts'

/** The unprivileged account that owns the data folder where Wuse itself runs as root. */
export interface Owner {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Null for an ordinary user, who owns the data themself. */
export function findOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null
  const known = readAccount('wuse')
  if (known) return known
  try {
    execFileSync(
      'useradd',
      ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'wuse'],
      {
        stdio: 'ignore',
      },
    )
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
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [account, , uid, gid] = line.split(':')
    if (account === name) return { name, uid: Number(uid), gid: Number(gid) }
  }
  return null
}
