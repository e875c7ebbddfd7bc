/** Whoever holds more than a grid: a passphrase at the next unlocking, and nothing of the work is lost. */
import { expect, test } from 'vitest'
import { shiftMs } from '#domain/unlocking.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, quiet, until, type Tab } from '#tests/support/device.ts'
import { createSealedStorage } from '#tests/support/tablet-storage.ts'
import { createOffice, grid, nameAs, otherGrid, pin, rename } from './stories.ts'

const passphrase = 'teal lantern over the quarry'
const phase = (tab: Tab) => tab.app.session.getState().phase

async function begin() {
  const story = createOffice()
  for (const stream of [grid, otherGrid]) {
    story.office.seed(stream, 'place', stream, {
      placeKind: 'grid',
      name: '样本网格',
      parent: null,
    })
  }
  const storage = createSealedStorage(() => story.clock.now())
  const device = createTablet({
    clock: story.clock,
    ids: createCountedIds(0x77),
    server: (request) => story.office.fetch(request),
    storage,
  })
  const tab = await device.open()
  await tab.app.sessionActs.signIn(story.first.login, story.first.password)
  await tab.app.sessionActs.choosePin(pin)
  await until(() => nameAs(tab) === '样本甲')
  return { ...story, device, tab }
}

test('a second grid asks for a passphrase at the next unlocking; unsent work and the PIN of the shift stay', async () => {
  const { first, office, clock, device, tab } = await begin()
  tab.app.sessionActs.lock()
  await tab.app.sessionActs.unlock(pin)
  await until(() => phase(tab) === 'open')

  first.scope.push(otherGrid)
  tab.app.syncActs.syncNow()
  await until(() => tab.app.register.grids().length === 2)
  await until(() => tab.app.sync.getState().phase === 'up-to-date')
  await quiet()
  // Nobody is asked in the middle of work.
  expect(phase(tab)).toBe('open')
  device.network.disconnect()
  await rename(tab, '样本乙')
  tab.app.sessionActs.lock()
  expect(tab.app.session.getState()).toMatchObject({ phase: 'locked', opensBy: 'pin' })
  await tab.app.sessionActs.unlock(pin)
  expect(phase(tab)).toBe('choose-passphrase')
  // Turning away from it opens nothing.
  await tab.app.sessionActs.choosePassphrase('short')
  expect(phase(tab)).toBe('choose-passphrase')
  await tab.app.sessionActs.choosePassphrase(passphrase)
  await until(() => phase(tab) === 'open' && tab.app.register.isWhole)
  expect(nameAs(tab)).toBe('样本乙')
  device.network.connect()
  tab.app.syncActs.syncNow()
  await until(() => office.log.length === 1)

  tab.app.sessionActs.lock()
  expect(tab.app.session.getState()).toMatchObject({ phase: 'locked', opensBy: 'pin' })
  // Whoever would rather type the passphrase may, and goes on with it after a slip; the digits are one tap away.
  tab.app.sessionActs.askFor('passphrase')
  await tab.app.sessionActs.unlock('something else')
  expect(tab.app.session.getState()).toMatchObject({
    ...{ phase: 'locked', opensBy: 'passphrase', isInShift: true },
    ...{ problem: 'wrong-pin', pinTriesLeft: 9 },
  })
  await tab.app.sessionActs.unlock(passphrase)
  await until(() => phase(tab) === 'open')
  tab.app.sessionActs.lock()
  tab.app.sessionActs.askFor('passphrase')
  tab.app.sessionActs.askFor('pin')
  await tab.app.sessionActs.unlock(pin)
  await until(() => phase(tab) === 'open')
  clock.advance(shiftMs)
  expect(phase(tab)).toBe('locked')
  await tab.app.sessionActs.unlock(pin)
  expect(tab.app.session.getState()).toMatchObject({
    phase: 'locked',
    opensBy: 'passphrase',
    problem: 'shift-over',
    pinTriesLeft: 10,
  })
  // Outside a shift no digits are asked for, whoever wants them.
  tab.app.sessionActs.askFor('pin')
  expect(tab.app.session.getState()).toMatchObject({ opensBy: 'passphrase', isInShift: false })
  await tab.app.sessionActs.unlock('something else')
  expect(tab.app.session.getState()).toMatchObject({ problem: 'wrong-pin', pinTriesLeft: 9 })
  await tab.app.sessionActs.unlock(passphrase)
  await until(() => phase(tab) === 'open')
  tab.close()

  const next = await device.open()
  expect(next.app.session.getState()).toMatchObject({ phase: 'locked', opensBy: 'passphrase' })
  await next.app.sessionActs.unlock(passphrase)
  await until(() => phase(next) === 'open')
  next.close()
  expect(device.faults).toEqual([])
})

test('locked, a tab has nothing that the server would answer, and takes no pass', async () => {
  const { device, tab } = await begin()
  const asked = () => device.network.asked.filter((path) => path === '/api/session/pass').length
  const before = asked()
  tab.app.sessionActs.lock()
  expect(await tab.app.officeActs.devices()).toMatchObject({ ok: false, problem: 'not-signed-in' })
  tab.app.syncActs.syncNow()
  expect(asked()).toBe(before)
  await tab.app.sessionActs.unlock(pin)
  await until(() => asked() === before + 1)
  tab.close()
})
