/** An office's tablet that splits, merges and keeps accounts over a bad network: what was asked twice is done once. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PlacesActs } from '#app/acts/places-acts.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openDesk, type Desk } from '../acts/desk.ts'
import { dayMs, password, type Device, type Office } from '../office.ts'
import { settle, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, signInHere, type ServedTablet } from './tablets.ts'

let desk: Desk
let office: Office
let staff: Device
let homes: Home[]
let tablet: ServedTablet
let tab: Tab
let acts: PlacesActs
let logins = 0

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
})
afterAll(() => office.close())
beforeEach(async () => {
  office.clock.at += dayMs
  staff = await office.enter('staff')
  const worker = await office.enter('worker')
  homes = []
  for (let n = 0; n < 3; n += 1) {
    homes.push(await settle(staff, worker, office.places.grid, office.ids))
  }
  tablet = createServedTablet(office)
  tab = await begin(tablet, 'staff')
  acts = await actsOf(tab)
})
afterEach(() => {
  tab.close()
  tablet.end()
})

async function actsOf(of: Tab): Promise<PlacesActs> {
  const answer = await of.app.officeActs.places()
  if (!answer.ok) throw new Error(answer.problem)
  return answer.value
}
const newId = () => tab.app.work.newId()
const hooks = (onProgress = () => {}, signal = new AbortController().signal) => ({
  onProgress,
  signal,
})
const offline = { ok: false, problem: 'offline' }
const actsOn = async (subject: string) => {
  const rows = await office.db
    .selectFrom('act')
    .select('act')
    .where('subject', '=', subject)
    .execute()
  return rows.map(({ act }) => act)
}
const streamOf = async ({ building }: Home) => {
  const rows = await office.db
    .selectFrom('record')
    .select('stream')
    .where('id', '=', building)
    .where('removed', '=', false)
    .execute()
  return rows.map(({ stream }) => stream)
}

test('a grid whose making was not heard of is made once, and is on the tablet by itself', async () => {
  const place = newId()
  const request = {
    ...{ act: newId(), place, parent: office.places.community },
    ...{ placeKind: 'grid' as const, name: '样例网格' },
  }
  tablet.network.loseNextAnswer('/api/places/add')
  expect(await acts.act('add', request)).toEqual(offline)
  expect(await acts.act('add', request)).toMatchObject({ ok: true })
  expect(await actsOn(place)).toEqual(['place-added'])
  await until(() => tab.app.register.grids().some(({ id }) => id === place))
})

test('a split that is stopped has each house in one grid, and one that breaks off goes on', async () => {
  const to = await desk.addGrid(staff)
  const buildings = homes.map(({ building }) => building)
  const request = { act: newId(), from: office.places.grid, to, buildings }
  const stop = new AbortController()
  const stopped = await acts.move(
    request,
    hooks(() => stop.abort(), stop.signal),
  )
  expect(stopped).toEqual(offline)
  const inNew = async () => (await Promise.all(homes.map(streamOf))).flat().filter((s) => s === to)
  expect((await inNew()).length).toBeGreaterThan(0)
  for (const home of homes) expect(await streamOf(home)).toHaveLength(1)
  const line = JSON.stringify({ type: 'progress', done: 1, total: 3 })
  tablet.network.cutNextAnswer('/api/places/move', line.length + 1)
  expect(await acts.move(request, hooks())).toEqual(offline)
  const told: [number, number][] = []
  const ended = await acts.move(request, {
    ...hooks(),
    onProgress: (done, total) => told.push([done, total]),
  })
  expect(ended).toMatchObject({ ok: true, value: { left: 0 } })
  expect(told).toEqual([1, 2, 3].map((done) => [done, 3]))
  for (const home of homes) expect(await streamOf(home)).toEqual([to])
  expect(await actsOn(office.places.grid)).toContain('buildings-moved')
  const again = await office.db
    .selectFrom('act')
    .select('id')
    .where('id', '=', request.act)
    .execute()
  expect(again).toHaveLength(1)
})

test('a merged grid is in no list of grids any more, and its place still says what it was', async () => {
  const [from, to] = [await desk.addGrid(staff), await desk.addGrid(staff)]
  await until(() => tab.app.register.grids().some(({ id }) => id === from))
  const merged = await acts.merge({ act: newId(), from, to }, hooks())
  expect(merged).toMatchObject({ ok: true, value: { moved: 0, left: 0 } })
  await until(() => tab.app.register.get('place', from)?.fields.closed === true)
  const open = tab.app.register.grids().map(({ id }) => id)
  expect(open).toContain(to)
  expect(open).not.toContain(from)
  expect(await acts.merge({ act: newId(), from: to, to: from }, hooks())).toEqual({
    ok: false,
    problem: 'place-closed',
  })
})

test('an account whose password was not heard has another one; what the first was nobody knows', async () => {
  const login = `lost${(logins += 1)}`
  const request = {
    ...{ act: newId(), account: newId(), login, name: '样例新人' },
    ...{ role: 'worker' as const, places: [office.places.grid] },
  }
  tablet.network.loseNextAnswer('/api/people/make')
  expect(await acts.make(request)).toEqual(offline)
  const made = await acts.make(request)
  if (!made.ok) throw new Error(made.problem)
  expect(await actsOn(request.account)).toEqual(['account-created'])
  // Meant anew it is another one, which there is already.
  expect(await acts.make({ ...request, act: newId() })).toEqual({
    ok: false,
    problem: 'login-taken',
  })
  const other = createServedTablet(office)
  const theirs = await other.open()
  await theirs.app.sessionActs.signIn(login, made.value.password, password)
  expect(theirs.app.session.getState().problem).toBeNull()
  theirs.close()
  other.end()
})

test('what was told last is read without a connection; nothing can be done then, and nothing is', async () => {
  const { list } = acts
  expect(await list.now()).toMatchObject({ ok: true })
  tablet.network.disconnect()
  expect(await list.now()).toEqual(offline)
  const loginsOf = async () => (await list.last())?.accounts.map(({ login }) => login) ?? []
  await expect.poll(loginsOf).toContain('worker')
  const request = { act: newId(), place: office.places.grid, name: '样例改名' }
  expect(await acts.act('rename', request)).toEqual(offline)
  tablet.network.connect()
  tablet.network.captivePortal(true)
  expect(await acts.act('rename', request)).toEqual({ ok: false, problem: 'unreadable-answer' })
  tablet.network.captivePortal(false)
  await until(() => isUpToDate(tab))
  expect(tab.app.register.get('place', office.places.grid)?.fields.name).toBe('第一网格')
  // Of another account of the tablet it is not told.
  tab.app.sessionActs.switchTo(null)
  await signInHere(tab, 'worker')
  expect(await list.last()).toBeNull()
  expect(await list.now()).toEqual({ ok: false, problem: 'not-allowed' })
})
