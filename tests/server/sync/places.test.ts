/** Real devices whose grids are split and merged, and whose people come, change and leave, while they are offline. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import type { OneTimeAnswer } from '#protocol/places.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openDesk, tallied, type Desk } from '../acts/desk.ts'
import { dayMs, password, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, pin, signInHere } from './tablets.ts'

let desk: Desk
let office: Office
let staff: Device
let home: Home
let opened: { end(): void; tabs: Tab[] }[]
let logins = 0

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
})
afterAll(() => office.close())
beforeEach(async () => {
  office.clock.at += dayMs
  staff = await office.enter('staff')
  home = await settle(staff, await office.enter('colleague'), office.places.grid, office.ids)
  opened = []
})
afterEach(() => {
  for (const { end, tabs } of opened) {
    for (const tab of tabs) tab.close()
    end()
  }
})

/** Somebody new in the first grid, who has chosen a password. */
async function newcomer() {
  const account = office.ids()
  const login = `device${(logins += 1)}`
  const body = { account, login, name: '样例新人', role: 'worker', places: [office.places.grid] }
  const response = await office.post('/api/people/make', { act: office.ids(), ...body }, staff.pass)
  const { password: once } = (await response.json()) as OneTimeAnswer
  return { account, login, once }
}
async function tabletOf({ login, once }: { readonly login: string; readonly once: string }) {
  const tablet = createServedTablet(office)
  const tab = await tablet.open()
  opened.push({ end: tablet.end, tabs: [tab] })
  await tab.app.sessionActs.signIn(login, once)
  expect(tab.app.session.getState().problem).toBe('new-password-needed')
  await tab.app.sessionActs.signIn(login, once, password)
  await tab.app.sessionActs.choosePin(pin)
  await until(() => tab.app.session.getState().phase === 'open' && isUpToDate(tab))
  return { tablet, tab }
}
const call = (tab: Tab): Intent => ({
  op: 'create',
  kind: 'visit',
  record: tab.app.work.newId(),
  stream: office.places.grid,
  fields: visit(home.household, new Date(tab.app.now()).toISOString()) as never,
})
const rename = (name: string): Intent => ({
  op: 'patch',
  kind: 'resident',
  record: home.resident,
  fields: { name },
})
const save = async (tab: Tab, ...intents: Intent[]) => {
  const outcome = await tab.app.work.save(intents)
  if (!outcome.ok) throw new Error(outcome.problem)
}
const living = async (id: string) =>
  office.db
    .selectFrom('record')
    .select(['stream', 'fields'])
    .where('id', '=', id)
    .where('removed', '=', false)
    .execute()
const truly = async (stream: string) => {
  const { said, counted } = await tallied(office, stream)
  expect(said).toEqual(counted)
}

test('a day offline in a grid that is split meanwhile arrives in the new one, whole', async () => {
  const { tablet, tab } = await tabletOf(await newcomer())
  tablet.network.disconnect()
  const visits = [call(tab), call(tab)]
  await save(tab, rename('样例迟到'))
  for (const one of visits) await save(tab, one)
  const to = await desk.addGrid(staff)
  const body = { from: office.places.grid, to, buildings: [home.building] }
  expect((await desk.journey(staff, 'places/move', body)).at(-1)).toMatchObject({ moved: 1 })
  tablet.network.connect()
  await until(() => isUpToDate(tab))
  expect(await living(home.resident)).toMatchObject([{ stream: to, fields: { name: '样例迟到' } }])
  for (const { record } of visits) expect(await living(record)).toMatchObject([{ stream: to }])
  // Nothing of the other grid is left on the device.
  await until(() => tab.app.register.get('resident', home.resident) === undefined)
  await truly(to)
  await truly(office.places.grid)
  expect(tablet.faults).toEqual([])
})

test('a grid that is merged takes its worker and the late work along', async () => {
  const one = await newcomer()
  const { tablet, tab } = await tabletOf(one)
  const own = await desk.addGrid(staff)
  const more = { name: '样例新人', role: 'worker', places: [office.places.grid, own] }
  expect(await desk.act(staff, 'people/change', { account: one.account, ...more })).toBe(null)
  const move = { from: office.places.grid, to: own, buildings: [home.building] }
  await desk.journey(staff, 'places/move', move)
  await until(() => tab.app.register.get('resident', home.resident)?.stream === own)
  tablet.network.disconnect()
  await save(tab, rename('样例合并'))
  const next = await desk.addGrid(staff)
  await desk.journey(staff, 'places/merge', { from: own, to: next })
  tablet.network.connect()
  await until(() => isUpToDate(tab))
  expect(await living(home.resident)).toMatchObject([
    { stream: next, fields: { name: '样例合并' } },
  ])
  await truly(next)
  // The closed one is offered nowhere any more; the device works in the other.
  const grids = () => tab.app.register.grids().map(({ id }) => id)
  await until(() => grids().includes(next) && !grids().includes(own))
})

test('somebody who left still delivers what was recorded before, and then nothing opens', async () => {
  const leaver = await newcomer()
  const { tablet, tab } = await tabletOf(leaver)
  const next = await newcomer()
  tablet.network.disconnect()
  const one = call(tab)
  await save(tab, one)
  tablet.clock.advance(60_000)
  office.clock.at += 60_000
  const handed = { account: leaver.account, to: next.account }
  expect(await desk.act(staff, 'people/hand-over', handed)).toBe(null)
  tablet.network.connect()
  await until(() => tab.app.session.getState().problem === 'account-closed')
  expect(await living(one.record)).toMatchObject([{ stream: office.places.grid }])
  const successor = await tabletOf(next)
  expect(successor.tab.app.register.get('visit', one.record)).toBeDefined()
})

test('of somebody who left the office brings in the file', async () => {
  const leaver = await newcomer()
  const { tablet, tab } = await tabletOf(leaver)
  tablet.network.disconnect()
  const [before, after] = [call(tab), call(tab)]
  await save(tab, before)
  tablet.clock.advance(60_000)
  office.clock.at += 60_000
  expect(await desk.act(staff, 'people/close', { account: leaver.account })).toBe(null)
  tablet.clock.advance(60_000)
  office.clock.at += 60_000
  await save(tab, after)
  expect(await tab.app.syncActs.saveFile()).toBe('saved')
  const served = createServedTablet(office)
  const office2 = await begin(served, 'staff')
  opened.push({ end: served.end, tabs: [office2] })
  const brought = await office2.app.officeActs.bringIn(tablet.files[0]?.text ?? '')
  expect(brought).toMatchObject({
    ok: true,
    value: { count: 2, applied: 1, refused: [{ problem: 'stream-not-yours' }] },
  })
  expect(await living(before.record)).toHaveLength(1)
  // What was recorded after the closing stays on the device.
  expect(tab.app.sync.getState().unsent).toHaveLength(2)
})

test('a password that the office made anew is exchanged in the sync sheet; the PIN and the work stay', async () => {
  const one = await newcomer()
  const { tablet, tab } = await tabletOf(one)
  const reset = await office.post(
    '/api/people/reset',
    { act: office.ids(), account: one.account },
    staff.pass,
  )
  const { password: once } = (await reset.json()) as OneTimeAnswer
  await save(tab, rename('样例重设'))
  await until(() => tab.app.sync.getState().problem === 'session-ended')
  expect(await tab.app.syncActs.signInAgain(once)).toBe('new-password-needed')
  expect(await tab.app.syncActs.signInAgain(once, '12345678')).toBe('weak-password')
  expect(await tab.app.syncActs.signInAgain(once, '样例的另一句密码')).toBe(null)
  await until(() => isUpToDate(tab))
  expect(await living(home.resident)).toMatchObject([{ fields: { name: '样例重设' } }])
  expect(await tab.app.officeActs.changePassword('样例的另一句密码', password)).toMatchObject({
    ok: true,
  })
  tablet.network.disconnect()
  expect(await tab.app.officeActs.changePassword(password, '样例的第三句密码')).toEqual({
    ok: false,
    problem: 'offline',
  })
  tablet.network.connect()
  tab.app.sessionActs.switchTo(null)
  await signInHere(tab, one.login)
})
