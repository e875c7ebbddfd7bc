/** `npm run restore -- FILE [--reset]`: a backup into an empty database; the devices give back what came after it. */
import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { audit, officeChain } from './db/audit.ts'
import { BackupFault, restore } from './db/dump.ts'
import { emptyDatabase } from './db/empty.ts'
import { isEmpty } from './demo-fill.ts'
import { openOffice } from './office.ts'
import { systemClock, systemLog } from './system.ts'

const usage = 'Usage: npm run restore -- FILE [--reset]'

async function run(): Promise<void> {
  const { file, reset } = readArguments()
  const office = await openOffice(readConfig(process.env), systemLog)
  try {
    if (!(await isEmpty(office.owner)) && !reset) {
      throw new StartTrouble(
        'The database is not empty. Add --reset to delete everything in it first.',
      )
    }
    const { at, rows } = await office.owner.transaction().execute(async (trx) => {
      await emptyDatabase(trx)
      const now = new Date(systemClock.now())
      const restored = await restore(trx, linesOf(file), now)
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

function readArguments(): { readonly file: string; readonly reset: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { reset: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file && positionals.length === 1) return { file, reset: values.reset ?? false }
  } catch {
    // An option that there is not.
  }
  throw new StartTrouble(usage)
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file)
  const text = bytes.pipe(createGunzip())
  // A pipe passes no error on.
  bytes.on('error', (error) => text.destroy(error))
  text.setEncoding('utf8')
  try {
    // At line feeds alone: a name may hold what readline takes for the end of a line as well.
    let rest = ''
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    throw asTrouble(error, file)
  }
}

function asTrouble(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (code.startsWith('Z_')) {
    return new BackupFault('The backup is damaged or was cut short. Nothing was changed.')
  }
  return code.startsWith('E') ? new StartTrouble(`${file} cannot be read (${code}).`) : error
}

run().catch((error: unknown) => {
  const isSaid = error instanceof StartTrouble || error instanceof BackupFault
  process.stderr.write(`${isSaid ? error.message : `Not restored: ${String(error)}`}\n`)
  process.exit(1)
})
