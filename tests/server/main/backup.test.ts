/** Backup and restore as an operator runs them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '#tests/support/database.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wuse-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
}, 120_000)

const { url, db, drop } = await createTestDatabase()
afterAll(drop)

function run(name: string, ...words: string[]) {
  const ended = spawnSync(process.execPath, [join(root, 'dist/server', `${name}.js`), ...words], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: url,
      DATA_DIR: join(folder, 'data'),
      DEMO_PASSWORD: 'sample-password-1',
    },
    encoding: 'utf8',
  })
  return { code: ended.status, output: ended.stdout, error: ended.stderr.trim() }
}
const everything = async () => ({
  records: await db.selectFrom('record').selectAll().orderBy('stream').orderBy('id').execute(),
  accounts: await db.selectFrom('account').selectAll().orderBy('id').execute(),
  tallies: await db
    .selectFrom('tally')
    .selectAll()
    .orderBy('stream')
    .orderBy('kind')
    .orderBy('colour')
    .orderBy('residence')
    .execute(),
})

it('backs a register up into one file and brings it back whole', async () => {
  expect(run('seed', '--residents', '300').code).toBe(0)
  const before = await everything()
  const file = join(folder, 'night.wuse-backup')
  expect(run('backup', file)).toMatchObject({ code: 0, error: '' })
  expect(statSync(file).mode & 0o077).toBe(0)
  await db.deleteFrom('record').execute()

  const refused = run('restore', file)
  expect(refused.error).toMatch(/^The database is not empty\. Add --reset/)
  expect(refused.code).toBe(1)
  const restored = run('restore', file, '--reset')
  expect(restored).toMatchObject({ code: 0, error: '' })
  expect(restored.output).toMatch(/^Restored \d+ rows as of .*give back what came after/)
  expect(await everything()).toEqual(before)

  const cut = join(folder, 'cut.wuse-backup')
  writeFileSync(cut, readFileSync(file).subarray(0, 5_000))
  for (const [wrong, words] of [
    [cut, /damaged or was cut short/],
    [join(folder, 'none'), /cannot be read \(ENOENT\)/],
  ] as const) {
    const ended = run('restore', wrong, '--reset')
    expect(ended.error).toMatch(words)
    expect(ended.error.split('\n')).toHaveLength(1)
    expect(ended.code).toBe(1)
  }
  expect(await everything()).toEqual(before)
  expect(run('restore').error).toMatch(/^Usage: npm run restore/)
  expect(run('backup').error).toMatch(/^Usage: npm run backup/)
  expect(run('backup', join(folder, 'no', 'where')).error).toMatch(/cannot be written/)
}, 120_000)
