/** Reads a backup as lines, and says whether it is whole before anything is made of it. */
import { createReadStream, openSync, readSync, closeSync, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { codeOf, StartTrouble } from '../cluster/trouble.ts'
import { BackupFault, backupFormat, backupTables } from '../db/dump.ts'
import { openSealed, readKeyFile, sealedMark } from './seal-backup.ts'

export interface CheckedBackup {
  /** The newest migration of the database that it was taken of. */
  readonly schema: string
  readonly at: string
  readonly rows: number
}

/** Opens a backup file, sealed or not. Refuses in words what cannot be read. `keyFile`: where the private key lies. */
export async function openBackup(
  file: string,
  keyFile: string | null,
): Promise<AsyncGenerator<string>> {
  const isSealed = isSealedFile(file)
  if (isSealed && keyFile === null) {
    throw new StartTrouble(
      `${file} is sealed. Say where its private key lies: npm run restore -- ${file} --key KEYFILE`,
    )
  }
  if (!isSealed) return linesOf(createReadStream(file))
  const privateKey = readPrivateKey(keyFile ?? '')
  try {
    return linesOf(await openSealed(createReadStream(file), privateKey))
  } catch (error) {
    throw asBackupFault(error)
  }
}

function isSealedFile(file: string): boolean {
  const head = Buffer.alloc(sealedMark.length)
  try {
    const handle = openSync(file, 'r')
    try {
      readSync(handle, head, 0, head.length, 0)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    throw new StartTrouble(`${file} cannot be read (${codeOf(error)}).`)
  }
  return head.toString('latin1') === sealedMark
}

function readPrivateKey(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartTrouble(`${file} cannot be read (${codeOf(error)}).`)
  }
  const key = readKeyFile(text)
  if (key !== null) return key
  throw new StartTrouble(`${file} holds no private key: a line that begins with AGE-SECRET-KEY-1.`)
}

/** The lines of a packed backup; throws a BackupFault where it is damaged. */
export async function* linesOf(bytes: Readable): AsyncGenerator<string> {
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
    if (rest !== '') throw damaged()
  } catch (error) {
    throw asBackupFault(error)
  } finally {
    bytes.destroy()
  }
}

/** Reads every line: a header, tables that there are, rows that are JSON, and as many as its end says. */
export async function checkLines(lines: AsyncIterable<string>): Promise<CheckedBackup> {
  let header: { readonly schema: string; readonly at: string } | null = null
  let isInTable = false
  let rows = 0
  let end: number | null = null
  for await (const line of lines) {
    const value = parse(line)
    if (end !== null) throw damaged()
    if (header === null) {
      const { format, schema, at } = value
      if (format !== backupFormat || typeof schema !== 'string' || typeof at !== 'string') {
        throw new BackupFault('The file is no backup of Wuse. Nothing was changed.')
      }
      header = { schema, at }
    } else if (line.startsWith('{"table":')) {
      if (!backupTables.includes(String(value['table']))) throw damaged()
      isInTable = true
    } else if (line.startsWith('{"end":')) end = Number(value['rows'])
    else if (isInTable) rows += 1
    else throw damaged()
  }
  if (header === null || end !== rows) throw damaged()
  return { ...header, rows }
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw damaged()
}

function damaged(): BackupFault {
  return new BackupFault('The backup is damaged or was cut short. Nothing was changed.')
}

/** What unpacking or opening says of a file that was changed, cut or sealed to another key. */
function asBackupFault(error: unknown): unknown {
  if (error instanceof BackupFault || error instanceof StartTrouble) return error
  if (error instanceof Error && /no identity matched/i.test(error.message)) {
    return new BackupFault('The backup is sealed to another key. Nothing was changed.')
  }
  const code = codeOf(error)
  if (code.startsWith('E') && !code.startsWith('ERR_')) {
    return new StartTrouble(`The backup cannot be read (${code}).`)
  }
  return damaged()
}
