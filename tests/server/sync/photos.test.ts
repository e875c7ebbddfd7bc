/** Photographs from a telephone to the office, over the real vault, the real lane and the real server. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate } from './tablets.ts'

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

async function started(login: string) {
  const tablet = createServedTablet(office)
  const tab = await begin(tablet, login)
  opened.push({ end: tablet.end, tabs: [tab] })
  return { tablet, tab }
}

const bytes = new Uint8Array(sampleJpeg({ width: 640, height: 480, noise: 14 }))
const picture = {
  ...{ bytes, width: 640, height: 480 },
  thumbnail: new Uint8Array(sampleJpeg({ width: 96, height: 72 })),
}

/** Takes photographs for a visit and saves both, as the form does. */
async function visitWith(tab: Tab, count: number): Promise<{ visit: string; photos: string[] }> {
  const { grid } = office.places
  const form = `visit/${home.household}`
  const acts = await tab.app.photos()
  for (let index = 0; index < count; index += 1) {
    expect(await acts.keep(form, grid, picture)).toEqual({ ok: true })
  }
  const id = tab.app.work.newId(grid)
  const at = new Date(tab.app.now()).toISOString()
  const call: Intent = {
    ...{ op: 'create', kind: 'visit', record: id, stream: grid },
    fields: visit(home.household, at) as never,
  }
  const intents = await acts.intents(form, { host: id, stream: grid })
  expect(intents).toHaveLength(count)
  const outcome = await tab.app.work.save([call, ...intents])
  expect(outcome.ok).toBe(true)
  await acts.saved(intents)
  expect(await acts.ofForm(form)).toEqual([])
  return { visit: id, photos: intents.map(({ record }) => record) }
}
const fieldsOf = (tab: Tab, photo: string) => tab.app.register.get('photo', photo)?.fields

test('a photograph is at the office with its visit, and another device opens the original', async () => {
  const { tab } = await started('worker')
  const desk = await started('staff')
  const { photos } = await visitWith(tab, 2)
  await until(() => photos.every((id) => Boolean(fieldsOf(desk.tab, id)?.arrivedAt)))
  const record = desk.tab.app.register.get('photo', photos[0] ?? '')!
  const acts = await desk.tab.app.photos()
  const original = await acts.open(record)
  expect(original).toMatchObject({ ok: true })
  if (original.ok) expect([...original.bytes]).toEqual([...bytes])
  // Once opened it needs no connection any more.
  desk.tablet.network.disconnect()
  expect(await acts.open(record)).toMatchObject({ ok: true })
  const other = desk.tab.app.register.get('photo', photos[1] ?? '')!
  expect(await acts.open(other)).toEqual({ ok: false, problem: 'offline' })
  expect(await (await tab.app.photos()).states()).toEqual(
    new Map(photos.map((id) => [id, 'delivered'])),
  )
})

test('the visit never waits for its photographs, and they go when the line is back', async () => {
  const { tablet, tab } = await started('worker')
  tablet.network.disconnect()
  const { photos, visit: id } = await visitWith(tab, 1)
  expect(tab.app.register.get('visit', id)).toBeDefined()
  // The author sees the own original at once.
  const acts = await tab.app.photos()
  const own = tab.app.register.get('photo', photos[0] ?? '')!
  expect(await acts.open(own)).toMatchObject({ ok: true })
  expect((await acts.room()).used).toBeGreaterThan(bytes.length)
  tablet.network.connect()
  await until(() => isUpToDate(tab) && Boolean(fieldsOf(tab, photos[0] ?? '')?.arrivedAt))
  expect((await acts.room()).used).toBe(0)
})

test('undone within the day, a visit takes its photographs along, here and at the office', async () => {
  const { tab } = await started('worker')
  const { grid } = office.places
  const acts = await tab.app.photos()
  await acts.keep('visit/x', grid, picture)
  const id = tab.app.work.newId(grid)
  const at = new Date(tab.app.now()).toISOString()
  const intents = await acts.intents('visit/x', { host: id, stream: grid })
  const outcome = await tab.app.work.save([
    {
      ...{ op: 'create', kind: 'visit', record: id, stream: grid },
      fields: visit(home.household, at) as never,
    },
    ...intents,
  ])
  await acts.saved(intents)
  const photo = intents[0]?.record ?? ''
  await until(() => Boolean(fieldsOf(tab, photo)?.arrivedAt))
  if (outcome.ok) await outcome.saved.undo()
  await until(() => isUpToDate(tab) && tab.app.register.get('visit', id) === undefined)
  expect(tab.app.register.get('photo', photo)).toBeUndefined()
  const left = await office.db
    .selectFrom('photo_chunk')
    .select('index')
    .where('photo', '=', photo)
    .execute()
  expect(left).toEqual([])
})

test('one that was taken before the place was known goes where the record stands', async () => {
  const { tab } = await started('staff')
  const { grid, otherGrid } = office.places
  const acts = await tab.app.photos()
  await acts.keep('request/new', otherGrid, picture)
  const at = new Date(tab.app.now()).toISOString()
  const id = tab.app.work.newId(grid)
  const intents = await acts.intents('request/new', { host: id, stream: grid })
  const call: Intent = {
    ...{ op: 'create', kind: 'visit', record: id, stream: grid },
    fields: visit(home.household, at) as never,
  }
  expect(await tab.app.work.save([call, ...intents])).toMatchObject({ ok: true })
  await acts.saved(intents)
  await until(() => Boolean(fieldsOf(tab, intents[0]?.record ?? '')?.arrivedAt))
})

test('a file of unsent work brings photographs to the office, and the device hears that they came', async () => {
  const { tablet, tab } = await started('worker')
  const desk = await started('staff')
  tablet.network.disconnect()
  const { photos } = await visitWith(tab, 2)
  expect(await tab.app.syncActs.saveFile()).toBe('saved')
  const text = tablet.files[0]?.text ?? ''
  expect(text).not.toContain(Buffer.from(bytes.subarray(600, 900)).toString('base64').slice(4, -4))
  for (let twice = 0; twice < 2; twice += 1) {
    expect(await desk.tab.app.officeActs.bringIn(text)).toMatchObject({
      ok: true,
      value: { count: 3, applied: 3, photos: { count: 2, arrived: 2 } },
    })
  }
  expect(await (await tab.app.photos()).states()).toEqual(
    new Map(photos.map((id) => [id, 'waiting'])),
  )
  tablet.network.connect()
  const acts = await tab.app.photos()
  await until(() => Boolean(fieldsOf(tab, photos[0] ?? '')?.arrivedAt))
  await expect.poll(() => acts.states()).toEqual(new Map(photos.map((id) => [id, 'delivered'])))
})
