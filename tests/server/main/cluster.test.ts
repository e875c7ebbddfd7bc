/**
 * What an operator of a Citus cluster does and reads: the start lays tables out and says so, `npm run distribute` goes on
 * where something is missing, and neither makes tables at a machine that is not the coordinator.
 */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tableNames } from '#server/db/placing.ts'
import {
  sayThatCitusIsThere,
  standInForCitus,
  standOnMachine,
} from '#tests/support/citus-stand-ins.ts'
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { freePort } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const built = (name: string) => join(root, 'dist/server', name)
let test: TestDatabase

beforeAll(async () => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
  test = await createTestDatabase('whole')
  await standInForCitus(test.db)
  await sayThatCitusIsThere(test.db)
}, 120_000)
afterAll(() => test.drop())

/** Runs until it ends, or until it says that it is ready. */
function run(name: string): Promise<{ code: number | null; output: string; error: string }> {
  return new Promise((resolve, reject) => {
    freePort().then((port) => {
      const child = spawn(process.execPath, [built(name)], {
        env: {
          ...{ PATH: process.env.PATH, PORT: String(port), DEMO: 'off' },
          ...{ DATABASE_URL: test.applicationUrl, DATABASE_OWNER_URL: test.url },
        },
      })
      let [output, error] = ['', '']
      child.stderr.on('data', (text: Buffer) => (error += text.toString()))
      child.stdout.on('data', (text: Buffer) => {
        output += text.toString()
        if (output.includes('Wuse is ready')) child.kill('SIGTERM')
      })
      child.once('exit', (code) => resolve({ code, output, error: error.trim() }))
    }, reject)
  })
}

const all = tableNames.length

it('is told by its start how many tables lie on the machines', async () => {
  const first = await run('main.js')
  expect(first.error).toBe('')
  expect(first.output).toContain(
    `The tables lie on the machines of the cluster: ${all}, ${all} laid out now, 0 from before.`,
  )
  const second = await run('main.js')
  expect(second.output).toContain(
    `The tables lie on the machines of the cluster: ${all}, all of them from before.`,
  )
})

it('lays out by hand what is missing, and nothing twice', async () => {
  const again = await run('distribute.js')
  expect(again).toMatchObject({ code: 0, error: '' })
  expect(again.output).toContain(
    `${all} tables lie on the machines of the cluster, 0 of them laid out now.`,
  )
  // As a newer version finds it, which made a table.
  await sql`delete from pg_dist_partition where logicalrelid = 'help'::regclass`.execute(test.db)
  const newer = await run('distribute.js')
  expect(newer.output).toContain('  help\n')
  expect(newer.output).toContain(
    `${all} tables lie on the machines of the cluster, 1 of them laid out now.`,
  )
})

it('makes no tables at another machine, and says at which it would', async () => {
  await standOnMachine(test.db, 3)
  for (const name of ['main.js', 'distribute.js']) {
    const ended = await run(name)
    expect(ended.code).toBe(1)
    expect(ended.error).toMatch(/is one of the machines of a Citus cluster and not its coordinator/)
    expect(ended.error).toContain('DATABASE_OWNER_URL')
    expect(ended.error.split('\n')).toHaveLength(1)
  }
  await standOnMachine(test.db, 0)
})
