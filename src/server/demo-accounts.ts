import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoLogin } from './demo-fill.ts'

const name = 'demo-accounts.json'

/** Kept beside the data, readable for its owner alone, so that each start can print them again. */
export function keepDemoAccounts(dataDir: string, logins: readonly DemoLogin[]): void {
  writeFileSync(join(dataDir, name), JSON.stringify(logins, null, 2), { mode: 0o600 })
}

/** Null where the database was filled from another machine or by hand. */
export function readDemoAccounts(dataDir: string): readonly DemoLogin[] | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as DemoLogin[]
  } catch {
    return null
  }
}

/** A table for the terminal. */
export function describeDemoAccounts(logins: readonly DemoLogin[]): string {
  const lines = logins.map(
    ({ login, password, role, area }) =>
      `  ${login.padEnd(10)} ${password.padEnd(22)} ${role.padEnd(8)} ${area}`,
  )
  return ['  account    password               role     area', ...lines].join('\n')
}
