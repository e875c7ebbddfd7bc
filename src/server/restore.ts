/** `npm run restore -- FILE [--key KEYFILE] [--reset]`: a backup into an empty database; the devices give back what came after it. */
import { parseArgs } from 'node:util'
import { checkLines, openBackup } from './backups/read-backup.ts'
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { audit, officeChain } from './db/audit.ts'
import { BackupFault, requireSchema, restore } from './db/dump.ts'
import { emptyDatabase } from './db/empty.ts'
import { newestMigration } from './db/migrate.ts'
import { hasNoAccount } from './db/accounts.ts'
import { openOffice } from './office.ts'
import { systemClock, systemLog } from './system.ts'

const usage = 'Usage: npm run restore -- FILE [--key KEYFILE] [--reset]'

async function run(): Promise<void> {
  const { file, key, reset } = readArguments()
  const config = readConfig(process.env)
  // Read whole before anything is made: a file that is missing, damaged or sealed to another key changes nothing.
  const { schema } = await checkLines(await openBackup(file, key))
  requireSchema(schema, newestMigration)
  const office = await openOffice(config, systemLog)
  try {
    if (!(await hasNoAccount(office.owner)) && !reset) {
      throw new StartTrouble(
        'The database is not empty. Add --reset to delete everything in it first.',
      )
    }
    const { at, rows } = await office.owner.transaction().execute(async (trx) => {
      await emptyDatabase(trx)
      const now = new Date(systemClock.now())
      const restored = await restore(trx, await openBackup(file, key), now)
      const facts = { backup: restored.at, rows: restored.rows }
      const entry = { act: 'restored', at: now.toISOString(), account: null, facts } as const
      await audit(trx, officeChain, [entry])
      return restored
    })
    process.stdout.write(
      `Restored ${rows} rows as of ${at}. Devices give back what came after it when they connect.\n`,
    )
  } finally {
    await office.close()
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { reset: { type: 'boolean' }, key: { type: 'string' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file && positionals.length === 1) {
      return { file, key: values.key ?? null, reset: values.reset ?? false }
    }
  } catch {
    // An option that there is not.
  }
  throw new StartTrouble(usage)
}

run().catch((error: unknown) => {
  const isSaid = error instanceof StartTrouble || error instanceof BackupFault
  process.stderr.write(`${isSaid ? error.message : `Not restored: ${String(error)}`}\n`)
  process.exit(1)
})
