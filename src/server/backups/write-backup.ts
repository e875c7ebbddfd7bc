/** One backup file: written beside, synced, read back whole, and only then under its own name. */
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Kysely } from 'kysely'
import { syncFolder } from '../cluster/durable.ts'
import { codeOf, StartTrouble } from '../cluster/trouble.ts'
import { dump } from '../db/dump.ts'
import type { Database } from '../db/schema.ts'
import { checkLines, linesOf } from './read-backup.ts'
import { createSeal } from './seal-backup.ts'

export interface WrittenBackup {
  readonly bytes: number
  readonly rows: number
}

/**
 * All of one moment into a file that only its owner may read. After the return the file lasts, with its name, and was
 * read back from its first to its last line. `publicKey`: sealed to it; null: in the clear. Throws a StartTrouble
 * where the file cannot be written.
 */
export async function writeBackup(
  db: Kysely<Database>,
  file: string,
  { at, publicKey }: { readonly at: Date; readonly publicKey: string | null },
): Promise<WrittenBackup> {
  const path = resolve(file)
  const partial = `${path}.part`
  const seal = publicKey === null ? null : await createSeal(publicKey)
  try {
    await pipeline(
      Readable.from(dump(db, at)),
      createGzip(),
      async function* (packed: AsyncIterable<Buffer>) {
        yield* seal ? await seal.seal(Readable.from(packed)) : packed
      },
      createWriteStream(partial, { mode: 0o600, flush: true }),
    )
    const stored = createReadStream(partial)
    const read = await checkLines(linesOf(seal ? await seal.open(stored) : stored))
    await rename(partial, path)
    syncFolder(dirname(path))
    return { bytes: (await stat(path)).size, rows: read.rows }
  } catch (error) {
    await rm(partial, { force: true })
    const code = codeOf(error)
    throw code.startsWith('E') && !code.startsWith('ECONN')
      ? new StartTrouble(`${file} cannot be written (${code}). Choose another place.`)
      : error
  }
}
