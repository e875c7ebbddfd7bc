/** `npm run office`: makes the first subdistrict and administrator, or lets an administrator in again; also while the server runs. */
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { placeSchema } from '#domain/place-schema.ts'
import { accountSchema } from '#domain/account.ts'
import { loginPattern } from '#domain/login.ts'
import { firstPlaces, subdistrictCodePattern, type FirstPlaces } from '#protocol/setup.ts'
import { makeFirstOffice } from './acts/first-office.ts'
import { makePassword, oneTimeMs } from './acts/one-time-password.ts'
import { rescue } from './acts/rescue.ts'
import { StartTrouble } from './cluster/trouble.ts'
import { runCommand, say, withRegister } from './command.ts'
import { hashPassword } from './db/passwords.ts'
import type { OpenRegister } from './open-register.ts'
import { systemClock, systemIds, systemRandomBytes } from './system.ts'

const usage = [
  'Usage:',
  '  npm run office -- --name 某某街道 --admin LOGIN [--person NAME] [--code 330111001] [--places sample]',
  '    makes the subdistrict and its first administrator in a database without accounts',
  '  npm run office -- --rescue LOGIN',
  '    gives an administrator a one-time password and ends the second factor',
].join('\n')

const options = {
  name: { type: 'string' },
  admin: { type: 'string' },
  person: { type: 'string' },
  code: { type: 'string' },
  places: { type: 'string' },
  rescue: { type: 'string' },
  help: { type: 'boolean' },
} as const

async function run(): Promise<void> {
  const given = readArguments()
  if (given.help) return say(usage)
  if (given.rescue !== undefined) {
    const login = given.rescue
    return withRegister((register) => letIn(register, login))
  }
  const office = readOffice(given)
  return withRegister((register) => make(register, office))
}

type Given = ReturnType<typeof readArguments>

function readArguments() {
  try {
    const { values } = parseArgs({ options })
    const isRescue = values.rescue !== undefined
    const isMaking = values.name !== undefined && values.admin !== undefined
    if (values.help || isRescue !== isMaking) return values
  } catch {
    // An option that there is not.
  }
  throw new StartTrouble(usage)
}

/** A line for the first thing that is wrong. */
function readOffice({ name = '', admin = '', person = admin, code, places = 'none' }: Given) {
  const check = (isGood: boolean, line: string) => {
    if (!isGood) throw new StartTrouble(line)
  }
  check(
    v.is(placeSchema.entries.name, name),
    '--name should be the subdistrict, 1 to 40 characters.',
  )
  check(
    loginPattern.test(admin),
    '--admin should be a login of small letters, digits, dots and hyphens, at most 32.',
  )
  check(
    v.is(accountSchema.entries.name, person),
    '--person should be a name of 1 to 40 characters.',
  )
  check(
    code === undefined || subdistrictCodePattern.test(code),
    '--code should be the division code of the subdistrict, 9 or 12 digits.',
  )
  check(
    firstPlaces.some((one) => one === places),
    '--places should be "sample" (the 56 communities and villages of the demo), or left out.',
  )
  return { name, login: admin, person, code: code ?? null, places: places as FirstPlaces }
}

async function make({ owner }: OpenRegister, office: ReturnType<typeof readOffice>): Promise<void> {
  const { password, hash, until } = await makeOneTime()
  const made = await makeFirstOffice(
    owner,
    { ...office, password: hash, oneTimeUntil: until },
    { now: systemClock.now(), ids: systemIds },
  )
  if (!made) {
    throw new StartTrouble(
      'There are accounts or places already, so nothing was made. An administrator adds more on screen.',
    )
  }
  say(`${office.name} is made. Sign in as ${office.login}:`)
  sayOneTime(password)
}

const whyNot = {
  'no-such-login': 'There is no account with this login.',
  'account-closed': 'This account is closed. Another administrator can open it again.',
  'no-administrator':
    'This account is no administrator’s: an administrator gives it another password on screen.',
} as const

async function letIn({ owner }: OpenRegister, login: string): Promise<void> {
  const { password, hash, until } = await makeOneTime()
  const outcome = await rescue(
    owner,
    login,
    { hash, until },
    { now: systemClock.now(), ids: systemIds },
  )
  if (outcome !== 'rescued') throw new StartTrouble(whyNot[outcome])
  say(`${login} can sign in again; all devices ask for the new password, and it is on record.`)
  sayOneTime(password)
}

async function makeOneTime() {
  const password = makePassword(systemRandomBytes)
  const hash = await hashPassword(password, systemRandomBytes(16))
  return { password, hash, until: new Date(systemClock.now() + oneTimeMs) }
}

function sayOneTime(password: string): void {
  say(`  one-time password: ${password}`)
  say('It opens once, within a week, and asks for a password of your own.')
}

runCommand(run, 'Nothing was made')
