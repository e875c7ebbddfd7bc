/**
 * Requests in numbers and as a list from the server: right sums, rates that tell nobody, and no person in any of it.
 * Holds `src/server/db/request-figures.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestListSchema, requestOverviewSchema } from '#protocol/requests.ts'
import * as v from 'valibot'
import type { Device } from './office.ts'
import { insertRecords, type NewRecord } from '#server/db/records.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

let desk: Desk
const item = '0190f5c6-0000-7000-8000-00000000c0de'

/** Written as they would stand after their pushes: what is counted here is the row beside the steps. */
beforeAll(async () => {
  desk = await openDesk()
  const { office, unit, now } = desk
  const at = now()
  const made: NewRecord[] = []
  for (let n = 0; n < 6; n += 1) {
    const request = office.ids()
    const number = `JJQ-261123-07-0${n}`
    const asked = { words: `灯不亮 ${n}`, level: 'ordinary', source: 'door', at }
    made.push({
      kind: 'request',
      id: request,
      fields: { number, ...asked, item, itemName: '楼道灯' },
    })
    made.push({ kind: 'asker', id: office.ids(), fields: { request, name: '样例居民' } })
    const tell = (step: string, from: string | null, to: string, more: object = {}) =>
      made.push({
        ...{ kind: 'request-step', id: office.ids(), at, by: desk.worker.account },
        fields: { request, step, at, received: at, moved: true, unseen: 0, from, to, ...more },
      })
    tell('submit', null, 'submitted', { actor: 'worker' })
    tell('accept', 'submitted', 'accepted', { actor: 'staff' })
    tell('dispatch', 'accepted', 'assigned', { actor: 'staff', unit })
    if (n === 5) continue
    tell('answer', 'assigned', 'handled', { actor: 'handler', unit, ...answer, inTime: true })
    tell('release', 'handled', 'verifying', { actor: 'staff', inTime: true })
    const solved = n > 0
    tell('call-back', 'verifying', solved ? 'closed' : 'verifying', {
      ...{ actor: 'worker', reached: true, solved, content: 'content' },
    })
  }
  const { grid } = office.places
  await office.db.transaction().execute((trx) => insertRecords(trx, grid, made))
})
afterAll(() => desk.office.close())

const ask = (path: string, device: Device) =>
  desk.office.fetch(`/api/requests${path}`, { headers: device.headers })
const overview = async (place: string, device = desk.admin) =>
  v.parse(requestOverviewSchema, await (await ask(`/overview/${place}`, device)).json())
const list = async (place: string, query: string, device = desk.admin) =>
  v.parse(requestListSchema, await (await ask(`/list/${place}?${query}`, device)).json())

describe('the overview', () => {
  it('counts by kind, unit and place, and tells rates of enough answers alone', async () => {
    const told = await overview(desk.office.places.subdistrict)
    // One is with the unit; the one that was not solved is open in its second round or waits for the next call.
    expect(told.all).toMatchObject({ answered: 5, inTime: 100, solved: 80, content: 100, late: 0 })
    expect(told.byItem.map(({ key, name }) => [key, name])).toEqual([[item, '楼道灯']])
    expect(told.byUnit).toMatchObject([{ key: desk.unit, open: 1, answered: 0, inTime: null }])
    const sums = told.byPlace.reduce((sum, { open }) => sum + open, 0)
    expect(sums).toBe(told.all.open)
    expect(told.weeks).toHaveLength(12)
    for (const listing of ['supervised', 'asked'] as const) {
      const listed = await list(desk.office.places.subdistrict, `listing=${listing}`)
      expect(told[listing]).toBe(listed.total)
    }
    expect(told.weeks.at(-1)?.came).toBe(6)
  })

  it('says what is late once its promise has passed, and what came today no longer tomorrow', async () => {
    const before = desk.office.clock.at
    desk.office.clock.at += 14 * 86_400_000
    const told = await overview(desk.office.places.grid)
    expect(told.all).toMatchObject({ late: 1, fresh: 0 })
    desk.office.clock.at = before
  })

  it('names no person, no words and no worker', async () => {
    for (const path of [
      `/overview/${desk.office.places.subdistrict}`,
      `/list/${desk.office.places.subdistrict}?listing=open`,
    ]) {
      const text = await (await ask(path, desk.admin)).text()
      expect(text).not.toMatch(/样例居民|10012340078|灯不亮/)
      expect(text).not.toContain(desk.worker.account)
    }
  })
})

describe('the list behind a number', () => {
  it('has as many as the number says, each once, and nothing of places of others', async () => {
    const { places } = desk.office
    const told = await overview(places.subdistrict)
    const open = await list(places.subdistrict, 'listing=open')
    expect(open.total).toBe(told.all.open)
    expect(new Set(open.requests.map(({ request }) => request)).size).toBe(open.total)
    const ofUnit = await list(places.subdistrict, `listing=open&unit=${desk.unit}`)
    expect(ofUnit.total).toBe(1)
    // A row of the items leads to as many as it says, that of those without one too.
    for (const { key, open: count } of told.byItem) {
      const ofItem = await list(places.subdistrict, `listing=open&item=${key ?? 'none'}`)
      expect(ofItem.total).toBe(count)
      expect(ofItem.requests.every(({ item }) => item === key)).toBe(true)
    }
    expect((await ask(`/list/${places.otherCommunity}?listing=open`, desk.staff)).status).toBe(403)
    expect((await ask(`/overview/${desk.office.ids()}`, desk.staff)).status).toBe(403)
  })

  it('is not for workers and units, and refuses what it does not understand', async () => {
    const { places } = desk.office
    for (const device of [desk.worker, desk.handler]) {
      expect((await ask(`/list/${places.grid}?listing=open`, device)).status).toBe(403)
    }
    for (const query of ['', 'listing=all', 'listing=open&item=x', 'listing=open&after=x|y']) {
      expect((await ask(`/list/${places.subdistrict}?${query}`, desk.admin)).status).toBe(400)
    }
  })
})
