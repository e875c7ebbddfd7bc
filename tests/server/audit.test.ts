/**
 * The audit log: what it notes, that it only grows for the application's own role, and that nothing in it can be changed unseen.
 * Holds `src/server/ledger/log.ts` and `src/server/db/audit-past.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officeChain } from '#server/db/audit.ts'
import { canonical, hashOfEntry } from '#server/db/audit-hash.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { openOffice, password, type Device, type Office } from './office.ts'
import { building, settle, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.signIn('worker')
  home = await settle(staff, worker, office.places.grid, office.ids)
})
afterAll(() => office.close())

const entriesOf = (chain: string) =>
  office.db.selectFrom('audit').selectAll().where('chain', '=', chain).orderBy('seq').execute()

const record = async (id: string) => {
  const { records } = await worker.pull()
  const found = records.get(id)
  if (!found) throw new Error('no such record')
  return found
}

describe('the audit log', () => {
  it('has one entry for each push and stream, whatever its size, that covers its changes', async () => {
    const entries = await entriesOf(office.places.grid)
    expect(entries.map(({ seq, act }) => [seq, act])).toEqual([
      [1, 'changes'],
      [2, 'changes'],
    ])
    expect(entries[1]).toMatchObject({
      account: office.accounts['worker']?.id,
      device: worker.id,
      facts: { role: 'worker', count: 3, from: 2, to: 4 },
      previous: entries[0]?.hash,
    })
    const covered = await office.db.selectFrom('change').select(['entry', 'salt']).execute()
    expect(covered.map(({ entry }) => entry)).toEqual([1, 2, 2, 2])
    expect(new Set(covered.map(({ salt }) => salt)).size).toBe(4)
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null, changes: 4 })
  })

  it('notes a reveal by whom it was about, why and which field, and no value', async () => {
    const fields = { subject: home.resident, field: 'phones', purpose: 'contact' }
    const at = new Date(office.clock.now()).toISOString()
    const made = worker.create(office.places.grid, 'reveal', office.ids(), { ...fields, at })
    expect((await worker.pushed([made])).receipts[0]?.ok).toBe(true)
    const last = (await entriesOf(office.places.grid)).at(-1)
    expect(last).toMatchObject({
      ...{ act: 'reveal', record: home.resident, account: office.accounts['worker']?.id },
      facts: { field: 'phones', purpose: 'contact', role: 'worker', moment: at },
    })
  })

  it('notes a person’s file by whose it was, masked or not and what for, found by that person', async () => {
    const at = new Date(office.clock.now()).toISOString()
    const fields = {
      ...{ sheet: 'file', columns: [], subject: home.resident, inquiry: office.ids() },
      ...{ count: 1, masked: false, purpose: 'request', at },
    }
    const made = staff.create(office.places.grid, 'export', office.ids(), fields)
    expect((await staff.pushed([made])).receipts).toMatchObject([{ ok: true }])
    expect((await entriesOf(office.places.grid)).at(-1)).toMatchObject({
      ...{ act: 'file', record: home.resident, account: office.accounts['staff']?.id },
      facts: { masked: false, purpose: 'request', role: 'staff', moment: at },
    })
    const auditor = await office.enter('auditor')
    const question = { protocol: 2, record: home.resident, acts: ['file'] }
    const answer = await office.post('/api/audit', question, auditor.pass)
    expect(await answer.json()).toMatchObject({ entries: [{ act: 'file', by: { role: 'staff' } }] })
    // It says whose file went out to nobody's device, and a worker makes none.
    expect((await staff.pull()).records.has(made.record)).toBe(false)
    const own = worker.create(office.places.grid, 'export', office.ids(), fields)
    expect((await worker.pushed([own])).receipts).toMatchObject([{ problem: 'kind-not-yours' }])
  })

  it('notes to whom an export went and on which ground; one of before says neither and is valid', async () => {
    const at = new Date(office.clock.now()).toISOString()
    const table = { sheet: 'residents', columns: ['name'], count: 3, masked: true, at }
    const goesTo = { recipient: 'office', recipientName: '样例派出所', ground: 'law' }
    const file = { ...table, sheet: 'file', subject: home.resident, purpose: 'request' }
    const own = { recipient: 'subject', ground: 'request' }
    const { community, grid } = office.places
    const pushed = await staff.pushed([
      staff.create(community, 'export', office.ids(), { ...table, purpose: 'law', ...goesTo }),
      staff.create(community, 'export', office.ids(), { ...table, purpose: 'check' }),
      staff.create(grid, 'export', office.ids(), { ...file, ...own }),
    ])
    expect(pushed.receipts.map(({ ok }) => ok)).toEqual([true, true, true])
    const [named, older] = (await entriesOf(community)).slice(-2)
    expect(named).toMatchObject({ act: 'export', facts: { purpose: 'law', ...goesTo } })
    expect(Object.keys(older?.facts ?? {}).sort()).toEqual(
      ['count', 'masked', 'moment', 'purpose', 'role', 'sheet'].sort(),
    )
    expect((await entriesOf(grid)).at(-1)).toMatchObject({ act: 'file', facts: own })
    const auditor = await office.enter('auditor')
    const question = { protocol: 2, acts: ['export'] }
    const answer = await office.post('/api/audit', question, auditor.pass)
    const { entries } = (await answer.json()) as { entries: { facts: object }[] }
    expect(entries.map(({ facts }) => facts)).toContainEqual(expect.objectContaining(goesTo))
  })

  it('notes signing in and out, what failed, and a device that was ended', async () => {
    const before = (await entriesOf(officeChain)).length
    const guess = (login: string, word: string) =>
      office.post('/api/session', {
        ...{ protocol: 2, login, password: word, device: office.ids(), deviceName: 'test' },
      })
    await guess('worker', 'wrong')
    await guess('nobody at all', 'wrong')
    const lost = await office.signIn('worker')
    const own = await office.signIn('staff')
    await office.post('/api/devices/revoke', { device: lost.id }, own.pass)
    await office.fetch('/api/session', { method: 'DELETE', headers: own.headers })
    await guess('worker', password)
    const entries = (await entriesOf(officeChain)).slice(before)
    const { worker: who, staff: boss } = office.accounts
    expect(entries.map(({ act, account, record }) => [act, account, record])).toEqual([
      ['sign-in-failed', who?.id, null],
      ['sign-in-failed', null, null],
      ['sign-in', who?.id, null],
      ['sign-in', boss?.id, null],
      ['device-revoked', boss?.id, lost.id],
      ['sign-out', boss?.id, null],
      ['sign-in', who?.id, null],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/nobody at all|wrong"|correct horse/)
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
  })

  it('covers what a record took along to another stream, once', async () => {
    const elsewhere = office.ids()
    await staff.pushed([
      staff.create(office.places.otherGrid, 'building', elsewhere, building({ name: '9幢' })),
    ])
    await office.db
      .insertInto('account_place')
      .values({ account: office.accounts['worker']?.id ?? '', place: office.places.otherGrid })
      .execute()
    await worker.pushed([worker.patch(await record(home.resident), { note: 'sample' })])
    const moving = worker.mutation({
      ...{ stream: office.places.grid, kind: 'dwelling', record: home.dwelling, op: 'patch' },
      ...{ to: office.places.otherGrid, fields: { building: elsewhere }, seen: 2 },
    })
    expect((await worker.pushed([moving])).receipts).toMatchObject([{ ok: true }])
    const copies = await office.db
      .selectFrom('change')
      .selectAll()
      .where('entry', 'is', null)
      .execute()
    expect(copies.length).toBeGreaterThan(2)
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
  })

  it('keeps one chain under many pushes and sign-ins at once', async () => {
    const devices = await Promise.all(
      ['worker', 'colleague', 'staff', 'worker', 'colleague'].map((login) => office.signIn(login)),
    )
    await Promise.all(
      devices.flatMap((device) =>
        Array.from({ length: 4 }, () => {
          const at = new Date(office.clock.now()).toISOString()
          const fields = { subject: home.resident, field: 'name', purpose: 'verify', at }
          return device.push([device.create(office.places.grid, 'reveal', office.ids(), fields)])
        }),
      ),
    )
    const entries = await entriesOf(office.places.grid)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
  })
})

describe("the application's own role", () => {
  it.each([
    ['audit', `update audit set account = null`],
    ['audit', `delete from audit`],
    ['audit', `truncate audit`],
    ['audit', `alter table audit disable trigger all`],
    ['audit', `drop trigger audit_only_grows on audit`],
    ['audit', `drop table audit cascade`],
    [
      'audit',
      `create or replace function refuse_audit_change() returns trigger
      language plpgsql as 'begin return new; end'`,
    ],
    ['audit', `alter table audit owner to wuse_app`],
    ['audit', `set session_replication_role = replica`],
    ['audit', `set role wuse`],
    ['change', `update change set account = device`],
    ['change', `update change set fields = '{"note": [null, "x"]}'`],
    ['change', `update change set salt = 'x', fields = '{}'`],
    ['change', `delete from change`],
    ['change', `truncate change`],
    ['change', `alter table change disable trigger all`],
    ['kysely_migration', `delete from kysely_migration`],
  ])('cannot touch %s: %s', async (table, statement) => {
    const count = () => sql`select count(*) from ${sql.table(table)}`.execute(office.db)
    const before = (await count()).rows
    await expect(sql.raw(statement).execute(office.own)).rejects.toThrow(
      /permission denied|must be owner|only grows|must have admin|no privileges/i,
    )
    expect((await count()).rows).toEqual(before)
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
  })

  it('not even the owner changes a row in passing', async () => {
    for (const statement of [`update audit set account = null`, `delete from change`]) {
      await expect(sql.raw(statement).execute(office.db)).rejects.toThrow(/only grows/)
    }
  })
})

describe('whoever is above all roles and changes the log', () => {
  /** As a superuser who switches the triggers off; all of it is taken back. */
  async function tampered(statement: string) {
    const trx = await office.db.startTransaction().execute()
    try {
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql.raw(statement).execute(trx)
      return (await verifyAudit(trx)).fault
    } finally {
      await trx.rollback().execute()
    }
  }
  const grid = (): string => office.places.grid
  const nextTo = (seq: number) => `chain = '${office.places.grid}' and seq = ${seq}`

  type Tampering = readonly [string, () => string, number | null, RegExp]
  const tamperings: readonly Tampering[] = [
    [
      'another account',
      (): string => `update audit set account = device where ${nextTo(2)}`,
      2,
      /was changed/,
    ],
    [
      'another moment',
      (): string => `update audit set at = '2020-01-01T00:00:00.000Z' where ${nextTo(3)}`,
      3,
      /was changed/,
    ],
    [
      'other facts',
      (): string => `update audit set facts = facts || '{"count": 2}' where ${nextTo(2)}`,
      2,
      /was changed/,
    ],
    ['an entry left out', (): string => `delete from audit where ${nextTo(3)}`, 3, /missing/],
    [
      'the first entry left out',
      (): string => `delete from audit where ${nextTo(1)}`,
      1,
      /missing/,
    ],
    [
      'a change left out',
      (): string => `delete from change where entry = 2 and version = 3 and stream = '${grid()}'`,
      2,
      /3 changes were logged and 2 are there/,
    ],
    [
      'a change of somebody else',
      (): string => `update change set account = device where entry = 2 and stream = '${grid()}'`,
      2,
      /a change was changed/,
    ],
    [
      'other values',
      () =>
        `update change set fields = '{"note": [null, "other"]}' where fields ? 'note' and entry is not null`,
      null,
      /values of a change/,
    ],
    [
      'other values in a copy',
      () =>
        `update change set fields = '{"note": [null, "other"]}' where fields ? 'note' and entry is null`,
      null,
      /values of a change/,
    ],
    [
      'values emptied unsaid',
      () =>
        `update change set fields = '{}', salt = null where fields ? 'note' and entry is not null`,
      null,
      /emptied and no entry/,
    ],
    [
      'a change put in',
      () =>
        `insert into change select stream, gen_random_uuid(), version, kind, record, op, device, seq, batch, account, at, corrected_at, received_at, fields, entry, salt, commitment from change where stream = '${grid()}' and version = 3 and entry = 2`,
      2,
      /3 changes were logged and 4 are there/,
    ],
    [
      'a copy of nothing',
      () =>
        `insert into change select stream, gen_random_uuid(), version, kind, record, op, device, seq, batch, account, at, corrected_at, received_at, fields, null, salt, commitment from change where stream = '${grid()}' and version = 3 and entry = 2`,
      null,
      /in no entry/,
    ],
    [
      'a change without its entry',
      () =>
        `update change set entry = 900 where stream = '${grid()}' and version = 3 and entry = 2`,
      2,
      /3 changes were logged/,
    ],
  ]
  it.each(tamperings)('%s', async (_name, statement, seq, why) => {
    const fault = await tampered(statement())
    expect(fault?.why).toMatch(why)
    if (seq !== null) expect([fault?.chain, fault?.seq]).toEqual([grid(), seq])
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
  })

  it('and cuts the end off is found by whoever noted the heads before', async () => {
    const { heads } = await verifyAudit(office.own)
    const last = heads.get(officeChain)?.seq ?? 0
    const trx = await office.db.startTransaction().execute()
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`delete from audit where chain = ${officeChain} and seq = ${last}`.execute(trx)
    expect((await verifyAudit(trx)).fault).toBeNull()
    expect((await verifyAudit(trx, heads)).fault).toMatchObject({
      chain: officeChain,
      why: expect.stringMatching(/noted before are missing/) as unknown,
    })
    await trx.rollback().execute()
    // What has only grown since still holds.
    await office.signIn('worker')
    expect((await verifyAudit(office.own, heads)).fault).toBeNull()
  })
})

describe('ids in capitals', () => {
  const at = () => new Date(office.clock.now()).toISOString()

  it('are the same ids at every door, and the log holds', async () => {
    const { grid } = office.places
    const upper = (one: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(one).map(([name, value]) => [
          name,
          typeof value === 'string' && /^[\da-f-]{36}$/.test(value) ? value.toUpperCase() : value,
        ]),
      )
    const shown = { subject: home.resident.toUpperCase(), field: 'phones', purpose: 'contact' }
    const made = worker.create(grid, 'reveal', office.ids(), { ...shown, at: at() })
    expect((await worker.pushed([upper(made)])).receipts).toMatchObject([{ id: made.id, ok: true }])
    const sets = {
      sameAs: { add: [home.household.toUpperCase()] },
      notSameAs: { add: [home.building], remove: [home.dwelling.toUpperCase()] },
    }
    const patch = worker.patch(await record(home.resident), sets)
    expect((await worker.pushed([patch])).receipts).toMatchObject([{ ok: true }])
    expect((await record(home.resident)).fields).toMatchObject({ sameAs: [home.household] })
    const auditor = await office.enter('auditor')
    const question = { protocol: 1, record: home.resident.toUpperCase() }
    const told = await office.post('/api/audit', question, auditor.pass)
    expect(((await told.json()) as { entries: unknown[] }).entries).not.toEqual([])
    for (const path of [
      `/api/history/${grid.toUpperCase()}/${home.resident.toUpperCase()}`,
      `/api/overview/${grid.toUpperCase()}`,
    ]) {
      expect((await office.fetch(path, { headers: worker.headers })).status).toBe(200)
    }
    expect(await verifyAudit(office.own)).toMatchObject({ faults: [], respelled: 0 })
  })

  it('of entries from before are known again, and what somebody changed in them is not', async () => {
    const trx = await office.db.startTransaction().execute()
    try {
      await sql`set local session_replication_role = replica`.execute(trx)
      const last = (await verifyAudit(trx)).heads.get(officeChain)
      const spellings = [
        'a190f5c6-0000-7000-8000-00000000000b'.toUpperCase(),
        'A190f5c6-0000-7000-8000-00000000000b',
      ]
      let previous = last?.hash ?? ''
      for (const [index, record] of spellings.entries()) {
        const seq = (last?.seq ?? 0) + index + 1
        const entry = {
          ...{ chain: officeChain, seq, at: at(), act: 'audit-read', account: null, device: null },
          ...{ record, facts: {}, previous },
        }
        const hash = hashOfEntry(entry)
        await sql`insert into audit (chain, seq, at, act, record, facts, previous, hash) values
          (${officeChain}, ${seq}, ${entry.at}, ${entry.act}, ${record}, '{}', ${previous}, ${hash})`.execute(
          trx,
        )
        previous = hash
      }
      expect(await verifyAudit(trx)).toMatchObject({ faults: [], respelled: 2 })
      await sql`update audit set record = ${home.household} where chain = ${officeChain}
        and seq = ${(last?.seq ?? 0) + 1}`.execute(trx)
      expect((await verifyAudit(trx)).faults).toMatchObject([{ why: 'the entry was changed' }])
    } finally {
      await trx.rollback().execute()
    }
  })

  it('and a fault in one chain hides none in another, nor one behind it', async () => {
    const trx = await office.db.startTransaction().execute()
    try {
      await sql`set local session_replication_role = replica`.execute(trx)
      const { grid } = office.places
      await sql`update audit set account = device where chain = ${officeChain} and seq in (1, 2)`.execute(
        trx,
      )
      await sql`delete from audit where chain = ${grid} and seq = 1`.execute(trx)
      await sql`update audit set at = '2020-01-01T00:00:00.000Z' where chain = ${grid} and seq in (2, 3)`.execute(
        trx,
      )
      const { faults } = await verifyAudit(trx)
      const found = faults.map(({ chain, seq, why }) => [chain, seq, why])
      for (const seq of [1, 2])
        expect(found).toContainEqual([officeChain, seq, 'the entry was changed'])
      expect(found).toContainEqual([grid, 1, 'an entry is missing'])
      for (const seq of [2, 3]) expect(found).toContainEqual([grid, seq, 'the entry was changed'])
    } finally {
      await trx.rollback().execute()
    }
  })
})

it('writes values in one way alone, before and after the database', () => {
  expect(canonical({ b: [1, { d: null, c: undefined }], a: '"富' })).toBe(
    '{"a":"\\"富","b":[1,{"d":null}]}',
  )
})
