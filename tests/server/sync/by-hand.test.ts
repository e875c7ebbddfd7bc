/** What people do about a device by hand: take its work to the office, end it; and a device that lost its storage. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, nameOf, pin } from './tablets.ts'

let office: Office
let staff: Device
let home: Home
let devicesBefore: readonly { readonly id: string }[]
let opened: { end(): void; tabs: Tab[] }[]

beforeAll(async () => {
  office = await openOffice()
  staff = await office.signIn('staff')
})
afterAll(() => office.close())
beforeEach(async () => {
  home = await settle(staff, await office.signIn('colleague'), office.places.grid, office.ids)
  devicesBefore = await office.db.selectFrom('device').select('id').execute()
  opened = []
})
afterEach(() => {
  for (const { end, tabs } of opened) {
    for (const tab of tabs) tab.close()
    end()
  }
})

async function started(login: string) {
  const tablet = createServedTablet(office)
  const tab = await begin(tablet, login)
  opened.push({ end: tablet.end, tabs: [tab] })
  return { tablet, tab }
}
const call = (tab: Tab): Intent => ({
  op: 'create',
  kind: 'visit',
  record: tab.app.work.newId(),
  stream: office.places.grid,
  fields: visit(home.household, new Date(tab.app.now()).toISOString()) as never,
})
const save = async (tab: Tab, ...intents: Intent[]) => {
  const outcome = await tab.app.work.save(intents)
  if (!outcome.ok) throw new Error(outcome.problem)
}
const changesBy = (account: string) =>
  office.db
    .selectFrom('change')
    .select(['record', 'seq', 'device'])
    .where('account', '=', account)
    .where('kind', '=', 'visit')
    .execute()
/** The account's device that this test made. */
const newestDevice = async (account: string) => {
  const rows = await office.db
    .selectFrom('device')
    .select('id')
    .where('account', '=', account)
    .execute()
  const known = new Set(devicesBefore.map(({ id }) => id))
  return rows.find(({ id }) => !known.has(id))?.id ?? ''
}

test('a file of unsent work is brought in at the office, and the device hears of it later', async () => {
  const { tablet, tab } = await started('worker')
  const desk = await started('staff')
  const account = office.accounts['worker']?.id ?? ''
  const before = (await changesBy(account)).length
  tablet.network.disconnect()
  expect(await tab.app.syncActs.saveFile()).toBe('nothing')
  await save(tab, call(tab))
  await save(tab, call(tab), call(tab))
  expect(await tab.app.syncActs.saveFile()).toBe('saved')
  const [file] = tablet.files
  expect(file?.name).toMatch(/^wuse-unsent-2026-11-23\.wuse$/)
  expect(file?.text).not.toContain(home.household)
  expect(tab.app.sync.getState().unsent).toHaveLength(3)

  for (let twice = 0; twice < 2; twice += 1) {
    const brought = await desk.tab.app.officeActs.bringIn(file?.text ?? '')
    expect(brought).toMatchObject({ ok: true, value: { count: 3, applied: 3, refused: [] } })
  }
  expect(await changesBy(account)).toHaveLength(before + 3)
  // Proof of arrival is the server's receipt to this device alone.
  expect(tab.app.sync.getState().unsent).toHaveLength(3)
  tablet.network.connect()
  await until(() => isUpToDate(tab))
  expect(await changesBy(account)).toHaveLength(before + 3)
  expect(await desk.tab.app.officeActs.bringIn('{"format":"poem"}')).toEqual({
    ok: false,
    problem: 'file-unreadable',
  })
})

test('the office sees what a device has not sent, and ends it; its PIN opens nothing any more', async () => {
  const { tablet, tab } = await started('worker')
  const desk = await started('staff')
  const account = office.accounts['worker']?.id ?? ''
  const device = await newestDevice(account)
  await save(tab, call(tab))
  await until(() => isUpToDate(tab))
  const seen = async () => {
    const list = await desk.tab.app.officeActs.devices()
    if (!list.ok) throw new Error(list.problem)
    return list.value.find(({ id }) => id === device)
  }
  expect(await seen()).toMatchObject({ revoked: false, report: { waiting: 0, refused: 0 } })

  tablet.network.disconnect()
  await save(tab, call(tab))
  expect(await desk.tab.app.officeActs.revoke(device)).toMatchObject({ ok: true })
  expect((await seen())?.revoked).toBe(true)
  expect(tab.app.session.getState().phase).toBe('open')
  tablet.network.connect()
  await until(() => tab.app.session.getState().problem === 'device-revoked')
  expect(nameOf(tab, home.resident)).toBeUndefined()
  await tab.app.sessionActs.unlock(pin)
  expect(tab.app.session.getState().phase).toBe('sign-in')
})

test('without a connection the office is told so', async () => {
  const { tablet, tab } = await started('staff')
  tablet.network.disconnect()
  expect(await tab.app.officeActs.devices()).toEqual({ ok: false, problem: 'offline' })
  tab.app.sessionActs.lock()
  expect(await tab.app.officeActs.devices()).toEqual({ ok: false, problem: 'not-signed-in' })
})

test('a device whose storage was evicted pulls anew and its next work is taken', async () => {
  const { tablet, tab } = await started('worker')
  const account = office.accounts['worker']?.id ?? ''
  await save(tab, call(tab))
  await save(tab, call(tab))
  await until(() => isUpToDate(tab))
  const device = await newestDevice(account)
  const seqs = async () =>
    (await changesBy(account)).filter((one) => one.device === device).map(({ seq }) => seq)
  expect(await seqs()).toEqual([1, 2])
  tab.close()
  // The keys are closed with the database a moment later.
  await new Promise((resolve) => setTimeout(resolve, 50))
  await tablet.evict(account)
  const again = await tablet.open()
  opened.push({ end: tablet.end, tabs: [again] })
  await again.app.sessionActs.unlock(pin)
  await until(() => isUpToDate(again))
  expect(nameOf(again, home.resident)).toBe('样例甲')
  await save(again, call(again))
  await until(() => isUpToDate(again))
  expect(await seqs()).toEqual([1, 2, 3])
})
