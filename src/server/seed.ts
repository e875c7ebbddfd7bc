/** `npm run seed -- --residents N [--reset]`: a demo of any size. */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { describeDemoAccounts, keepDemoAccounts } from './demo-accounts.ts'
import { emptyDatabase } from './db/empty.ts'
import { hasNoAccount } from './db/accounts.ts'
import { fillDemo } from './demo-fill.ts'
import { openOffice } from './office.ts'
import { createProgress } from './progress.ts'
import { createStopSignal } from './stop-signal.ts'
import { systemClock, systemIds, systemLog, systemRandomBytes } from './system.ts'

const usage = 'Usage: npm run seed -- --residents N [--reset]'
const most = 2_000_000

interface Wanted {
  readonly residents: number | null
  readonly reset: boolean
}

function readArguments(): Wanted {
  let values: { residents?: string; reset?: boolean }
  try {
    values = parseArgs({
      options: { residents: { type: 'string' }, reset: { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new StartTrouble(
      `${error instanceof Error ? error.message : 'Wrong arguments'}. ${usage}`,
    )
  }
  const { residents, reset } = values
  if (residents === undefined) return { residents: null, reset: reset ?? false }
  const number = Number(residents)
  if (!/^\d+$/.test(residents) || number < 1 || number > most) {
    throw new StartTrouble(`--residents takes a whole number from 1 to ${most}. ${usage}`)
  }
  return { residents: number, reset: reset ?? false }
}

async function seed(): Promise<void> {
  const wanted = readArguments()
  const config = readConfig(process.env)
  const stop = createStopSignal()
  const office = await openOffice(config, systemLog)
  try {
    if (!(await hasNoAccount(office.owner))) {
      if (!wanted.reset) {
        throw new StartTrouble(
          'The database is not empty. Add --reset to delete everything in it and make the demo anew.',
        )
      }
      await emptyDatabase(office.owner)
    }
    const progress = createProgress('Residents')
    mkdirSync(config.dataDir, { recursive: true })
    const logins = await fillDemo(office.owner, {
      now: systemClock.now(),
      ids: systemIds,
      randomBytes: systemRandomBytes,
      password: config.demoPassword,
      residents: wanted.residents,
      signal: stop,
      onProgress: (done, total) => progress.update(done, total),
      onLogins: (made) => keepDemoAccounts(config.dataDir, made),
    }).finally(() => progress.end())
    process.stdout.write(`Demo accounts:\n${describeDemoAccounts(logins)}\n`)
  } finally {
    await office.close()
  }
}

seed().catch((error: unknown) => {
  const line = lineOf(error)
  process.stderr.write(`${line}\n`)
  process.exit(1)
})

function lineOf(error: unknown): string {
  if (error instanceof StartTrouble) return error.message
  if (error instanceof Error && error.name === 'AbortError') {
    return 'Stopped before the demo was whole; the next seed begins anew.'
  }
  return `Not seeded: ${String(error)}`
}
