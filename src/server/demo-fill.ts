/** Fills a database with the demo subdistrict: places, accounts, residents, their first colours. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { dayAt } from '#domain/day.ts'
import { makePassword } from './acts/one-time-password.ts'
import { colourStream } from './colours/fill.ts'
import { createAccount } from './db/accounts.ts'
import { emptyDatabase } from './db/empty.ts'
import { hashPassword } from './db/passwords.ts'
import { insertRecords, type NewRecord } from './db/records.ts'
import type { Database } from './db/schema.ts'
import { createPlace } from './db/streams.ts'
import { fillPast } from './demo-past.ts'
import { generateDemo, type Demo } from './demo/generate.ts'

export interface FillOptions {
  readonly now: number
  readonly ids: () => string
  readonly randomBytes: (count: number) => Uint8Array
  /** The password of all accounts; without it each gets one of its own. */
  readonly password: string | null
  readonly residents: number | null
  readonly seed?: number
  readonly onProgress?: (done: number, total: number) => void
  /** Aborts between two grids; the next start then begins anew. */
  readonly signal?: AbortSignal
  /** Told before they count, so that no password is set that nobody was told. */
  readonly onLogins?: (logins: readonly DemoLogin[]) => void
}

export interface DemoLogin {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** What it looks after, in words. */
  readonly area: string
  readonly password: string
}

/** Whether nobody can have worked here: without an account there may be places of a fill that was cut short. */
export async function isEmpty(db: Kysely<Database>): Promise<boolean> {
  const row = await db.selectFrom('account').select('id').limit(1).executeTakeFirst()
  return row === undefined
}

/** One transaction a grid, and the accounts last: a fill that was cut short is known by having none, and begun anew. */
export async function fillDemo(db: Kysely<Database>, options: FillOptions): Promise<DemoLogin[]> {
  const demo = generateDemo({
    seed: options.seed ?? 20_260_101,
    today: dayAt(options.now),
    ...(options.residents === null ? {} : { residents: options.residents }),
  })
  if (!(await isEmpty(db))) throw new Error('a demo goes into an empty database only')
  await emptyDatabase(db)
  await db.transaction().execute(async (trx) => {
    for (const place of demo.places) await createPlace(trx, { ...place, epoch: 1 })
    for (const place of demo.places)
      await insertRecords(trx, place.id, placeRecords(demo, place.id))
  })
  let done = 0
  for (const { stream, records } of demo.streams) {
    options.signal?.throwIfAborted()
    await db.transaction().execute(async (trx) => {
      await insertRecords(
        trx,
        stream,
        counted(records, () => (done += 1)),
      )
      await colourStream(trx, stream, { now: options.now, ids: options.ids })
    })
    options.onProgress?.(Math.min(done, demo.totals.residents), demo.totals.residents)
  }
  await sql`analyze record, subject, tally, due_tally`.execute(db)
  await fillPast(db, demo.places, dayAt(options.now))
  return db.transaction().execute((trx) => createAccounts(trx, demo, options))
}

/** A place says its own name in its own stream, and who works there. */
function placeRecords(demo: Demo, id: string): NewRecord[] {
  const places = demo.places
    .filter((place) => place.id === id)
    .map(({ parent, placeKind, name, code, order }): NewRecord => {
      const fields = { parent, placeKind, name, ...(code ? { code } : {}), order }
      return { kind: 'place', id, fields }
    })
  const accounts = demo.accounts
    .filter((account) => account.places.includes(id))
    .map(({ id: account, name, role }): NewRecord => {
      return { kind: 'account', id: account, fields: { name, role } }
    })
  return [...places, ...accounts]
}

function* counted(records: Iterable<NewRecord>, onResident: () => void): Generator<NewRecord> {
  for (const record of records) {
    if (record.kind === 'resident') onResident()
    yield record
  }
}

async function createAccounts(
  db: Kysely<Database>,
  demo: Demo,
  options: FillOptions,
): Promise<DemoLogin[]> {
  const logins: DemoLogin[] = []
  for (const { id, login, name, role, places } of demo.accounts) {
    const password = options.password ?? makePassword(options.randomBytes)
    const hash = await hashPassword(password, options.randomBytes(16))
    await createAccount(db, { id, login, name, role, password: hash }, places)
    logins.push({ login, name, role, area: areaOf(demo, places[0] ?? ''), password })
  }
  options.onLogins?.(logins)
  return logins
}

/** 蒋家桥社区 第三网格. */
function areaOf(demo: Demo, id: string): string {
  const place = demo.places.find((one) => one.id === id)
  const parent = demo.places.find((one) => one.id === place?.parent)
  const isTop = !parent || parent.placeKind === 'subdistrict'
  return isTop ? (place?.name ?? '') : `${parent.name} ${place?.name ?? ''}`
}
