/** `npm run audit:verify` as an operator runs it, and a start with a role that owns nothing. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditAlone, officeChain } from '#server/db/audit.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { migrate } from '#server/db/migrate.ts'
import { openOffice } from '#server/office.ts'
import { readConfig } from '#server/config.ts'
import { createPlace } from '#server/db/streams.ts'
import { createTestDatabase } from '#tests/support/database.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wuse-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
}, 120_000)

const { url, applicationUrl, db, drop } = await createTestDatabase()
afterAll(drop)

function verify(...words: string[]) {
  const tool = join(root, 'dist/server/audit-verify.js')
  const ended = spawnSync(process.execPath, [tool, ...words], {
    env: { PATH: process.env.PATH, DATABASE_URL: applicationUrl, DATABASE_OWNER_URL: url },
    encoding: 'utf8',
  })
  return { code: ended.status, output: ended.stdout.trim(), error: ended.stderr.trim() }
}
const at = '2026-11-23T06:32:00.000Z'
const note = () => auditAlone(db, officeChain, { act: 'sign-in', at, account: randomUUID() })
/** As a superuser, past the triggers. */
const tamper = (statement: string) =>
  db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql.raw(statement).execute(trx)
  })

it('says what it checked, and names the first place that does not hold', async () => {
  for (let count = 0; count < 3; count += 1) await note()
  const anchor = join(folder, 'heads.json')
  const first = verify('--anchor', anchor)
  expect(first).toMatchObject({ code: 0, error: '' })
  expect(first.output).toMatch(/^Checked 3 entries of 1 chains and 0 changes\.\nThe log holds\.$/)
  await note()
  expect(verify('--anchor', anchor).output).toMatch(/holds all that was noted in .*\nThe log holds/)
  expect(JSON.parse(readFileSync(anchor, 'utf8'))).toMatchObject({ [officeChain]: { seq: 4 } })

  await tamper(`delete from audit where seq = 4`)
  expect(verify()).toMatchObject({ code: 0 })
  expect(verify('--anchor', anchor)).toMatchObject({
    code: 1,
    output: expect.stringMatching(
      `broken: entries that were noted before are missing \\(chain ${officeChain}, entry 4\\)`,
    ) as unknown,
  })
  await tamper(`update audit set account = null where seq = 2`)
  expect(verify()).toMatchObject({
    code: 1,
    output: expect.stringMatching(
      `broken: the entry was changed \\(chain ${officeChain}, entry 2\\)`,
    ) as unknown,
  })
  writeFileSync(anchor, '{"x"')
  for (const words of [
    ['--anchor', anchor],
    ['--nonsense'],
    ['--anchor', join(folder, 'a', 'b')],
  ]) {
    if (words[1]?.endsWith('b')) await tamper(`truncate audit`)
    const ended = verify(...words)
    expect(ended.error).toMatch(
      /^(.* is no anchor|Usage: npm run audit:verify|.*cannot be written)/,
    )
    expect(ended.error.split('\n')).toHaveLength(1)
    expect(ended.code).toBe(2)
  }
}, 120_000)

it('seals what was changed before there was a chain', async () => {
  const old = await createTestDatabase()
  try {
    // As version 0.1 left it.
    await sql`drop schema public cascade`.execute(old.db)
    await sql`create schema public`.execute(old.db)
    await migrate(old.db, '0009-places-people')
    const stream = randomUUID()
    await createPlace(old.db, { id: stream, parent: null, epoch: 1 })
    for (const version of [1, 2]) {
      await sql`insert into change (stream, id, version, kind, record, op, device, seq, batch, account,
        at, corrected_at, received_at, fields) values (${stream}, ${randomUUID()}, ${version},
        'resident', ${randomUUID()}, 'patch', ${randomUUID()}, ${version}, null, ${randomUUID()},
        ${at}, ${at}, now(), '{"note": [null, "样例 1.50"], "n": [1e3, 0.10]}')`.execute(old.db)
    }
    await migrate(old.db)
    expect(await verifyAudit(old.db)).toMatchObject({ fault: null, entries: 1, changes: 2 })
    await old.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql`update change set fields = '{}' where version = 2`.execute(trx)
    })
    const { fault } = await verifyAudit(old.db)
    expect(fault).toMatchObject({
      chain: stream,
      seq: 1,
      why: 'the values of a change were changed',
    })
  } finally {
    await old.drop()
  }
})

it('a server whose role owns nothing says so of itself, and one that owns all as well', async () => {
  const log = { write: () => undefined }
  const own = { DATABASE_URL: applicationUrl, DATABASE_OWNER_URL: url }
  const guarded = await openOffice(readConfig(own), log)
  expect(guarded.isGuarded).toBe(true)
  await expect(sql`delete from audit`.execute(guarded.db)).rejects.toThrow(/permission denied/)
  await guarded.close()
  const single = await openOffice(readConfig({ DATABASE_URL: url }), log)
  expect(single.isGuarded).toBe(false)
  await single.close()
  expect(() => readConfig({ DATABASE_OWNER_URL: url })).toThrow(/goes with DATABASE_URL/)
})
