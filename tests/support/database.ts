import { sql, type Kysely } from 'kysely'
import { expect, inject } from 'vitest'
import { openDatabase } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { templateOf, templates, type Layout } from './layout.ts'

export interface TestDatabase {
  /** As the owner of the tables. */
  readonly db: Kysely<Database>
  /** As the application, which owns nothing. */
  readonly applicationUrl: string
  readonly url: string
  drop(): Promise<void>
}

let count = 0

/**
 * An own, empty, migrated database, copied from the run's template for this file: whole tables, or the same in parts.
 * `layout`: one of them by name, where a test is about both.
 */
export function createTestDatabase(layout?: Layout): Promise<TestDatabase> {
  return createDatabase(layout ? templates[layout] : templateOf(expect.getState().testPath ?? ''))
}

/** One without any table, as before the first start. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0')
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const template = new URL(inject('postgresUrl'))
  count += 1
  const name = `test_${process.pid}_${count}`
  const url = new URL(template)
  url.pathname = `/${name}`
  const admin = async (statement: string) => {
    const address = new URL(template)
    address.pathname = '/postgres'
    const db = openDatabase(address.href)
    try {
      await sql.raw(statement).execute(db)
    } finally {
      await db.destroy()
    }
  }
  await admin(`create database ${name} template ${from}`)
  const db = openDatabase(url.href)
  const application = new URL(url)
  application.username = 'wuse_app'
  application.password = inject('applicationPassword')
  return {
    db,
    applicationUrl: application.href,
    url: url.href,
    async drop() {
      await db.destroy()
      await admin(`drop database ${name} with (force)`)
    },
  }
}
