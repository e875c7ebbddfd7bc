/** How tables are laid out over several machines. Citus itself is not here: see `support/citus-stand-ins.ts`. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  distribute,
  isCoordinator,
  isDistributable,
  spreadReferences,
  unplacedTables,
} from '#server/db/distribution.ts'
import { placingOf, tableNames } from '#server/db/placing.ts'
import { standInForCitus, standOnMachine } from '#tests/support/citus-stand-ins.ts'
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '#tests/support/database.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { migrate } from '#server/db/migrate.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

interface Noted {
  readonly name: string
  readonly key: string | null
  readonly beside: string | null
}

const noted = async () =>
  (
    await sql<Noted>`
      select relname as name, key, beside from pg_dist_partition
      join pg_class on pg_class.oid = logicalrelid order by pg_dist_partition.ctid`.execute(test.db)
  ).rows

describe('the table of tables', () => {
  it('places every table that migrations make, and no other', async () => {
    expect(await unplacedTables(test.db)).toEqual([])
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`.execute(test.db)
    const there = new Set(rows.map(({ name }) => name))
    expect(tableNames.filter((name) => !there.has(name))).toEqual([])
  })

  it('spreads by a column that leads, or is part of, every unique key', async () => {
    const { rows } = await sql<{ name: string; columns: string[] }>`
      select relname as name, array(
        select attname::text from pg_attribute where attrelid = indrelid and attnum = any(indkey)
      ) as columns
      from pg_index join pg_class on pg_class.oid = indrelid
      where indisunique and relnamespace = 'public'::regnamespace`.execute(test.db)
    const without = rows.filter(({ name, columns }) => {
      const table = tableNames.find((one) => one === name)
      const placing = table && placingOf(table)
      return placing && 'key' in placing && !columns.includes(placing.key)
    })
    expect(rows.length).toBeGreaterThan(30)
    expect(without).toEqual([])
  })

  it('refers only to what lies beside, or is everywhere', async () => {
    const { rows } = await sql<{ name: string; from: string; to: string }>`
      select conname as name, owner.relname as from, target.relname as to from pg_constraint
      join pg_class as owner on owner.oid = conrelid join pg_class as target on target.oid = confrelid
      where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`.execute(
      test.db,
    )
    const byOf = (name: string) => {
      const table = tableNames.find((one) => one === name)
      return table && placingOf(table).by
    }
    const spread = rows.filter(({ to }) => byOf(to) !== 'everywhere')
    expect(spread.map(({ name }) => name).sort()).toEqual([...spreadReferences].sort())
    expect(spread.filter(({ from, to }) => byOf(from) !== byOf(to))).toEqual([])
  })
})

describe('migrations', () => {
  it('ask one part after the other, whatever each of them does', async () => {
    const empty = await createEmptyDatabase()
    try {
      const sent = await statementsOf(() => migrate(empty.db))
      const texts = sent.map(({ text }) => text)
      const first = texts.findIndex((text) => text.includes('citus.multi_shard_modify_mode'))
      expect(first).toBeGreaterThan(-1)
      expect(texts.findIndex((text) => text.startsWith('create table place'))).toBeGreaterThan(
        first,
      )
      expect(sent[first]?.values).toContain(true)
    } finally {
      await empty.drop()
    }
  })
})

describe('laying the tables out', () => {
  it('is nothing for an engine of one machine', async () => {
    expect(await isDistributable(test.db)).toBe(false)
  })

  it('does each table once, what is everywhere first, and what goes together side by side', async () => {
    await standInForCitus(test.db)
    expect(await isCoordinator(test.db)).toBe(true)
    const told: string[] = []
    const first = await distribute(test.db, (table) => told.push(table))
    expect(first).toEqual({ laidOut: tableNames.length, now: tableNames })
    expect(told).toEqual(tableNames)
    const done = await noted()
    expect(done.map(({ name }) => name)).toEqual(tableNames)
    const of = (name: string) => done.find((row) => row.name === name)
    expect(done.slice(0, 5).map(({ key, beside }) => [key, beside])).toEqual(
      Array.from({ length: 5 }, () => [null, null]),
    )
    expect(of('stream')).toMatchObject({ key: 'id', beside: 'none' })
    expect(of('record')).toMatchObject({ key: 'stream', beside: 'stream' })
    expect(of('audit')).toMatchObject({ key: 'chain', beside: 'stream' })
    expect(of('session')).toMatchObject({ key: 'device', beside: 'device' })
    expect(of('attempt')).toMatchObject({ key: 'key', beside: 'none' })
    expect(of('hotline_addition')).toMatchObject({ key: null, beside: 'hotline_system' })
  })

  it('leaves the references that it took off, and goes on where it was interrupted', async () => {
    const references = async () =>
      (
        await sql<{ name: string }>`
          select conname as name from pg_constraint
          where contype = 'f' and conname = any(${sql.val([...spreadReferences])}::text[])
            and connamespace = 'public'::regnamespace and conparentid = 0`.execute(test.db)
      ).rows.map(({ name }) => name)
    expect((await references()).sort()).toEqual([...spreadReferences].sort())
    expect(await distribute(test.db)).toMatchObject({ now: [] })
    await sql`delete from pg_dist_partition where logicalrelid in ('session'::regclass, 'lease'::regclass)`.execute(
      test.db,
    )
    await sql`alter table session drop constraint session_device_fkey`.execute(test.db)
    expect(await distribute(test.db)).toMatchObject({ now: ['session', 'lease'] })
    expect((await references()).sort()).toEqual([...spreadReferences].sort())
  })

  it('lays out what a newer version brought, and leaves what an older one laid out as it is', async () => {
    const before = async () => {
      const { rows } = await sql<{ name: string; oid: string; at: string }>`
        select conname as name, oid::text, xmin::text as at from pg_constraint
        where conname = any(${sql.val([...spreadReferences])}::text[]) order by conname`.execute(
        test.db,
      )
      return rows
    }
    const references = await before()
    const newer = ['help', 'notification', 'photo_chunk'] as const
    await sql`delete from pg_dist_partition
      where logicalrelid = any(${sql.val([...newer])}::text[]::regclass[])`.execute(test.db)
    const old = await noted()
    expect(await distribute(test.db)).toEqual({
      laidOut: tableNames.length,
      now: tableNames.filter((name) => (newer as readonly string[]).includes(name)),
    })
    expect((await noted()).slice(0, old.length)).toEqual(old)
    expect((await noted()).length).toBe(tableNames.length)
    // No reference between tables of before was taken off for it.
    expect(await before()).toEqual(references)
  })

  it('takes what only became known to the engine for not laid out', async () => {
    // As Citus notes a table of one machine that refers to one that is everywhere.
    await sql`update pg_dist_partition set partmethod = 'n', repmodel = 's', colocationid = 0
      where logicalrelid = 'device'::regclass`.execute(test.db)
    expect(await distribute(test.db)).toMatchObject({ now: ['device'] })
  })

  it('knows a machine that is not the coordinator', async () => {
    await standOnMachine(test.db, 3)
    expect(await isCoordinator(test.db)).toBe(false)
  })
})
