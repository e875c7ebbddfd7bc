/**
 * The yearly report of a sample office equals an independent count, record by record.
 * Holds `src/server/routes/year-report.ts`, `src/server/db/year-log.ts` and `src/server/db/year-report.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { addDays, ageOn } from '#domain/day.ts'
import type { YearReport } from '#protocol/year-report.ts'
import { noteBackup } from '#server/backups/note-backup.ts'
import { recordAct } from '#server/db/acts.ts'
import { audit, auditAlone, officeChain } from '#server/db/audit.ts'
import { transact } from '#server/db/transact.ts'
import { byPass, openOffice, type Device, type Office } from './office.ts'
import { resident, settle } from './sample.ts'

let office: Office
let worker: Device
let admin: Device
const today = '2026-11-23'
const at = '2026-11-23T06:30:00.000Z'

interface Consent {
  readonly on: string
  readonly withdrawnOn?: string | null
}

interface Row {
  readonly kind: string
  readonly at: string | null
  readonly fields: Record<string, unknown>
}

/** All records of the office as they lie in the database, and the refusals in the log: nothing of the report's own code. */
async function everything() {
  const { rows } = await sql<Row>`select kind, at, fields from record where not removed`.execute(
    office.db,
  )
  const { rows: refused } = await sql`select 1 from audit where act = 'look-refused'`.execute(
    office.db,
  )
  return { rows, refused: refused.length }
}

const report = async (device: Device, year: number) => {
  const response = await office.fetch(`/api/year/${String(year)}`, { headers: byPass(device.pass) })
  return { status: response.status, body: (await response.json()) as YearReport }
}

beforeAll(async () => {
  office = await openOffice()
  const staff = await office.enter('staff')
  worker = await office.enter('worker')
  admin = await office.enter('admin')
  const { grid, subdistrict, community } = office.places
  const home = await settle(staff, worker, grid, office.ids, { noticeOn: today })
  const births = [0, 5, 13, 14, 17, 18, 40].flatMap((years) => {
    const birthday = `${String(2026 - years)}-11-23`
    return [birthday, addDays(birthday, 1), addDays(birthday, -1)]
  })
  const people = births
    .filter((birth) => birth <= today)
    .map((birth, n) => ({
      id: office.ids(),
      fields: resident(home.household, {
        birth,
        ...(n % 3 === 0 ? { noticeOn: today } : {}),
        ...(ageOn(birth, today) < 14 ? { guardianName: '样例母' } : {}),
        ...(n === 7 ? { movedOutOn: '2026-11-01' } : {}),
      }),
    }))
  const { receipts } = await worker.pushed(
    people.map(({ id, fields }) => worker.create(grid, 'resident', id, fields)),
  )
  expect(receipts.every(({ ok }) => ok)).toBe(true)
  const look = (person: string) =>
    worker.create(grid, 'reveal', office.ids(), {
      ...{ subject: person, field: 'phones', purpose: 'contact', at },
    })
  await worker.pushed(people.map(({ id }) => look(id))) // those of minors are refused
  const approval = (acts: string[], roles: string[]) =>
    admin.create(subdistrict, 'approval', office.ids(), {
      ...{ acts, roles, reason: '样例', from: today, until: '2027-06-30' },
    })
  await admin.pushed([approval(['reveal'], ['worker']), approval(['export'], ['staff'])])
  await worker.pushed(people.map(({ id }) => look(id)))
  const table = (more: object) =>
    staff.create(community, 'export', office.ids(), {
      ...{ sheet: 'residents', columns: ['name'], count: 20, masked: true, purpose: 'report', at },
      ...more,
    })
  await staff.pushed([table({ minors: 12 }), table({ count: 5 })])
  const inquiries = people.slice(0, 12).map(({ id }, n) =>
    worker.create(grid, 'inquiry', office.ids(), {
      ...{ resident: id, wants: 'see', receivedOn: '2026-10-01', due: '2026-10-16' },
      ...(n === 3 ? { receivedOn: '2025-12-31' } : {}),
    }),
  )
  await worker.pushed(inquiries)
  const held = (await admin.pull()).records
  const answers = inquiries.slice(0, 9).flatMap(({ record }, n) => {
    const inquiry = held.get(record)
    if (!inquiry) throw new Error('an inquiry did not come')
    const outcome = n % 4 === 0 ? 'refused' : 'done'
    const answeredOn = n % 2 === 0 ? '2026-10-10' : '2026-11-01'
    return [admin.patch(inquiry, { outcome, answer: '样例', answeredOn })]
  })
  expect((await admin.pushed(answers)).receipts.every(({ ok }) => ok)).toBe(true)
  await agree(people.map(({ id }) => id))
  await fillLogs()
})
afterAll(() => office.close())

/** Consents given in two years, some of them withdrawn in this one. */
async function agree(people: readonly string[]) {
  const held = (await worker.pull()).records
  const consents = people.slice(0, 9).flatMap((id, n) => {
    const person = held.get(id)
    if (!person) throw new Error('a person did not come')
    const on = n % 3 === 0 ? '2025-12-31' : '2026-01-01'
    const withdrawnOn = n % 2 === 0 ? { withdrawnOn: '2026-11-20' } : {}
    const fields = ['ethnicity', 'workplace'].map((field) => ({
      ...{ field, version: 2, on, how: 'spoken' },
      ...withdrawnOn,
    }))
    return [worker.patch(person, { consents: { add: fields } })]
  })
  const { receipts } = await worker.pushed(consents)
  expect(receipts.every(({ ok }) => ok)).toBe(true)
}

/** Purges, backups, lost devices, accounts: of this year, and one of each of the last moment before it. */
async function fillLogs() {
  const { grid, otherGrid } = office.places
  const moments = [at, '2026-01-01T00:00:00.000Z', '2025-12-31T15:59:59.999Z']
  for (const moment of moments) {
    const twice = office.ids()
    const purge = (record: string, kind: string) => ({
      ...({ act: 'purge', at: moment, account: null, record } as const),
      facts: { rule: 'gone', kind, count: 1 },
    })
    await transact(office.db, async (trx) => {
      await audit(trx, grid, [purge(twice, 'resident'), purge(office.ids(), 'visit')])
      await audit(trx, otherGrid, [purge(twice, 'resident'), purge(office.ids(), 'request')])
      await audit(trx, otherGrid, [purge(office.ids(), 'visit')])
    })
    await noteBackup(office.db, { bytes: 1, rows: 1 }, { at: new Date(moment), isSealed: false })
    const entry = { at: moment, account: null, record: office.ids(), facts: {} }
    await auditAlone(office.db, officeChain, { act: 'breach', ...entry })
  }
  for (const [act, moment] of [
    ['account-created', at],
    ['account-created', '2026-01-01T00:00:00.000Z'],
    ['account-closed', at],
    ['account-closed', '2025-12-31T15:59:59.999Z'],
    ['account-handed-over', at],
    ['account-changed', at],
  ] as const) {
    await transact(office.db, (trx) =>
      recordAct(trx, {
        ...{ id: office.ids(), account: admin.account, role: 'admin', device: admin.id, act },
        ...{ at: new Date(moment), subject: worker.account, details: {} },
      }),
    )
  }
}

it('counts what an independent count finds', async () => {
  const { body } = await report(admin, 2026)
  const { rows, refused } = await everything()
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ fields }) => fields)
  const everybody = of('resident')
  const people = everybody.filter(({ movedOutOn }) => !movedOutOn)
  const age = ({ birth }: Record<string, unknown>) => ageOn(String(birth), today)
  const minors = people.filter((one) => age(one) < 18)
  const consents = (isCounted: (one: Consent) => boolean) =>
    [everybody.filter((one) => age(one) < 18), everybody].map(
      (some) =>
        some.flatMap((one) => (one['consents'] ?? []) as Consent[]).filter(isCounted).length,
    )
  const { rows: entries } = await sql<{ act: string; record: string; kind: string | null }>`
    select act, record, facts->>'kind' as kind from audit
    where (at::timestamptz at time zone 'Asia/Shanghai')::date
      between '2026-01-01' and '2026-12-31'`.execute(office.db)
  const logged = (act: string, kind: string | null = null) =>
    new Set(
      entries
        .filter((one) => one.act === act && one.kind === kind)
        .map(({ record }, n) => record ?? n),
    ).size
  const children = people.filter((one) => age(one) < 14)
  const told = (some: typeof people) => some.filter(({ noticeOn }) => noticeOn).length
  const looks = of('reveal')
  const tables = of('export')
  const sum = (name: string) => tables.reduce((all, one) => all + Number(one[name] ?? 0), 0)
  const asked = of('inquiry').filter(({ receivedOn }) => String(receivedOn).startsWith('2026'))
  const isOfMinor = ({ resident: id }: Record<string, unknown>) => minorIds.has(String(id))
  const { rows: ids } = await sql<{ id: string; birth: string }>`
    select id, fields->>'birth' as birth from record where kind = 'resident'`.execute(office.db)
  const minorIds = new Set(ids.filter((one) => ageOn(one.birth, today) < 18).map(({ id }) => id))
  const both = (some: typeof asked) => [some.filter(isOfMinor).length, some.length]
  const done = asked.filter(({ outcome }) => outcome)
  const isTimely = (one: Record<string, unknown>) => String(one['answeredOn']) <= String(one['due'])
  expect(
    Object.fromEntries(body.figures.map(({ key, minors: a, all }) => [key, [a, all]])),
  ).toEqual({
    people: [minors.length, people.length],
    under14: [children.length, null],
    guardian: [children.filter(({ guardianName }) => guardianName).length, null],
    told: [told(minors), told(people)],
    toldInYear: [told(minors), told(people)],
    consentsGiven: consents(({ on }) => on.startsWith('2026')),
    consentsWithdrawn: consents(({ withdrawnOn }) => withdrawnOn?.startsWith('2026') ?? false),
    looks: [looks.filter(({ minor }) => minor).length, looks.length],
    refusedLooks: [refused, null],
    tables: [tables.filter(({ minors: some }) => some).length, tables.length],
    tableRows: [sum('minors'), sum('count')],
    files: [0, 0],
    requests: both(asked),
    answeredInTime: both(done.filter(isTimely)),
    answeredLate: both(done.filter((one) => !isTimely(one))),
    refusedRequests: both(asked.filter(({ outcome }) => outcome === 'refused')),
    openRequests: both(asked.filter(({ outcome }) => !outcome)),
    purgedPeople: [null, logged('purge', 'resident')],
    purgedVisits: [null, logged('purge', 'visit')],
    purgedRequests: [null, logged('purge', 'request')],
    accountsMade: [null, 2],
    accountsClosed: [null, 1],
    accountsHandedOver: [null, 1],
    backups: [null, logged('backup')],
    restores: [null, 0],
    breaches: [null, logged('breach')],
  })
  expect([logged('purge', 'resident'), logged('purge', 'visit'), logged('backup')]).toEqual([
    ...[2, 4, 2],
  ])
  // Not all of it nothing.
  expect(minors.length).toBeGreaterThan(8)
  expect(refused).toBeGreaterThan(8)
  expect(body.approvals.map(({ acts, used }) => [acts, used])).toEqual(
    expect.arrayContaining([
      [['reveal'], looks.filter(({ approval }) => approval).length],
      [['export'], 1],
    ]),
  )
})

it('is another year’s where another is asked, and nobody’s who may not', async () => {
  const before = await report(admin, 2025)
  const figures = Object.fromEntries(before.body.figures.map(({ key, all }) => [key, all]))
  expect(figures).toMatchObject({ looks: 0, tables: 0, requests: 1, openRequests: 0 })
  expect(before.body.approvals).toEqual([])
  // A community is told nothing of the server as a whole.
  const part = await report(await office.enter('staff'), 2026)
  expect(part.body.figures.filter(({ all, minors }) => all === null && minors === null)).toEqual(
    ['backups', 'restores', 'breaches'].map((key) => ({ key, minors: null, all: null })),
  )
  expect((await report(worker, 2026)).status).toBe(403)
  expect((await office.fetch('/api/year/19x', { headers: byPass(admin.pass) })).status).toBe(400)
})
