/** One PostgreSQL for a run: the embedded one, in a folder that goes away, with a migrated template to copy. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openCluster } from '#server/cluster/open-cluster.ts'
import { openDatabase } from '#server/db/connect.ts'
import { grantTo, letSeeLogSize, makeRole } from '#server/db/grants.ts'
import { migrate } from '#server/db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the template database `wuse`; tests copy it and never write to it. */
    postgresUrl: string
    /** Password of the application's role, which owns nothing. */
    applicationPassword: string
  }
}

const applicationRole = 'wuse_app'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
    ],
  })
  const db = openDatabase(cluster.url)
  await migrate(db)
  const password = randomBytes(12).toString('hex')
  await makeRole(db, applicationRole, password)
  // Rights are part of the template: every copy has them.
  await grantTo(db, applicationRole)
  await letSeeLogSize(db, applicationRole)
  await db.destroy()
  project.provide('postgresUrl', cluster.url)
  project.provide('applicationPassword', password)
  return async () => {
    await cluster.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
