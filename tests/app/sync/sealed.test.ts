import { expect, test } from 'vitest'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, until, type Tab } from '#tests/support/device.ts'
import { createSealedStorage } from '#tests/support/tablet-storage.ts'
import { createOffice, grid, household, nameAs, pin, rename, resident, takeIn } from './stories.ts'

/** The stories of this folder once more over the real vault and its keys. */
function stage() {
  const { clock, office, first, second } = createOffice()
  const device = createTablet({
    clock,
    ids: createCountedIds(9),
    server: (request) => office.fetch(request),
    storage: createSealedStorage(() => clock.now()),
  })
  return { clock, office, first, second, device }
}

const phaseOf = (tab: Tab) => tab.app.session.getState().phase
const isUpToDate = (tab: Tab) => tab.app.sync.getState().phase === 'up-to-date'

async function begun(parts = stage()) {
  const tab = await parts.device.open()
  await tab.app.sessionActs.signIn(parts.first.login, parts.first.password)
  await tab.app.sessionActs.choosePin(pin)
  await until(() => phaseOf(tab) === 'open' && isUpToDate(tab))
  return { ...parts, tab }
}

test('a day offline with a crash in it: nothing is lost, nothing doubled', async () => {
  const { device, office, tab } = await begun()
  device.network.disconnect()
  const ids = [await takeIn(tab, '样本乙'), await takeIn(tab, '样本丙')]
  await rename(tab, '样本丁')
  tab.crash()

  const again = await device.open()
  expect(phaseOf(again)).toBe('locked')
  await again.app.sessionActs.unlock('135790')
  expect(again.app.session.getState()).toMatchObject({ problem: 'wrong-pin', pinTriesLeft: 9 })
  await again.app.sessionActs.unlock(pin)
  expect(phaseOf(again)).toBe('open')
  expect(again.app.sync.getState().unsent).toHaveLength(3)
  expect(nameAs(again)).toBe('样本丁')
  device.network.connect()
  await until(() => isUpToDate(again))
  expect(office.log.map((mutation) => mutation.seq)).toEqual([1, 2, 3])
  expect(new Set(office.records(grid, 'resident').map(({ id }) => id))).toEqual(
    new Set([resident, ...ids]),
  )
})

test('a crash after the receipt shows the saved value, and a lost answer doubles nothing', async () => {
  const { clock, device, office, tab } = await begun()
  device.network.loseNextAnswer('/api/push')
  await rename(tab, '样本乙')
  await until(() => tab.app.sync.getState().problem === 'offline')
  tab.crash()
  device.network.disconnect()
  const again = await device.open()
  await again.app.sessionActs.unlock(pin)
  expect(nameAs(again)).toBe('样本乙')
  device.network.connect()
  clock.advance(5000)
  await until(() => isUpToDate(again))
  expect(office.log).toHaveLength(1)
  expect(nameAs(again)).toBe('样本乙')
})

test('refused work, drafts and the chosen grid are there after a restart', async () => {
  const { clock, device, tab } = await begun()
  const id = await takeIn(tab, ' ')
  await until(() => tab.app.sync.getState().phase === 'attention')
  tab.app.preferences.setState({ grid })
  tab.app.drafts.set('form', { name: '样' })
  tab.app.sessionActs.lock()
  await tab.app.sessionActs.unlock(pin)
  await until(() => phaseOf(tab) === 'open')
  expect(tab.app.drafts.get('form')).toEqual({ name: '样' })
  await until(() => tab.app.preferences.getState().grid === grid)
  expect(tab.app.sync.getState().unsent).toMatchObject([
    { state: 'refused', problem: 'invalid-fields', mutation: { record: id } },
  ])
  const [item] = tab.app.sync.getState().unsent
  await tab.app.syncActs.mend(item?.mutation.id ?? '', () => ({ household, name: '样本乙' }))
  // On a busy machine a wait may be set only after the clock was moved once.
  await until(() => {
    clock.advance(200)
    return isUpToDate(tab)
  })
  tab.close()
  const again = await device.open()
  await again.app.sessionActs.unlock(pin)
  expect(again.app.sync.getState().unsent).toEqual([])
  expect(nameAs(again, id)).toBe('样本乙')
})

test('a forgotten PIN costs no unsent work', async () => {
  const { device, office, first, tab } = await begun()
  device.network.disconnect()
  await rename(tab, '样本乙')
  device.network.failNextPushes(1000, 503)
  device.network.connect()
  tab.app.sessionActs.switchTo(null)
  await tab.app.sessionActs.signIn(first.login, first.password)
  await tab.app.sessionActs.choosePin('864213')
  expect(phaseOf(tab)).toBe('open')
  expect(tab.app.sync.getState().unsent).toHaveLength(1)
  device.network.failNextPushes(0, 503)
  tab.app.syncActs.syncNow()
  await until(() => isUpToDate(tab))
  expect(office.log).toHaveLength(1)
})
