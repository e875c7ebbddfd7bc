/** A page or a mutation that the disk gave back changed: what the server has comes again, what it has not is told. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, nameOf, pin } from './tablets.ts'

let office: Office
let staff: Device
let home: Home
let opened: { end(): void; tabs: Tab[] }[]

beforeAll(async () => {
  office = await openOffice()
  staff = await office.signIn('staff')
})
afterAll(() => office.close())
beforeEach(async () => {
  home = await settle(staff, await office.signIn('colleague'), office.places.grid, office.ids)
  opened = []
})
afterEach(() => {
  for (const { end, tabs } of opened) {
    for (const tab of tabs) tab.close()
    end()
  }
})

async function started() {
  const tablet = createServedTablet(office)
  const tab = await begin(tablet, 'worker')
  opened.push({ end: tablet.end, tabs: [tab] })
  const account = office.accounts['worker']?.id ?? ''
  const spoilt = async (table: 'pages' | 'outbox') => {
    tab.close()
    // The database is closed a moment later.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await tablet.spoil(account, table)
    const again = await tablet.open()
    opened.push({ end: tablet.end, tabs: [again] })
    await again.app.sessionActs.unlock(pin)
    return again
  }
  return { tablet, tab, spoilt }
}
const call = (tab: Tab): Intent & { readonly op: 'create' } => ({
  op: 'create',
  kind: 'visit',
  record: tab.app.work.newId(),
  stream: office.places.grid,
  fields: visit(home.household, new Date(tab.app.now()).toISOString()) as never,
})
const save = async (tab: Tab, intent: Intent) => {
  const outcome = await tab.app.work.save([intent])
  if (!outcome.ok) throw new Error(outcome.problem)
}
const damageOf = (tab: Tab) => tab.app.sync.getState().damage
const onServer = async (id: string) =>
  office.db.selectFrom('record').select('id').where('id', '=', id).executeTakeFirst()

test('a spoilt page is told, work goes on without it, and the server brings it again', async () => {
  const { tablet, spoilt } = await started()
  tablet.network.disconnect()
  const tab = await spoilt('pages')
  expect(tab.app.session.getState().phase).toBe('open')
  expect(damageOf(tab)).toEqual({ pages: true, work: 0 })
  const visitNow = call(tab)
  await save(tab, visitNow)
  tablet.network.connect()
  await until(() => isUpToDate(tab) && !damageOf(tab).pages)
  expect(nameOf(tab, home.resident)).toBe('样例甲')
  expect(await onServer(visitNow.record)).toBeDefined()
})

test('spoilt unsent work is told and counted, and what is behind it arrives all the same', async () => {
  const { tablet, tab, spoilt } = await started()
  tablet.network.disconnect()
  const [first, second] = [call(tab), call(tab)]
  await save(tab, first)
  await save(tab, second)
  const again = await spoilt('outbox')
  expect(damageOf(again)).toEqual({ pages: false, work: 1 })
  expect(again.app.sync.getState().phase).toBe('attention')
  tablet.network.connect()
  await until(() => again.app.sync.getState().unsent.length === 0)
  expect(await onServer(second.record)).toBeDefined()
  expect(await onServer(first.record)).toBeUndefined()
  expect(damageOf(again).work).toBe(1)
  await again.app.syncActs.giveUpDamaged()
  await until(() => damageOf(again).work === 0 && isUpToDate(again))
})
