/** `npm run backup -- FILE`: the whole register of one moment into one file, also while the server runs. */
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { noteBackup } from './backups/note-backup.ts'
import { createKeyPair, isPublicKey } from './backups/seal-backup.ts'
import { writeBackup } from './backups/write-backup.ts'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import { notePass } from './db/passes.ts'
import { openRegister } from './open-register.ts'
import { systemClock, systemLog } from './system.ts'

const usage =
  'Usage: npm run backup -- FILE [--key PUBLICKEY], or npm run backup -- --make-key KEYFILE'

async function run(): Promise<void> {
  const { file, key, makeKey } = readArguments()
  if (makeKey !== null) return writeKey(makeKey)
  if (file === null) throw new StartTrouble(usage)
  const config = readConfig(process.env)
  const publicKey = key ?? config.backupKey
  if (publicKey !== null && !isPublicKey(publicKey)) {
    throw new StartTrouble('The key to seal with should be a public key that begins with age1.')
  }
  const register = await openRegister(config, systemLog)
  try {
    const began = systemClock.now()
    const written = await writeBackup(register.owner, file, { at: new Date(began), publicKey })
    const now = systemClock.now()
    await noteBackup(register.owner, written, { at: new Date(now), isSealed: publicKey !== null })
    await notePass(register.owner, {
      ...{ name: 'backup', at: new Date(now), isGood: true, ms: now - began },
      facts: { bytes: written.bytes, rows: written.rows },
    })
    const advice = publicKey
      ? 'It is sealed: only the private key opens it.'
      : 'It holds personal data: keep it locked away.'
    process.stdout.write(
      `Backed up ${written.rows} rows to ${file} and read them back. ${advice}\n`,
    )
  } finally {
    await register.close()
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { key: { type: 'string' }, 'make-key': { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length <= 1) {
      const [file = null] = positionals
      return { file, key: values.key ?? null, makeKey: values['make-key'] ?? null }
    }
  } catch {
    // An option that there is not.
  }
  throw new StartTrouble(usage)
}

/** The private key into a file of its own, which then goes to where no server is. */
async function writeKey(file: string): Promise<void> {
  if (existsSync(file))
    throw new StartTrouble(`${file} is there already, and keys are never overwritten.`)
  const { publicKey, privateKey } = await createKeyPair()
  const lines = [
    '# Opens the backups of Wuse. Keep it away from the server, twice.',
    `# public key: ${publicKey}`,
    privateKey,
  ]
  try {
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    throw new StartTrouble(`${file} cannot be written (${codeOf(error)}). Choose another place.`)
  }
  process.stdout.write(
    `The private key is in ${file}. Take it away from this machine, and keep two copies: without it no sealed backup opens.\n` +
      `Set BACKUP_KEY=${publicKey}\n`,
  )
}

run().catch((error: unknown) => {
  const line = error instanceof StartTrouble ? error.message : `Not backed up: ${String(error)}`
  process.stderr.write(`${line}\n`)
  process.exit(1)
})
