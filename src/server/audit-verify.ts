/** `npm run audit:verify [-- --anchor FILE]`: reads the whole audit log and says whether it holds. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import { readConfig } from './config.ts'
import type { ChainHead } from './db/audit.ts'
import { verifyAudit, type Anchor } from './db/audit-verify.ts'
import { openRegister } from './open-register.ts'
import { systemLog } from './system.ts'

const usage = 'Usage: npm run audit:verify [-- --anchor FILE]'

/** Heads of chains as of an earlier run, kept where nobody who could change the database can change them. */
const anchorSchema = v.record(v.string(), v.object({ seq: v.number(), hash: v.string() }))

async function run(): Promise<boolean> {
  const file = readArguments()
  const anchor = file !== null && existsSync(file) ? readAnchor(file) : undefined
  const register = await openRegister(readConfig(process.env), systemLog)
  try {
    const verified = await verifyAudit(register.owner, anchor)
    const { heads, entries, changes, emptied, respelled, faults } = verified
    say(`Checked ${entries} entries of ${heads.size} chains and ${changes} changes.`)
    if (emptied > 0) say(`The values of ${emptied} changes were emptied when their time was over.`)
    if (respelled > 0) {
      say(`${respelled} entries of before version 0.2.0 name their record in capitals. They hold.`)
    }
    for (const { chain, seq, change, why } of faults) {
      const where = [`chain ${chain}`, seq && `entry ${seq}`, change && `change ${change}`]
      say(`The log is broken: ${why} (${where.filter(Boolean).join(', ')}).`)
    }
    if (faults.length > 1) say(`There are ${faults.length} faults.`)
    if (faults.length > 0) return false
    if (anchor) say(`It holds all that was noted in ${String(file)} before.`)
    if (file !== null) writeAnchor(file, heads)
    say('The log holds.')
    return true
  } finally {
    await register.close()
  }
}

function readArguments(): string | null {
  try {
    const { values } = parseArgs({ options: { anchor: { type: 'string' } } })
    return values.anchor ?? null
  } catch {
    throw new StartTrouble(usage)
  }
}

function readAnchor(file: string): Anchor {
  try {
    const parsed = v.parse(anchorSchema, JSON.parse(readFileSync(file, 'utf8')))
    return new Map(Object.entries(parsed))
  } catch (error) {
    throw new StartTrouble(
      `${file} is no anchor of an earlier run (${codeOf(error) || 'damaged'}).`,
    )
  }
}

function writeAnchor(file: string, heads: ReadonlyMap<string, ChainHead>): void {
  try {
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(heads), null, 1)}\n`)
  } catch (error) {
    throw new StartTrouble(`${file} cannot be written (${codeOf(error)}). Choose another place.`)
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

run().then(
  (holds) => process.exit(holds ? 0 : 1),
  (error: unknown) => {
    const line = error instanceof StartTrouble ? error.message : `Not verified: ${String(error)}`
    process.stderr.write(`${line}\n`)
    process.exit(2)
  },
)
