import { describe, expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import {
  createOffice,
  grid,
  household,
  nameAs,
  otherGrid,
  rename,
  resident,
  signedIn,
  takeIn,
} from './stories.ts'

const minute = 60_000

describe('scope', () => {
  test('a lost grid is purged, after its work was delivered or refused', async () => {
    const { office, first, tablet } = createOffice()
    first.scope = [grid, otherGrid]
    office.seed(otherGrid, 'resident', household, { household, name: '样本外' })
    const device = tablet()
    const tab = await signedIn(device, first)
    expect(nameAs(tab, household)).toBe('样本外')
    device.network.disconnect()
    await rename(tab, '样本外二', household)
    await rename(tab, '样本乙')
    first.scope = [grid]
    device.network.connect()
    await quiet()
    const disk = device.disks.get(first.id)
    expect(Object.keys(disk?.cursors ?? {})).toEqual([grid])
    expect(disk?.pages.some((page) => page.stream === otherGrid)).toBe(false)
    expect(tab.app.sync.getState()).toMatchObject({
      phase: 'attention',
      unsent: [{ problem: 'stream-not-yours', mutation: { record: household } }],
    })
    expect(office.record(grid, resident)?.fields['name']).toBe('样本乙')
  })

  test('a new grid is fetched whole', async () => {
    const { clock, office, first, tablet } = createOffice()
    office.seed(otherGrid, 'resident', household, { household, name: '样本外' })
    const tab = await signedIn(tablet(), first)
    first.scope = [grid, otherGrid]
    clock.advance(minute)
    await quiet()
    expect(nameAs(tab, household)).toBe('样本外')
  })
})

describe('others', () => {
  test('a colleague’s device shows it by a poke', async () => {
    const { first, second, tablet } = createOffice()
    const mine = await signedIn(tablet(), first)
    const theirs = await signedIn(tablet(), second)
    await rename(mine, '样本乙')
    await quiet()
    expect(nameAs(theirs)).toBe('样本乙')
  })

  test('a device that was told nothing asks each minute, but not in the pocket', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    const pulls = () => device.network.asked.filter((path) => path === '/api/pull').length
    const before = pulls()
    clock.advance(minute)
    await quiet()
    expect(pulls()).toBe(before + 1)
    tab.hide()
    for (let count = 0; count < 4; count++) {
      clock.advance(minute)
      await quiet()
    }
    expect(pulls()).toBe(before + 1)
    office.seed(grid, 'resident', household, { household, name: '样本新' })
    tab.show()
    await quiet()
    expect(nameAs(tab, household)).toBe('样本新')
  })

  test('a clock that is wrong by hours shows by how much', async () => {
    const { clock, first, office, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    const server = office.fetch.bind(office)
    office.fetch = async (request) => {
      clock.jump(-3 * 60 * minute)
      const response = await server(request)
      clock.jump(3 * 60 * minute)
      return response
    }
    tab.app.syncActs.syncNow()
    await quiet()
    expect(tab.app.sync.getState().skew).toBe(3 * 60 * minute)
  })
})

describe('a server restored from last night', () => {
  test('gets the lost day back by itself, once', async () => {
    const { clock, office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    await rename(tab, '样本乙')
    await quiet()
    const { restore } = office.copy()
    const id = await takeIn(tab, '样本丙')
    await takeIn(tab, ' ') // refused: its number has to be used up again
    await rename(tab, '样本丁')
    await quiet()
    restore()
    expect(office.record(grid, id)).toBeUndefined()
    clock.advance(minute)
    await quiet()
    expect(office.record(grid, id)?.fields['name']).toBe('样本丙')
    expect(office.record(grid, resident)?.fields['name']).toBe('样本丁')
    expect(office.log).toHaveLength(3)
    expect(nameAs(tab)).toBe('样本丁')
    expect(nameAs(tab, id)).toBe('样本丙')
    expect(tab.app.sync.getState().unsent).toMatchObject([{ state: 'refused' }])
  })
})
