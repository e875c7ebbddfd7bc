/** Accounts: made, changed, closed, opened again and handed over. What their devices still hold is never in question. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import {
  fitsPlace,
  mayBecome,
  maySucceed,
  mayKeepAccounts,
  needsGates,
} from '#domain/permission-of-places.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import {
  createAccount,
  findAccount,
  findAccountById,
  setPlaces,
  streamsNaming,
  type AccountRow,
} from '../db/accounts.ts'
import { keepLate } from '../db/late-places.ts'
import { holdsBuildings, placesBelow, type PlaceRow } from '../db/places.ts'
import { isTaken } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { keptAccount, stateOfAccount } from './kept-account.ts'
import { loadPolicies } from '../ledger/policy.ts'
import { renewOneTime, type OneTime } from './passwords.ts'
import { lockAccounts, perform, refuseAct, type Acting, type Performed } from './perform.ts'
import { putRecords } from './put-records.ts'

/** What the office gives an account. */
export interface Given {
  readonly name: string
  readonly role: Role
  readonly places: readonly string[]
}

export interface NewAccount extends Given {
  readonly account: string
  readonly login: string
}

/** Asked for again, as long as nobody used it, it is the same account with this newer password. */
export function makeAccount(
  db: Kysely<Database>,
  acting: Acting,
  { account: id, login, ...given }: NewAccount,
  oneTime: OneTime,
): Promise<Performed> {
  const { name, role, places } = given
  const content = { login, name, role, places }
  return perform(
    db,
    acting,
    { act: 'account-created', subject: id, content },
    {
      async allow(trx, by, isAgain) {
        if (isAgain) await keptAccount(trx, by, id)
        await checkGiven(trx, by, given)
      },
      async work(trx, by) {
        if (await findAccount(trx, login)) refuseAct('login-taken')
        if (await findAccountById(trx, id)) refuseAct('record-exists')
        // Its public part would take the place of somebody's record.
        if (await isTaken(trx, id)) refuseAct('record-exists')
        const { hash: password, until: one_time_until } = oneTime
        const account = { id, login, name, role, password, one_time_until, password_by: by.id }
        await createAccount(trx, account, places)
        const moved = await tell(trx, by, { id, name, role, closed: false }, places)
        return { details: { role, places }, moved: [...moved, ...places] }
      },
      stateOf: (trx) => stateOfAccount(trx, id),
      again: (trx, by, first) => renewOneTime(trx, by, first, oneTime),
    },
  )
}

/**
 * Name, role and places; what was recorded until now in the role and the places of before is still taken. `seen`: as
 * the actor had them on screen.
 */
export function changeAccount(
  db: Kysely<Database>,
  acting: Acting,
  id: string,
  { seen, ...given }: Given & { readonly seen?: Given | undefined },
): Promise<Performed> {
  const { name, role, places } = given
  const content = { name, role, places, seen }
  return perform(
    db,
    acting,
    { act: 'account-changed', subject: id, content },
    {
      async allow(trx, by) {
        const { account } = await keptAccount(trx, by, id)
        if (account.closed) refuseAct('account-closed')
        if (!mayBecome(account.role, role)) refuseAct('not-allowed')
        await checkGiven(trx, by, given)
      },
      async work(trx, by) {
        const { account, places: before } = await keptAccount(trx, by, id)
        const held = { name: account.name, role: account.role, places: before }
        if (seen && !isSameGiven(seen, held)) refuseAct('changed-meanwhile')
        return give(trx, by, account, before, given)
      },
      stateOf: (trx) => stateOfAccount(trx, id),
    },
  )
}

function isSameGiven(a: Given, b: Given): boolean {
  const placesOf = (given: Given) => [...given.places].sort().join()
  return a.name === b.name && a.role === b.role && placesOf(a) === placesOf(b)
}

/** Opened again it has new places; nothing of the time between is taken in afterwards. */
export function reopenAccount(
  db: Kysely<Database>,
  acting: Acting,
  id: string,
  given: Given,
): Promise<Performed> {
  const { name, role, places } = given
  const content = { name, role, places }
  return perform(
    db,
    acting,
    { act: 'account-reopened', subject: id, content },
    {
      async allow(trx, by, isAgain) {
        const { account } = await keptAccount(trx, by, id)
        if (!account.closed && !isAgain) refuseAct('not-allowed')
        if (!mayBecome(account.role, role)) refuseAct('not-allowed')
        await checkGiven(trx, by, given)
      },
      async work(trx, by) {
        const { account } = await keptAccount(trx, by, id)
        await trx
          .updateTable('account')
          .set({ closed: false, closed_at: null })
          .where('id', '=', id)
          .execute()
        return give(trx, by, { ...account, closed: false }, [], given)
      },
      stateOf: (trx) => stateOfAccount(trx, id),
    },
  )
}

async function give(
  trx: Transaction<Database>,
  acting: Acting,
  account: AccountRow,
  before: readonly string[],
  { name, role, places }: Given,
) {
  const { id } = account
  const isSameRole = account.role === role
  const lost = before.filter((place) => !isSameRole || !places.includes(place))
  await keepLate(trx, id, lost, account.role, new Date(acting.now))
  await trx.updateTable('account').set({ name, role }).where('id', '=', id).execute()
  await setPlaces(trx, id, places)
  const moved = await tell(trx, acting, { id, name, role, closed: false }, places)
  const details = { role: [account.role, role], places: [before, places] }
  return { details, moved: [...moved, ...before, ...places] }
}

/**
 * From now on it opens nothing. What its devices recorded before is still taken from them, and from files that they
 * saved: its places become late ones.
 */
export function closeAccount(db: Kysely<Database>, acting: Acting, id: string): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'account-closed', subject: id, content: {} },
    {
      async allow(trx, by, isAgain) {
        const { account } = await keptAccount(trx, by, id)
        if (account.closed && !isAgain) refuseAct('account-closed')
      },
      async work(trx, by) {
        const { account, places } = await keptAccount(trx, by, id)
        const moved = await shut(trx, by, account, places)
        return { details: { role: account.role, places }, moved: [...moved, ...places] }
      },
      stateOf: (trx) => stateOfAccount(trx, id),
    },
  )
}

/** Somebody leaves: whoever comes after has all their places from now on, beside their own. */
export function handOver(
  db: Kysely<Database>,
  acting: Acting,
  id: string,
  successor: string,
): Promise<Performed> {
  const content = { to: successor }
  return perform(
    db,
    acting,
    { act: 'account-handed-over', subject: id, content },
    {
      async allow(trx, by, isAgain) {
        if (id === successor) refuseAct('not-allowed')
        await lockAccounts(trx, [id, successor])
        const { account, places } = await keptAccount(trx, by, id)
        const next = await keptAccount(trx, by, successor)
        if (next.account.closed || (account.closed && !isAgain)) refuseAct('account-closed')
        if (!maySucceed(next.account.role, account.role)) refuseAct('not-allowed')
        const own = await placesBelow(trx, by.account.id)
        if (!places.every((place) => isFitting(next.account.role, place, own))) {
          refuseAct('not-allowed')
        }
      },
      async work(trx, by) {
        const { account, places } = await keptAccount(trx, by, id)
        const next = await keptAccount(trx, by, successor)
        const all = [...new Set([...next.places, ...places])]
        await setPlaces(trx, successor, all)
        const { name, role } = next.account
        const moved = [
          ...(await tell(trx, by, { id: successor, name, role, closed: false }, all)),
          ...(await shut(trx, by, account, places)),
        ]
        return { details: { to: successor, places }, moved: [...moved, ...all] }
      },
      // Both of them: whoever took over may have been given other places since.
      stateOf: async (trx) => [await stateOfAccount(trx, id), await stateOfAccount(trx, successor)],
    },
  )
}

async function shut(
  trx: Transaction<Database>,
  acting: Acting,
  { id, name, role }: AccountRow,
  places: readonly string[],
): Promise<string[]> {
  const now = new Date(acting.now)
  await keepLate(trx, id, places, role, now)
  await setPlaces(trx, id, [])
  await trx
    .updateTable('account')
    .set({ closed: true, closed_at: now })
    .where('id', '=', id)
    .execute()
  return tell(trx, acting, { id, name, role, closed: true }, [])
}

/** The account's public part, in each place where it works or ever worked. */
async function tell(
  trx: Transaction<Database>,
  acting: Acting,
  { id, ...fields }: { readonly id: string; name: string; role: Role; closed: boolean },
  places: readonly string[],
): Promise<string[]> {
  const streams = new Set([...(await streamsNaming(trx, id)), ...places])
  const puts = [...streams].map((stream) => ({ stream, kind: 'account' as const, id, fields }))
  return putRecords(trx, puts, acting)
}

/** Role and places that the actor may give, each place one that fits the role. */
async function checkGiven(
  trx: Transaction<Database>,
  { account }: Acting,
  { name, role, places }: Given,
): Promise<void> {
  if (!mayKeepAccounts(account.role, role)) refuseAct('not-allowed')
  if (problemsOfNew('account', { name, role }).length > 0) refuseAct('invalid-fields')
  const own = await placesBelow(trx, account.id)
  if (places.length === 0 || places.some((place) => !own.has(place))) refuseAct('not-found')
  if (places.some((place) => own.get(place)?.closed)) refuseAct('place-closed')
  if (!places.every((place) => isFitting(role, place, own))) refuseAct('not-allowed')
  if (!needsGates(role)) return
  const policies = await loadPolicies(trx, places)
  if (!places.every((place) => policies.get(place)?.gates)) refuseAct('not-allowed')
}

/** Whether a role may work in a place of the actor's own. A place of which nobody knows what it is fits nobody. */
function isFitting(role: Role, id: string, own: ReadonlyMap<string, PlaceRow>): boolean {
  const place = own.get(id)
  if (!place || place.kind === null) return false
  return fitsPlace(role, place.kind, holdsBuildings(place, own))
}
