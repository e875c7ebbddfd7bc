/** `npm run breach`: who was on a lost device, whom to tell, and the draft of what they are told; also while the server runs. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Papa from 'papaparse'
import { breachColumns, breachNotice, breachRow, countPeople } from '#domain/breach.ts'
import { dayAt, isDay, isMoment } from '#domain/day.ts'
import { newestPolicy } from '#domain/policy-in-force.ts'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import { runCommand, say, withRegister } from './command.ts'
import { audit, officeChain } from './db/audit.ts'
import { readBreach, type Breach } from './db/breach.ts'
import { isId } from './db/records.ts'
import { transact } from './db/transact.ts'
import type { OpenRegister } from './open-register.ts'
import { loadPolicies } from './ledger/policy.ts'
import { systemClock } from './system.ts'

const usage = [
  'Usage:',
  '  npm run breach -- --device ID --since 2026-11-20 [--out FOLDER]',
  '    who was on that device since that day (or moment, 2026-11-20T18:30, time of China), as two files: people to tell, draft of the notice',
  '  npm run breach -- --of LOGIN',
  '    lists the devices of an account with their ids',
].join('\n')

const options = {
  device: { type: 'string' },
  since: { type: 'string' },
  out: { type: 'string' },
  of: { type: 'string' },
  help: { type: 'boolean' },
} as const

async function run(): Promise<void> {
  const given = readArguments()
  if (given.help) return say(usage)
  const { of, device = '', since = '', out = '.' } = given
  if (of !== undefined) return withRegister((register) => listDevices(register, of))
  const from = readSince(since)
  if (!isId(device)) {
    throw new StartTrouble(
      '--device should be the id of a device; --of LOGIN lists those of an account.',
    )
  }
  return withRegister((register) => tell(register, device.toLowerCase(), from, out))
}

function readArguments() {
  try {
    const { values } = parseArgs({ options })
    const isAsking = values.device !== undefined && values.since !== undefined
    if (values.help || (values.of !== undefined) !== isAsking) return values
  } catch {
    // An option that there is not.
  }
  throw new StartTrouble(usage)
}

/** A day begins at midnight in China; a moment without a zone is one in China. */
function readSince(text: string): Date {
  const isWhole = isDay(text)
  const full = isWhole ? `${text}T00:00` : text
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(full) ? full : `${full}+08:00`
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(full) || !isMoment(zoned)) {
    throw new StartTrouble(
      '--since should be a day that exists, like 2026-11-20, or a moment, like 2026-11-20T18:30.',
    )
  }
  const since = new Date(zoned)
  if (since.getTime() > systemClock.now()) throw new StartTrouble('--since lies in the future.')
  return since
}

async function listDevices({ owner }: OpenRegister, login: string): Promise<void> {
  const devices = await owner
    .selectFrom('device')
    .innerJoin('account', 'account.id', 'device.account')
    .select(['device.id', 'device.name', 'device.pulled_at', 'device.revoked_at'])
    .where('account.login', '=', login)
    .orderBy('device.seen_at', 'desc')
    .execute()
  if (devices.length === 0)
    throw new StartTrouble('No account has this login, or it has no device.')
  for (const { id, name, pulled_at, revoked_at } of devices) {
    const last = pulled_at ? `fetched last ${inChina(pulled_at)}` : 'never fetched anything'
    say(`${id}  ${name}, ${last}${revoked_at ? `, ended ${inChina(revoked_at)}` : ''}`)
  }
}

async function tell(
  { owner }: OpenRegister,
  device: string,
  since: Date,
  out: string,
): Promise<void> {
  const now = systemClock.now()
  const found = await readBreach(owner, device, since, dayAt(now))
  if (!found)
    throw new StartTrouble('There is no device with this id; --of LOGIN lists those of an account.')
  const { under14, under18, ageUnknown, people } = countPeople(found.people)
  // On record before it is handed out.
  await transact(owner, (trx) =>
    audit(trx, officeChain, [
      {
        ...{ act: 'breach', at: new Date(now).toISOString(), account: null, record: device },
        facts: {
          since: since.toISOString(),
          of: found.account.id,
          count: people,
          under14,
          under18,
        },
      },
    ]),
  )
  const name = join(out, `breach-${device.slice(0, 8)}-${dayAt(now)}`)
  const files = { list: `${name}-people.csv`, notice: `${name}-notice.txt` }
  const policies = await loadPolicies(
    owner,
    found.places.map(({ id }) => id),
  )
  const story = {
    fields: found.fields,
    since: inChina(since),
    revokedAt: found.revokedAt && inChina(found.revokedAt),
  }
  const policy = newestPolicy(policies.values())
  const drafts = (['zh', 'en'] as const).map((language) =>
    breachNotice(story, policy, language).join('\n\n'),
  )
  write(files.list, listOf(found))
  write(files.notice, `${drafts.join('\n\n\n')}\n`)
  for (const line of report(found, since)) say(line)
  say(
    `People: ${people}; under 14: ${under14}; 14 to 17: ${under18}; of unknown age: ${ageUnknown}.`,
  )
  say(`To tell:  ${files.list}`)
  say(`Draft:    ${files.notice}`)
  say('Both hold names or lead to them: keep them apart, and delete them when everybody was told.')
}

/** What is known exactly and what only at most, in words. */
function report(
  { account, lastPull, revokedAt, places, purged, landlords, askers }: Breach,
  since: Date,
): string[] {
  const lines = [
    `Device of ${account.name} (${account.role}), in other hands since ${inChina(since)}.`,
  ]
  if (lastPull === null)
    return [...lines, 'It never fetched anything: only what was typed into it can be on it.']
  lines.push(
    `It fetched last ${inChina(lastPull)}${revokedAt ? ` and was ended ${inChina(revokedAt)}` : '; it is NOT ENDED and can fetch more: end it under 设备'}.`,
  )
  for (const { id, name, firstAt, isOwn } of places) {
    const first = firstAt ? `first fetched ${inChina(firstAt)}` : 'first fetch not on record'
    lines.push(
      `  ${name || id}: ${first}${isOwn ? '' : '; not the account’s any more, the device may have dropped it'}`,
    )
  }
  lines.push(
    'The list is the most that can have been on it: everybody who stood in these places at some time since then. What it held at each moment is not on record; somebody who left shortly before may have lain on it too.',
  )
  if (places.some(({ firstAt }) => firstAt === null)) {
    lines.push('Which places it fetched is not on record: those of its account are taken.')
  }
  if (purged > 0)
    lines.push(`${purged} more were purged or taken back since: nobody can name them any more.`)
  if (landlords + askers > 0) {
    lines.push(
      `Others named in these places, not on the list: ${landlords} landlords, ${askers} who made a request.`,
    )
  }
  return lines
}

/** With a mark of byte order, for Excel; a text that Excel would take for a formula is kept a text. */
function listOf({ people }: Breach): string {
  const rows = people.map(breachRow)
  return `\uFEFF${Papa.unparse({ fields: [...breachColumns], data: rows }, { quotes: true, escapeFormulae: true })}\r\n`
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const why = {
      EEXIST: 'is there already',
      ENOENT: 'has no folder',
      EACCES: 'may not be written',
    }[codeOf(error)]
    throw new StartTrouble(
      `${file} ${why ?? `cannot be written (${codeOf(error)})`}; choose another folder by --out.`,
    )
  }
}

function inChina(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

runCommand(run, 'Not told')
