import { expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import {
  createOffice,
  grid,
  nameAs,
  rename,
  resident,
  signedIn,
  takeIn,
  unlocked,
} from './stories.ts'

/** More writes than any of these stories makes: the power goes before each of them once. */
const writes = 16

test('the power may go before any write: what was said saved arrives once, nothing else is half there', async () => {
  for (let cut = 0; cut < writes; cut++) {
    const { office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    tab.vault().cutPower(cut)
    const acknowledged: string[] = []
    const day = async () => {
      for (let count = 0; count < 4; count++) acknowledged.push(await takeIn(tab, `样本${count}`))
      device.network.connect()
      await quiet()
      acknowledged.push(await takeIn(tab, '样本后'))
    }
    void day()
    await quiet()
    await quiet()
    tab.crash()
    device.network.connect()
    const again = await unlocked(device)
    await quiet()
    const arrived = office.records(grid, 'resident').map((record) => record.id)
    expect(new Set(arrived)).toEqual(new Set([resident, ...acknowledged]))
    expect(office.log).toHaveLength(acknowledged.length)
    expect(again.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
    for (const id of acknowledged) expect(nameAs(again, id)).toBeDefined()
  }
})

test('a crash between the receipt and the pull shows the saved value at the next start', async () => {
  const { first, office, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  const release = device.network.holdNextAnswer('/api/pull')
  await rename(tab, '样本乙')
  await quiet()
  expect(office.record(grid, resident)?.fields['name']).toBe('样本乙')
  expect(tab.app.sync.getState().unsent).toEqual([])
  tab.crash()
  release()
  device.network.disconnect()
  const again = await unlocked(device)
  expect(again.app.sync.getState().unsent).toEqual([])
  expect(nameAs(again)).toBe('样本乙')
  device.network.connect()
  await quiet()
  expect(nameAs(again)).toBe('样本乙')
  expect(again.app.register.isPending(resident)).toBe(false)
})

test('a lock in the middle of a push loses nothing and doubles nothing', async () => {
  const { first, office, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  const release = device.network.holdNextAnswer('/api/push')
  await rename(tab, '样本乙')
  await quiet()
  tab.app.sessionActs.lock()
  release()
  await quiet()
  expect(nameAs(tab)).toBeUndefined()
  expect(tab.app.sync.getState()).toMatchObject({ unsent: [], lastSync: null })
  expect(device.disks.get(first.id)?.outbox[0]?.state).toBe('waiting')
  await tab.app.sessionActs.unlock('246810')
  await quiet()
  expect(office.log).toHaveLength(1)
  expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
  expect(device.faults).toEqual([])
})

test('a lock in the middle of a save keeps what was saved and shows it to nobody', async () => {
  const { first, office, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  device.network.disconnect()
  const saving = tab.app.work.save([
    { op: 'patch', kind: 'resident', record: resident, fields: { name: '样本乙' } },
  ])
  tab.app.sessionActs.lock()
  const outcome = await saving
  await quiet()
  expect(nameAs(tab)).toBeUndefined()
  device.network.connect()
  await tab.app.sessionActs.unlock('246810')
  await quiet()
  expect(office.log).toHaveLength(outcome.ok ? 1 : 0)
})

test('a disk that is full when the receipt comes is said, and the work arrives once when it is not', async () => {
  const { clock, first, office, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  const release = device.network.holdNextAnswer('/api/push')
  await rename(tab, '样本乙')
  await quiet()
  tab.vault().failWrites('disk-full')
  release()
  await quiet()
  expect(tab.app.sync.getState()).toMatchObject({ phase: 'offline', problem: 'disk-full' })
  expect(tab.app.sync.getState().unsent).toHaveLength(1)
  tab.vault().failWrites(null)
  clock.advance(2000)
  await quiet()
  expect(office.log).toHaveLength(1)
  expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
})
