/** `npm run backup -- FILE`: the whole register of one moment into one file, while the server runs elsewhere or not at all. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { dump } from './db/dump.ts'
import { openOffice } from './office.ts'
import { systemClock, systemLog } from './system.ts'

async function backup(file: string | undefined): Promise<void> {
  if (!file) throw new StartTrouble('Usage: npm run backup -- FILE')
  const office = await openOffice(readConfig(process.env), systemLog)
  // Written beside and renamed: a file under its own name is whole.
  const partial = `${file}.part`
  try {
    const lines = Readable.from(dump(office.owner, new Date(systemClock.now())))
    await pipeline(lines, createGzip(), createWriteStream(partial, { mode: 0o600, flush: true }))
    await rename(partial, file)
    process.stdout.write(`Backed up to ${file}. It holds personal data: keep it locked away.\n`)
  } catch (error) {
    await rm(partial, { force: true })
    const code = codeOf(error)
    throw code.startsWith('E')
      ? new StartTrouble(`${file} cannot be written (${code}). Choose another place.`)
      : error
  } finally {
    await office.close()
  }
}

backup(process.argv[2]).catch((error: unknown) => {
  const line = error instanceof StartTrouble ? error.message : `Not backed up: ${String(error)}`
  process.stderr.write(`${line}\n`)
  process.exit(1)
})
