/** One PostgreSQL for a run: the embedded one, in a folder that goes away, with a migrated template to copy. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { openCluster } from '#server/cluster/open-cluster.ts'
import { openDatabase } from '#server/db/connect.ts'
import { grantTo, letSeeLogSize, makeRole } from '#server/db/grants.ts'
import { migrate } from '#server/db/migrate.ts'
import { judgeStatements } from './judge-statements.ts'
import { inParts, templateOf } from './layout.ts'
import { partCount, splitInParts } from './parts.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the template database `wuse`; tests copy it and never write to it. */
    postgresUrl: string
    /** Password of the application's role, which owns nothing. */
    applicationPassword: string
    /** Where each test file leaves the statements that it ran. */
    statementFolder: string
    /** The same template with its tables in parts: to ask for plans, never to write to. */
    partsUrl: string
  }
}

const applicationRole = 'wuse_app'

export interface TestPostgres {
  /** The owner's address of the template. */
  readonly url: string
  readonly applicationPassword: string
  readonly dataDir: string
  stop(): Promise<void>
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres()
  await makeInParts(postgres.url, inParts, partsToWorkOn)
  const partsUrl = await makeInParts(postgres.url, `${inParts}_judged`, partCount)
  const statementFolder = join(postgres.dataDir, 'statements')
  mkdirSync(statementFolder)
  project.provide('statementFolder', statementFolder)
  project.provide('partsUrl', partsUrl)
  project.provide('postgresUrl', postgres.url)
  project.provide('applicationPassword', postgres.applicationPassword)
  const { testFiles } = await project.globTestFiles()
  const some = testFiles.filter((file) => templateOf(file) === inParts)
  process.stdout.write(
    `tables in parts: ${some.length} of the ${testFiles.length} files of this suite, by their names\n`,
  )
  return async () => {
    try {
      await judgeStatements(statementFolder, partsUrl, { files: testFiles.length })
    } catch (fault) {
      // The tests have passed by then: the run fails all the same.
      process.exitCode = 1
      throw fault
    } finally {
      await postgres.stop()
    }
  }
}

export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wuse-test-'))
  // As an ordinary folder: PostgreSQL's own account has to enter it where tests run as root.
  chmodSync(dataDir, 0o755)
  const cluster = await openCluster({
    dataDir,
    // What these databases hold is gone after the run: only speed counts. Durability has tests of its own.
    settings: [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'max_connections=200',
      // A run opens thousands of connections; each would reckon 4,096 rounds of a hash to prove its password.
      'scram_iterations=1',
    ],
  })
  const db = openDatabase(cluster.url)
  // The owner's password was kept by the usual rounds, before these settings were.
  const { username, password } = new URL(cluster.url)
  await sql`alter role ${sql.id(username)} with password ${sql.lit(password)}`.execute(db)
  await migrate(db)
  const applicationPassword = randomBytes(12).toString('hex')
  await makeRole(db, applicationRole, applicationPassword)
  // Rights are part of the template: every copy has them.
  await grantTo(db, applicationRole)
  await letSeeLogSize(db, applicationRole)
  await db.destroy()
  return {
    ...{ url: cluster.url, applicationPassword, dataDir },
    async stop() {
      await cluster.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A database to work on refuses the same by three parts as by eight, and is copied in a third of the time. */
const partsToWorkOn = 3

/** The same template once more, with its tables in so many parts. */
async function makeInParts(url: string, name: string, parts: number): Promise<string> {
  const at = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const admin = openDatabase(at('postgres'))
  await sql.raw(`create database ${name} template wuse`).execute(admin)
  await admin.destroy()
  const db = openDatabase(at(name))
  await splitInParts(db, parts)
  await grantTo(db, applicationRole)
  await db.destroy()
  return at(name)
}
