/** A database of before version 0.2.0, brought up by the migrations 0020 and 0021: what its acts, ids and devices are worth. */
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { loadClaims } from '#server/ledger/claims.ts'
import { perform } from '#server/acts/perform.ts'
import { createAccount } from '#server/db/accounts.ts'
import { up as authority } from '#server/db/migrations/0020-authority.ts'
import { up as keepIds } from '#server/db/migrations/0021-ids.ts'
import { insertRecords } from '#server/db/records.ts'
import { createPlace } from '#server/db/streams.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTestDatabase } from '#tests/support/database.ts'

const { db, drop } = await createTestDatabase()
afterAll(drop)

const ids = createCountedIds(0x77)
const at = new Date('2026-11-23T06:32:00.000Z')

it('keeps ids that were freed, answers no old act again, and takes work from its devices', async () => {
  for (const statement of [
    `alter table act drop column asked, drop column left_as`,
    `alter table account drop column password_by`,
    `drop table spent_id`,
    `drop index record_id`,
    `alter table device drop column last_at`,
  ]) {
    await sql.raw(statement).execute(db)
  }
  const [grid, account, device, act, freed, living] = [ids(), ids(), ids(), ids(), ids(), ids()]
  await createPlace(db, { id: grid, parent: null, epoch: 1 })
  const admin = { id: account, login: 'admin', name: 'x', role: 'admin', password: '' } as const
  await createAccount(db, admin, [grid])
  await sql`insert into device (id, account, name, key, last_seq, seen_at)
    values (${device}, ${account}, 'test', '', 3, ${at})`.execute(db)
  await sql`insert into act (id, account, device, at, act, subject, details)
    values (${act}, ${account}, ${device}, ${at}, 'place-renamed', ${grid}, '{}')`.execute(db)
  await db
    .transaction()
    .execute((trx) => insertRecords(trx, grid, [{ kind: 'resident', id: living, fields: {} }]))
  for (const [version, record] of [
    [1, freed],
    [2, living],
  ] as const) {
    await sql`insert into change (stream, id, version, kind, record, op, device, seq, batch, account,
      at, corrected_at, received_at, fields, commitment)
      values (${grid}, ${ids()}, ${version}, 'resident', ${record}, 'create', ${device}, ${version}, null,
      ${account}, ${at.toISOString()}, ${at.toISOString()}, ${at}, '{}', '')`.execute(db)
  }
  // As `migrate` runs them, without those that came in between.
  await authority(db)
  await keepIds(db)

  const spent = await db.selectFrom('spent_id').selectAll().execute()
  expect(spent).toEqual([{ stream: grid, id: freed }])
  const create = (record: string) => ({
    ...{ id: ids(), device, seq: 4, at: at.toISOString(), batch: null, stream: grid },
    ...{ kind: 'resident' as const, record, op: 'create' as const, fields: {}, seen: 0 },
  })
  const claims = await db
    .transaction()
    .execute((trx) => loadClaims(trx, [ids()], [create(freed), create(living), create(ids())]))
  expect([...claims.values()].sort()).toEqual(['record-exists', 'record-gone'])
  const row = await db.selectFrom('device').select('last_at').executeTakeFirstOrThrow()
  expect(row.last_at).toBeNull()

  const acting = {
    ...{
      id: act,
      account: { id: account, role: 'admin' as const },
      device,
      now: at.getTime(),
      ids,
    },
  }
  const asked = { act: 'place-renamed', subject: grid, content: {} } as const
  const again = await perform(db, acting, asked, {
    allow: () => Promise.resolve(),
    work: () => Promise.reject(new Error('done twice')),
    stateOf: () => Promise.resolve(null),
  })
  expect(again).toEqual({ ok: false, problem: 'changed-meanwhile' })
})
