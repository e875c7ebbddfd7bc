import { describe, expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import {
  createOffice,
  grid,
  household,
  nameAs,
  otherGrid,
  rename,
  signedIn,
  takeIn,
  unlocked,
} from './stories.ts'

const minute = 60_000

describe('weak networks', () => {
  test('a whole day offline arrives when the connection is back', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'offline', problem: 'offline' })
    for (let count = 0; count < 30; count++) {
      await takeIn(tab, `样本${count}`)
      clock.advance(2 * minute)
      tab.touch()
    }
    expect(tab.app.sync.getState().unsent).toHaveLength(30)
    device.network.connect()
    await quiet()
    expect(office.records(grid, 'resident')).toHaveLength(31)
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
  })

  test('an answer lost after the server committed doubles nothing', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.loseNextAnswer('/api/push')
    await takeIn(tab, '样本乙')
    await quiet()
    expect(office.log).toHaveLength(1)
    expect(tab.app.sync.getState().unsent).toHaveLength(1)
    clock.advance(2000)
    await quiet()
    expect(office.log).toHaveLength(1)
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
  })

  test('a captive portal is no receipt', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.captivePortal(true)
    await rename(tab, '样本乙')
    await quiet()
    expect(tab.app.sync.getState()).toMatchObject({
      phase: 'offline',
      problem: 'unreadable-answer',
      unsent: [{ state: 'waiting' }],
    })
    device.network.captivePortal(false)
    clock.advance(minute)
    await quiet()
    expect(office.log).toHaveLength(1)
    expect(tab.app.sync.getState().phase).toBe('up-to-date')
  })

  test('a broken proxy is tried again with longer and longer waits', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.failNextPushes(4, 502)
    await rename(tab, '样本乙')
    const before = device.network.asked.length
    for (const wait of [1000, 2000, 4000, 8000]) {
      await quiet()
      expect(tab.app.sync.getState().unsent).toHaveLength(1)
      clock.advance(wait)
    }
    await quiet()
    expect(device.network.asked.slice(before).filter((path) => path === '/api/push')).toHaveLength(
      4,
    )
    expect(office.log).toHaveLength(1)
  })

  test('413 halves until it fits; one that never fits is set aside alone', async () => {
    const { office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    for (let count = 0; count < 8; count++) await takeIn(tab, `样本${count}`)
    const large = tab.app.work.newId()
    await tab.app.work.save([
      {
        op: 'create',
        kind: 'resident',
        record: large,
        stream: grid,
        fields: { household, name: '样本大', extra: 'x'.repeat(5000) },
      },
    ])
    for (let count = 0; count < 3; count++) await takeIn(tab, `样本后${count}`)
    office.limitBodies(2000)
    device.network.connect()
    await quiet()
    expect(office.log).toHaveLength(11)
    expect(tab.app.sync.getState()).toMatchObject({
      phase: 'attention',
      unsent: [{ state: 'refused', problem: 'too-large', mutation: { record: large } }],
    })
  })
})

describe('refused work', () => {
  test('stays on the device with its reason and does not hold up the rest', async () => {
    const { first, office, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    await takeIn(tab, '样本乙')
    const foreign = await takeIn(tab, '样本外', otherGrid)
    await takeIn(tab, '样本丙')
    device.network.connect()
    await quiet()
    expect(office.records(grid, 'resident')).toHaveLength(3)
    expect(tab.app.sync.getState()).toMatchObject({
      phase: 'attention',
      unsent: [{ state: 'refused', problem: 'stream-not-yours', mutation: { record: foreign } }],
    })
    const again = await unlocked(device)
    expect(again.app.sync.getState().unsent).toHaveLength(1)
    expect(nameAs(again, foreign)).toBe('样本外')
  })

  test('mended, goes as a new mutation and leaves the list', async () => {
    const { office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    const id = await takeIn(tab, ' ')
    await quiet()
    const [item] = tab.app.sync.getState().unsent
    expect(item).toMatchObject({ state: 'refused', problem: 'invalid-fields' })
    await tab.app.syncActs.mend(item?.mutation.id ?? '', () => ({ household, name: '样本乙' }))
    await quiet()
    expect(office.record(grid, id)?.fields['name']).toBe('样本乙')
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
    expect(nameAs(tab, id)).toBe('样本乙')
  })

  test('given up by its owner, leaves the screen', async () => {
    const { first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    const id = await takeIn(tab, ' ')
    await quiet()
    const [item] = tab.app.sync.getState().unsent
    await tab.app.syncActs.giveUp(item?.mutation.id ?? '')
    expect(nameAs(tab, id)).toBeUndefined()
    expect(tab.app.sync.getState().unsent).toEqual([])
    const again = await unlocked(device)
    expect(again.app.sync.getState().unsent).toEqual([])
    expect(nameAs(again, id)).toBeUndefined()
  })
})
