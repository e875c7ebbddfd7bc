/** Accounts: made, changed, closed, opened again and handed over. What their devices still hold is never in question. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { mayKeepAccounts } from '#domain/keeping.ts'
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
import { placesBelow } from '../db/places.ts'
import type { Database } from '../db/schema.ts'
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

/** A one-time password, hashed. */
export interface OneTime {
  readonly hash: string
  readonly until: Date
}

/** Asked for again, as long as nobody used it, it is the same account with this newer password. */
export async function makeAccount(
  db: Kysely<Database>,
  acting: Acting,
  { account: id, login, ...given }: NewAccount,
  oneTime: OneTime,
): Promise<Performed> {
  const made = await perform(db, acting, { act: 'account-created', subject: id }, async (trx) => {
    await checkGiven(trx, acting, given)
    if (await findAccount(trx, login)) refuseAct('login-taken')
    if (await findAccountById(trx, id)) refuseAct('record-exists')
    const { name, role, places } = given
    const { hash: password, until: one_time_until } = oneTime
    await createAccount(trx, { id, login, name, role, password, one_time_until }, places)
    const moved = await tell(trx, acting, { id, name, role, closed: false }, places)
    return { details: { role, places }, moved: [...moved, ...places] }
  })
  return renewOneTime(db, id, made, oneTime)
}

/** An act that is repeated gives a newer password, since nobody was told the first; one that is the person's own stays. */
export async function renewOneTime(
  db: Kysely<Database>,
  id: string,
  performed: Performed,
  { hash, until }: OneTime,
): Promise<Performed> {
  if (!performed.ok || performed.value !== null) return performed
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ password: hash, one_time_until: until })
    .where('id', '=', id)
    .where('one_time_until', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n ? performed : { ok: false, problem: 'not-allowed' }
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
  return perform(db, acting, { act: 'account-changed', subject: id }, async (trx) => {
    const { account, places: before } = await keptAccount(trx, acting, id)
    if (account.closed) refuseAct('account-closed')
    const { name, role } = account
    if (seen && !isSameGiven(seen, { name, role, places: before })) refuseAct('changed-meanwhile')
    await checkGiven(trx, acting, given)
    return give(trx, acting, account, before, given)
  })
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
  return perform(db, acting, { act: 'account-reopened', subject: id }, async (trx) => {
    const { account } = await keptAccount(trx, acting, id)
    if (!account.closed) refuseAct('not-allowed')
    await checkGiven(trx, acting, given)
    await trx
      .updateTable('account')
      .set({ closed: false, closed_at: null })
      .where('id', '=', id)
      .execute()
    return give(trx, acting, { ...account, closed: false }, [], given)
  })
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
  return perform(db, acting, { act: 'account-closed', subject: id }, async (trx) => {
    const { account, places } = await keptAccount(trx, acting, id)
    if (account.closed) refuseAct('account-closed')
    const moved = await shut(trx, acting, account, places)
    return { details: { role: account.role, places }, moved: [...moved, ...places] }
  })
}

/** Somebody leaves: whoever comes after has all their places from now on, beside their own. */
export function handOver(
  db: Kysely<Database>,
  acting: Acting,
  id: string,
  successor: string,
): Promise<Performed> {
  return perform(db, acting, { act: 'account-handed-over', subject: id }, async (trx) => {
    if (id === successor) refuseAct('not-allowed')
    await lockAccounts(trx, [id, successor])
    const { account, places } = await keptAccount(trx, acting, id)
    const next = await keptAccount(trx, acting, successor)
    if (account.closed || next.account.closed) refuseAct('account-closed')
    const all = [...new Set([...next.places, ...places])]
    await setPlaces(trx, successor, all)
    const { name, role } = next.account
    const moved = [
      ...(await tell(trx, acting, { id: successor, name, role, closed: false }, all)),
      ...(await shut(trx, acting, account, places)),
    ]
    return { details: { to: successor, places }, moved: [...moved, ...all] }
  })
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

/** Role and places that the actor may give. */
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
}

/**
 * Somebody else's account that the actor may keep, with its places, under lock. One that has nothing in the actor's
 * part of the tree is the same as none; one that also works beyond it is another office's as well.
 */
export async function keptAccount(
  trx: Transaction<Database>,
  { account: actor }: Acting,
  id: string,
): Promise<{ readonly account: AccountRow; readonly places: readonly string[] }> {
  await lockAccounts(trx, [id])
  const account = (await findAccountById(trx, id)) ?? refuseAct('not-found')
  const own = await placesBelow(trx, actor.id)
  const table = account.closed ? 'late_place' : 'account_place'
  const rows = await trx.selectFrom(table).select('place').where('account', '=', id).execute()
  const places = rows.map(({ place }) => place)
  if (!places.some((place) => own.has(place))) refuseAct('not-found')
  if (id === actor.id || !mayKeepAccounts(actor.role, account.role)) refuseAct('not-allowed')
  if (!account.closed && places.some((place) => !own.has(place))) refuseAct('not-allowed')
  return { account, places: account.closed ? [] : places }
}
