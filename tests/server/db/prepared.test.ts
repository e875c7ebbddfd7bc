/** What is asked often gets a name in each connection, and is answered all the same when its tables change: `src/server/db/prepared.ts`. */
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '#server/db/connect.ts'
import { isChangedUnderName, nameOf } from '#server/db/prepared.ts'
import type { Database } from '#server/db/schema.ts'
import { transact } from '#server/db/transact.ts'
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts'

let test: TestDatabase
/** One connection, so that what it keeps can be looked at. */
let db: Kysely<Database>

beforeAll(async () => {
  test = await createTestDatabase('whole')
  db = openDatabase(test.url, undefined, { most: 1, patience: 5, isPrepared: true })
  await sql`create table sample (id int, said int)`.execute(db)
  await sql`insert into sample values (1, 7)`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await test.drop()
})

const ask = async (from: Kysely<Database> = db) =>
  (await sql<{ said: unknown }>`select said from sample where id = ${1}`.execute(from)).rows[0]
    ?.said
const all = async () => (await sql`select * from sample where id = ${1}`.execute(db)).rows
const kept = async () =>
  (
    await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like '%sample%'
        and statement not like '%pg_prepared%' order by statement`.execute(db)
  ).rows.map(({ statement }) => statement)
const often = async (work: () => Promise<unknown>) => {
  for (let n = 0; n < 40; n += 1) await work()
}

it('names what is asked often, and not what gives every column', async () => {
  expect(await ask()).toBe(7)
  expect(await kept()).toEqual([])
  await often(ask)
  await often(all)
  expect(await kept()).toEqual(['select said from sample where id = $1'])
  expect(await ask()).toBe(7)
})

it('names no word of a transaction, and no more than so many', () => {
  for (let n = 0; n < 100; n += 1) {
    expect(nameOf('begin')).toBeNull()
    expect(nameOf(' delete from sample returning *')).toBeNull()
  }
  const given = new Set<string | null>()
  for (let text = 0; text < 300; text += 1) {
    for (let n = 0; n < 30; n += 1) given.add(nameOf(`select ${text}`))
  }
  given.delete(null)
  expect(given.size).toBeGreaterThan(50)
  expect(given.size).toBeLessThanOrEqual(100)
})

it('answers when another version changed the table, alone and in a transaction', async () => {
  await often(ask)
  await sql`alter table sample alter column said type text`.execute(test.db)
  expect(await ask()).toBe('7')
  await often(ask)
  await sql`alter table sample alter column said type int using said::int`.execute(test.db)
  let tries = 0
  const said = await transact(db, async (trx) => {
    tries += 1
    await sql`update sample set id = id`.execute(trx)
    return ask(trx)
  })
  expect([said, tries]).toEqual([7, 2])
  expect(await ask()).toBe(7)
})

it('tells every other error as it is', async () => {
  const wrong = () => sql`select ${'x'}::int as n from sample where id = ${1}`.execute(db)
  for (let n = 0; n < 30; n += 1) await expect(wrong()).rejects.toMatchObject({ code: '22P02' })
  expect(isChangedUnderName(new Error('cached plan'))).toBe(false)
})
