/** A workbook of places and people: written whole in one act, and taken back whole while nothing stands in it. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { markOfStream } from '#domain/born-ids.ts'
import { mayKeepAccounts, mayKeepPlaces } from '#domain/permission-of-places.ts'
import type { Role } from '#domain/account.ts'
import type { BookLine } from '#domain/place-book/book.ts'
import type { BookPlace } from '#domain/place-book/find-places.ts'
import { loginOf } from '#domain/place-book/plan-people.ts'
import { planBook, type BookPlan } from '#domain/place-book/plan-book.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { schemeOf } from '../colours/scheme.ts'
import {
  findBook,
  knownAccounts,
  knownPlaces,
  whatStands,
  type BookRow,
} from '../db/place-books.ts'
import { placesBelow } from '../db/places.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { unusablePassword } from './one-time-password.ts'
import { lockAccounts, perform, refuseAct, type Acting, type Performed } from './perform.ts'
import { putRecords, type Put } from './put-records.ts'

/** Two workbooks at once wait for each other, so that neither makes what the other has made. The number means nothing. */
const bookLock = 5_052_078

/** Before anything is written, or to say why nothing was. */
export async function planLines(
  db: Kysely<Database>,
  { account }: Acting,
  lines: readonly BookLine[],
): Promise<BookPlan> {
  const logins = lines.flatMap((line) => (line.of === 'person' ? [loginOf(line)] : []))
  return planBook(lines, {
    role: account.role,
    ...(await knownPlaces(db, account.id)),
    accounts: await knownAccounts(db, account.id, logins),
  })
}

/** `subject`: the place that the actor was given, in which all of it stands. Its accounts open nothing yet. */
export function writeBook(
  db: Kysely<Database>,
  acting: Acting,
  subject: string,
  lines: readonly BookLine[],
  randomBytes: (count: number) => Uint8Array,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'places-made', subject, content: { lines } },
    {
      async allow(trx, { account }) {
        if (!mayKeepPlaces(account.role) || !mayKeepAccounts(account.role)) refuseAct('not-allowed')
        const { roots } = await knownPlaces(trx, account.id)
        if (!roots.includes(subject)) refuseAct('not-found')
      },
      async work(trx, by) {
        await sql`select pg_advisory_xact_lock(${bookLock})`.execute(trx)
        const plan = await planLines(trx, by, lines)
        if (plan.verdicts.some(({ state }) => state !== 'new')) refuseAct('changed-meanwhile')
        const ids = await makePlaces(trx, by, plan)
        const accounts = await makeAccounts(trx, by, plan, ids, randomBytes)
        const moved = await tellAll(trx, by, plan, ids, accounts)
        const places = plan.places.flatMap((place) => ids.get(place) ?? [])
        const details = { places, accounts: [...accounts.values()] }
        return { details, moved: [...moved, subject] }
      },
      stateOf: async (trx) => (await findBook(trx, acting.id))?.takenBackAt ?? null,
    },
  )
}

/** Places that are there have their id already. */
type Ids = ReadonlyMap<BookPlace, string>

const idOf = (ids: Ids, place: BookPlace | null): string =>
  place?.id ?? (place ? ids.get(place) : undefined) ?? refuseAct('not-found')

async function makePlaces(
  trx: Transaction<Database>,
  acting: Acting,
  plan: BookPlan,
): Promise<Ids> {
  const marks = new Set(
    (await trx.selectFrom('place').select('id').execute()).map(({ id }) => markOfStream(id)),
  )
  const newId = () => {
    // As for places that are made one by one: no two streams have the same mark.
    for (;;) {
      const id = acting.ids()
      if (marks.has(markOfStream(id))) continue
      marks.add(markOfStream(id))
      return id
    }
  }
  const ids = new Map<BookPlace, string>(plan.places.map((place) => [place, newId()]))
  const rows = plan.places.map((place) => ({
    id: idOf(ids, place),
    parent: idOf(ids, place.parent),
  }))
  const parents = new Set(plan.places.flatMap(({ parent }) => parent?.id ?? []))
  await lockStreams(trx, [...parents])
  await sql`
    insert into place (id, parent)
    select id, parent from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, parent uuid)`.execute(
    trx,
  )
  const [root] = parents
  const scheme = root === undefined ? null : (await schemeOf(trx, root)).id
  await sql`
    insert into stream (id, epoch, head, floor, coloured_by)
    select id, ${Math.floor(acting.now / 1000)}::integer, 0, 0, ${scheme}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid)`.execute(trx)
  return ids
}

/** Ids of the accounts by their place in the plan. */
async function makeAccounts(
  trx: Transaction<Database>,
  acting: Acting,
  { people }: BookPlan,
  ids: Ids,
  randomBytes: (count: number) => Uint8Array,
): Promise<ReadonlyMap<BookPlan['people'][number], string>> {
  const accounts = new Map(people.map((person) => [person, acting.ids()]))
  const until = new Date(acting.now).toISOString()
  const rows = [...accounts].map(([{ login, name, role }, id]) => ({
    ...{ id, login, name, role, one_time_until: until, password_by: acting.id },
    password: unusablePassword(randomBytes),
  }))
  const { numAffectedRows } = await sql`
    insert into account (id, login, name, role, password, one_time_until, password_by)
    select id, login, name, role, password, one_time_until, password_by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, login text, name text,
      role text, password text, one_time_until timestamptz, password_by uuid)
    on conflict (login) do nothing`.execute(trx)
  // Somebody made an account of that login within this moment.
  if (Number(numAffectedRows ?? 0) !== rows.length) refuseAct('changed-meanwhile')
  const given = [...accounts].flatMap(([person, account]) =>
    placesOf(person, ids).map((place) => ({ account, place })),
  )
  await sql`
    insert into account_place (account, place)
    select account, place
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as row (account uuid, place uuid)`.execute(
    trx,
  )
  return accounts
}

const placesOf = ({ places }: BookPlan['people'][number], ids: Ids) => [
  ...new Set(places.map((place) => idOf(ids, place))),
]

/** The records of the places, and the public part of each account in each of its places. */
async function tellAll(
  trx: Transaction<Database>,
  acting: Acting,
  { places, people }: BookPlan,
  ids: Ids,
  accounts: ReadonlyMap<BookPlan['people'][number], string>,
): Promise<string[]> {
  const siblings = await countBelow(trx, acting)
  const puts: Put[] = []
  for (const place of places) {
    const [id, parent] = [idOf(ids, place), idOf(ids, place.parent)]
    const order = siblings.get(parent) ?? 0
    siblings.set(parent, order + 1)
    const { kind: placeKind, name, code } = place
    const fields = { parent, placeKind, name, order, ...(code ? { code } : {}) }
    if (problemsOfNew('place', fields).length > 0) refuseAct('invalid-fields')
    puts.push({ stream: id, kind: 'place', id, fields })
  }
  for (const person of people) {
    const { name, role } = person
    const fields = { name, role }
    if (problemsOfNew('account', fields).length > 0) refuseAct('invalid-fields')
    const id = accounts.get(person) ?? refuseAct('not-found')
    for (const stream of placesOf(person, ids)) {
      puts.push({ stream, kind: 'account', id, fields: { ...fields, closed: false } })
    }
  }
  return putRecords(trx, puts, acting)
}

async function countBelow(
  trx: Transaction<Database>,
  { account }: Acting,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { parent, kind } of (await placesBelow(trx, account.id)).values()) {
    // Of a place that this very act has made the record is still to come.
    if (parent !== null && kind !== null) counts.set(parent, (counts.get(parent) ?? 0) + 1)
  }
  return counts
}

/** What was made is closed and leaves the tree; accounts that nobody has used are no more, and their logins free. */
export function takeBackBook(
  db: Kysely<Database>,
  acting: Acting,
  { book, subject }: Pick<BookRow, 'book' | 'subject'>,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'places-taken-back', subject, content: { book } },
    {
      allow: (trx, by) => keptBook(trx, by, book),
      async work(trx, by) {
        await sql`select pg_advisory_xact_lock(${bookLock})`.execute(trx)
        await lockAccounts(trx, (await keptBook(trx, by, book)).accounts)
        // Asked again: what an account may do, and where, may have changed before the lock.
        const { places, accounts, takenBackAt } = await keptBook(trx, by, book)
        if (takenBackAt) refuseAct('place-closed')
        // Nothing comes in while it is looked at.
        await lockStreams(trx, places)
        if (await whatStands(trx, { places, accounts })) refuseAct('place-not-empty')
        const told = await forgetAccounts(trx, by, accounts)
        const closed = await withdrawPlaces(trx, by, places)
        return { details: { book }, moved: [...told, ...closed, subject] }
      },
      // Nothing of it is ever there again: asked for once more it is answered as before.
      stateOf: null,
    },
  )
}

/** A workbook of the actor's own part whose places and accounts the actor may keep; anything else is refused. */
async function keptBook(
  trx: Transaction<Database>,
  { account }: Acting,
  id: string,
): Promise<BookRow> {
  const book = (await findBook(trx, id)) ?? refuseAct('not-found')
  const own = await placesBelow(trx, account.id)
  if (!own.has(book.subject)) refuseAct('not-found')
  if (!mayKeepAccounts(account.role)) refuseAct('not-allowed')
  for (const place of book.places) {
    const kind = own.get(place)?.kind
    // Of a grid that went to another community meanwhile somebody else decides.
    if (!kind || !mayKeepPlaces(account.role, kind)) refuseAct('not-allowed')
  }
  for (const { role, place } of await openAccounts(trx, book.accounts)) {
    if (!mayKeepAccounts(account.role, role as Role)) refuseAct('not-allowed')
    // Of somebody who works elsewhere meanwhile, somebody else decides.
    if (place !== null && !own.has(place)) refuseAct('not-allowed')
  }
  return book
}

/** A row for each place of each account that is there and not closed. */
function openAccounts(trx: Transaction<Database>, ids: readonly string[]) {
  return trx
    .selectFrom('account')
    .leftJoin('account_place', 'account_place.account', 'account.id')
    .select(['account.role', 'account_place.place'])
    .where('account.id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .where('account.closed', '=', false)
    .execute()
}

/** Nobody has signed in with them. Returns the streams that named them. */
async function forgetAccounts(
  trx: Transaction<Database>,
  acting: Acting,
  accounts: readonly string[],
): Promise<string[]> {
  const ids = sql`any(${sql.val([...accounts])}::uuid[])`
  const { rows } = await sql<{ stream: string; id: string }>`
    select stream, id from record
    where kind = 'account' and id = ${ids} and not removed`.execute(trx)
  // Whoever was closed one by one may have worked, and stays.
  const kept = await sql<{ id: string }>`
    select id from account where id = ${ids} and closed`.execute(trx)
  const isKept = new Set(kept.rows.map(({ id }) => id))
  const gone = accounts.filter((id) => !isKept.has(id))
  const goneIds = sql`any(${sql.val(gone)}::uuid[])`
  for (const table of ['account_place', 'late_place'] as const) {
    await sql`delete from ${sql.table(table)} where account = ${goneIds}`.execute(trx)
  }
  await sql`delete from account where id = ${goneIds}`.execute(trx)
  const puts = rows
    .filter(({ id }) => !isKept.has(id))
    .map(({ stream, id }): Put => ({ stream, kind: 'account', id, fields: { closed: true } }))
  return putRecords(trx, puts, acting)
}

async function withdrawPlaces(
  trx: Transaction<Database>,
  acting: Acting,
  places: readonly string[],
): Promise<string[]> {
  if (places.length === 0) return []
  await sql`
    update stream set closed_at = coalesce(closed_at, ${new Date(acting.now).toISOString()}::timestamptz)
    where id = any(${sql.val([...places])}::uuid[])`.execute(trx)
  const fields = { closed: true, withdrawn: true }
  return putRecords(
    trx,
    places.map((id): Put => ({ stream: id, kind: 'place', id, fields })),
    acting,
  )
}
