/** An account is kept as long as the policy says after it was closed, listed before, and then goes whole; a giver goes with the person. */
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PurgeList } from '#protocol/purge.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { byPass, dayMs, openOffice, type Device, type Office } from './office.ts'
import { building, resident, settle } from './sample.ts'

const [fundDays, goneDays] = [365, 30]

let office: Office
let staff: Device
beforeEach(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  const admin = await office.enter('admin')
  const { receipts } = await admin.pushed([
    admin.create(office.places.subdistrict, 'policy', office.ids(), {
      ...{ ...samplePolicy, policyVersion: 2, keepFundsDays: fundDays, keepGoneDays: goneDays },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
})
afterEach(() => office.close())

async function passUntil(from: number, to: number) {
  const after = (days: number) => ({ now: office.clock.now() + days * dayMs, ids: office.ids })
  const near = Math.max(from, to - noticeDays - 1)
  for (let day = from; day < near; day += 7) await purgeDue(office.own, after(day))
  for (let day = near; day <= to; day += 1) {
    expect((await purgeDue(office.own, after(day))).faults).toEqual([])
  }
}

async function everything() {
  const { rows } = await sql<{ text: string }>`
    select fields::text as text from record union all select fields::text from change
    union all select facts::text from audit`.execute(office.db)
  return rows.map(({ text }) => text).join('\n')
}

async function fill(more: object = {}, giver: object = {}) {
  const { grid } = office.places
  const fund = office.ids()
  const entry = office.ids()
  const house = office.ids()
  const worker = await office.enter('worker')
  const on = '2026-11-20'
  const { receipts } = await staff.pushed([
    staff.create(grid, 'building', house, building()),
    staff.create(grid, 'fund', fund, {
      ...{ name: '样例的账', where: '样例苑', openedOn: on, building: house, ...more },
    }),
  ])
  const entered = await worker.pushed([
    worker.create(grid, 'fund-entry', entry, {
      ...{ fund, entryKind: 'received', cents: 100, on, giver: '样例楼一户' },
    }),
    worker.create(grid, 'fund-giver', office.ids(), { entry, name: '样例出资人', ...giver }),
  ])
  const checked = await staff.pushed([
    staff.create(grid, 'fund-check', office.ids(), { entry, says: 'agree' }),
  ])
  for (const one of [...receipts, ...entered.receipts, ...checked.receipts]) {
    expect(one).toMatchObject({ ok: true })
  }
  return { fund, entry }
}

it('is listed for the office, and then goes with all that stands in it', async () => {
  const { fund } = await fill({ closedOn: '2026-11-23' })
  await passUntil(1, fundDays - 1)
  const answer = await office.fetch('/api/purge', { headers: byPass(staff.pass) })
  const list = (await answer.json()) as PurgeList
  expect(list.funds).toMatchObject([{ record: fund, name: '样例的账', day: '2026-11-23' }])
  expect(await everything()).toContain('样例楼一户')
  await passUntil(fundDays, fundDays + 1)
  expect(await everything()).not.toMatch(/样例的账|样例楼一户|样例出资人/)
  expect((await verifyAudit(office.db)).fault).toBeNull()
})

it('stays while it is open', async () => {
  await fill()
  await passUntil(1, fundDays + 2)
  expect(await everything()).toContain('样例楼一户')
})

it('loses the name of who gave with the person, and holds', async () => {
  const { grid } = office.places
  const worker = await office.enter('worker')
  const home = await settle(staff, worker, grid, office.ids)
  const person = office.ids()
  const { receipts } = await worker.pushed([
    worker.create(grid, 'resident', person, {
      ...resident(home.household, { name: '样例出资人', movedOutOn: '2026-11-23' }),
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  const { entry } = await fill({}, { resident: person })
  await passUntil(1, goneDays + 1)
  expect(await everything()).not.toContain('样例出资人')
  const { records } = await staff.pull()
  expect(records.get(entry)?.fields).toMatchObject({ giver: '样例楼一户' })
  expect((await verifyAudit(office.db)).fault).toBeNull()
})
