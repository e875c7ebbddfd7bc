/**
 * Indexes that are made after the migrations, while others write. Holds `src/server/db/indexes.ts`; the lists that it makes
 * stand in migrations (`tests/migrations.test.ts`).
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { openDatabase } from '#server/db/connect.ts'
import { buildIndexes, type LaterIndex } from '#server/db/indexes.ts'
import { migrate, stateOfSchema } from '#server/db/migrate.ts'
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase('whole')
})
afterAll(() => database.drop())

const index: LaterIndex = { name: 'later_sample', on: 'attempt', by: "(at) where key <> ''" }

async function stateOf(name: string, db = database.db) {
  const { rows } = await sql<{ valid: boolean; rule: string }>`
    select indisvalid as valid, pg_get_indexdef(indexrelid) as rule
    from pg_index join pg_class on pg_class.oid = indexrelid
    where relname = ${name}`.execute(db)
  return rows
}

const write = (key: string, db = database.db) =>
  sql`insert into attempt (id, key, at) values (gen_random_uuid(), ${key}, now())`.execute(db)

it('has made those of all migrations, and makes none of them twice', async () => {
  await migrate(database.db)
  expect(await stateOf('record_fund_page')).toMatchObject([{ valid: true }])
  expect(await stateOf('record_topic')).toMatchObject([{ valid: true }])
})

it('gives a database what came with a lower number after the newest had run there', async () => {
  const main = await createTestDatabase('whole')
  try {
    // As a database is that ran the version between.
    await sql`delete from kysely_migration where name = '0150-voices-of-topics'`.execute(main.db)
    await sql`drop index record_voice_topic`.execute(main.db)
    expect(await stateOfSchema(main.db)).toBe('older')
    await migrate(main.db)
    expect(await stateOfSchema(main.db)).toBe('same')
    expect(await stateOf('record_voice_topic', main.db)).toMatchObject([{ valid: true }])
  } finally {
    await main.drop()
  }
})

it('lets others write while one is made', async () => {
  const other = openDatabase(database.url)
  let begun: () => void = () => undefined
  let end: () => void = () => undefined
  const isBegun = new Promise<void>((resolve) => (begun = resolve))
  const mayEnd = new Promise<void>((resolve) => (end = resolve))
  // Somebody writes for a long time: whoever makes an index waits for it.
  const long = other.transaction().execute(async (trx) => {
    await write('long', trx)
    begun()
    await mayEnd
  })
  try {
    await isBegun
    const making = buildIndexes(database.db, [index])
    await expect
      .poll(async () => {
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and query like 'create index%later_sample%'
            and wait_event_type = 'Lock'`.execute(database.db)
        return rows[0]?.n
      })
      .toBe(1)
    await write('meanwhile')
    end()
    await making
    expect(await stateOf(index.name)).toMatchObject([{ valid: true }])
  } finally {
    end()
    await long
    await other.destroy()
  }
})

it('makes one anew whose making was cut short', async () => {
  for (const key of ['twice', 'twice']) await write(key)
  await sql`drop index later_sample`.execute(database.db)
  // Two rows have the same key: what is left of it holds nothing.
  await expect(
    sql`create unique index concurrently later_sample on attempt (key)`.execute(database.db),
  ).rejects.toThrow()
  expect(await stateOf(index.name)).toMatchObject([{ valid: false }])
  await buildIndexes(database.db, [index])
  const [found] = await stateOf(index.name)
  expect(found).toMatchObject({ valid: true })
  expect(found?.rule).not.toContain('UNIQUE')
})

it('makes it on a table whose parts PostgreSQL knows itself', async () => {
  const parts = await createTestDatabase('parts')
  try {
    await buildIndexes(parts.db, [{ ...index, on: 'record', by: '(kind)' }])
    const { rows } = await sql<{ kind: string }>`
      select relkind as kind from pg_class where relname = ${index.name}`.execute(parts.db)
    expect(rows).toEqual([{ kind: 'I' }])
  } finally {
    await parts.drop()
  }
})
