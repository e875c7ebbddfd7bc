/** `npm run seed -- --residents N [--reset]`: a demo of any size. */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { describeDemoAccounts, keepDemoAccounts } from './demo-accounts.ts'
import { emptyDatabase, fillDemo, isEmpty } from './demo-fill.ts'
import { openOffice } from './office.ts'
import { createProgress } from './progress.ts'
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
  const office = await openOffice(config, systemLog)
  try {
    if (!(await isEmpty(office.db))) {
      if (!wanted.reset) {
        throw new StartTrouble(
          'The database is not empty. Add --reset to delete everything in it and make the demo anew.',
        )
      }
      await emptyDatabase(office.db)
    }
    const progress = createProgress('Residents')
    const logins = await fillDemo(office.db, {
      now: systemClock.now(),
      ids: systemIds,
      randomBytes: systemRandomBytes,
      password: config.demoPassword,
      residents: wanted.residents,
      onProgress: (done, total) => progress.update(done, total),
    })
    progress.end()
    mkdirSync(config.dataDir, { recursive: true })
    keepDemoAccounts(config.dataDir, logins)
    process.stdout.write(`Demo accounts:\n${describeDemoAccounts(logins)}\n`)
  } finally {
    await office.close()
  }
}

seed().catch((error: unknown) => {
  const line = error instanceof StartTrouble ? error.message : `Not seeded: ${String(error)}`
  process.stderr.write(`${line}\n`)
  process.exit(1)
})
