/**
 * The databases of the browser tests: one PostgreSQL for a run, in which each size of demo is filled once, and each
 * server gets a copy of its own.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Names the setting through which a run tells its tests where that PostgreSQL is. */
export const sharedPostgres = 'WUSE_SHARED_POSTGRES'

/** What `sharedPostgres` holds, as JSON. */
export interface SharedPostgres {
  /** The owner's address of a migrated database without anybody in it. */
  readonly url: string
  /** Password of the application's role, which owns nothing. */
  readonly applicationPassword: string
  /** Where the tests of a run leave word which demos are filled. */
  readonly folder: string
}

export interface DatabaseCopy {
  readonly ownerUrl: string
  readonly applicationUrl: string
  drop(): Promise<void>
}

/** Null where nobody shares one: a benchmark, a long test, a test of the server's own PostgreSQL. */
export function findSharedPostgres(): SharedPostgres | null {
  const text = process.env[sharedPostgres]
  return text === undefined ? null : (JSON.parse(text) as SharedPostgres)
}

let count = 0

export async function copyDatabase(shared: SharedPostgres, from: string): Promise<DatabaseCopy> {
  count += 1
  const name = `copy_${process.pid}_${count}`
  await ask(shared, `create database ${name} template ${from}`)
  return addressesOf(shared, name)
}

/** The name of a database with a demo of that size, filled by whoever asks for it first. */
export async function demoDatabase(
  shared: SharedPostgres,
  residents: number,
  fill: (database: DatabaseCopy) => Promise<void>,
): Promise<string> {
  const name = `demo_${residents}`
  const mark = join(shared.folder, name)
  const isFirst = await mkdir(`${mark}.begun`).then(
    () => true,
    () => false,
  )
  if (isFirst) {
    try {
      await ask(shared, `create database ${name} template ${nameOf(shared.url)}`)
      await fill(addressesOf(shared, name))
      await writeFile(`${mark}.done`, '')
    } catch (fault) {
      await writeFile(`${mark}.done`, String(fault))
      throw fault
    }
  }
  for (;;) {
    const fault = await readFile(`${mark}.done`, 'utf8').catch(() => null)
    if (fault === '') return name
    if (fault !== null) throw new Error(`the demo of ${residents} could not be filled: ${fault}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

function addressesOf(shared: SharedPostgres, name: string): DatabaseCopy {
  const owner = new URL(shared.url)
  owner.pathname = `/${name}`
  const application = new URL(owner)
  application.username = 'wuse_app'
  application.password = shared.applicationPassword
  return {
    ownerUrl: owner.href,
    applicationUrl: application.href,
    drop: () => ask(shared, `drop database ${name} with (force)`),
  }
}

async function ask(shared: SharedPostgres, statement: string): Promise<void> {
  const address = new URL(shared.url)
  address.pathname = '/postgres'
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
