import { expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import { createOffice, nameAs, pin, rename, signedIn, unlocked } from '#tests/app/sync/stories.ts'

const minute = 60_000

test('started again without a network: PIN, and the register is there', async () => {
  const { first, tablet } = createOffice()
  const device = tablet()
  const before = await signedIn(device, first)
  before.close()
  device.network.disconnect()
  const tab = await device.open()
  expect(tab.app.session.getState()).toMatchObject({
    phase: 'locked',
    account: { id: first.id, name: first.login },
    pinTriesLeft: 10,
  })
  await tab.app.sessionActs.unlock(pin)
  expect(tab.app.session.getState()).toMatchObject({
    phase: 'open',
    account: { name: first.name, role: 'worker' },
  })
  expect(nameAs(tab)).toBe('样本甲')
})

test('a wrong PIN counts; ten of them need a sign-in, and unsent work outlives that', async () => {
  const { office, first, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  device.network.disconnect()
  await rename(tab, '样本乙')
  tab.app.sessionActs.lock()
  for (let tries = 9; tries > 0; tries--) {
    await tab.app.sessionActs.unlock('000000')
    expect(tab.app.session.getState()).toMatchObject({
      phase: 'locked',
      problem: 'wrong-pin',
      pinTriesLeft: tries,
    })
  }
  await tab.app.sessionActs.unlock('000000')
  expect(tab.app.session.getState()).toMatchObject({ phase: 'sign-in', problem: 'pin-exhausted' })
  await tab.app.sessionActs.unlock(pin)
  expect(tab.app.session.getState().phase).toBe('sign-in')
  device.network.connect()
  await tab.app.sessionActs.signIn(first.login, first.password)
  expect(tab.app.session.getState().phase).toBe('choose-pin')
  await tab.app.sessionActs.choosePin('135791')
  await quiet()
  expect(tab.app.session.getState()).toMatchObject({ phase: 'open', problem: null })
  expect(office.log).toHaveLength(1)
  tab.app.sessionActs.lock()
  await tab.app.sessionActs.unlock('135791')
  expect(tab.app.session.getState().phase).toBe('open')
})

test('locking drops memory and touches nothing on disk', async () => {
  const { first, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  tab.app.sessionActs.lock()
  await quiet()
  expect(tab.app.session.getState()).toMatchObject({ phase: 'locked', problem: null })
  expect([...tab.app.register.all('resident')]).toEqual([])
  expect(tab.app.sync.getState()).toMatchObject({ unsent: [], lastSync: null })
  await expect(tab.vault().cursors()).rejects.toThrow('closed')
})

test('locks itself five minutes after the last touch', async () => {
  const { clock, first, tablet } = createOffice()
  const tab = await signedIn(tablet(), first)
  clock.advance(4 * minute)
  tab.touch()
  clock.advance(4 * minute)
  expect(tab.app.session.getState().phase).toBe('open')
  clock.advance(minute)
  expect(tab.app.session.getState().phase).toBe('locked')
})

test('locks when it comes out of the pocket after five minutes in which no timer ran', async () => {
  const { clock, first, tablet } = createOffice()
  const tab = await signedIn(tablet(), first)
  tab.hide()
  clock.jump(6 * minute)
  tab.show()
  expect(tab.app.session.getState().phase).toBe('locked')
})

test('two accounts on one tablet: each has its own register, and unsent work waits for its owner', async () => {
  const { office, first, second, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  device.network.disconnect()
  await rename(tab, '样本乙')
  device.network.connect()
  device.network.failNextPushes(1, 503)
  await quiet()
  tab.app.sessionActs.switchTo(null)
  expect(tab.app.session.getState()).toMatchObject({ phase: 'sign-in', account: null })
  await tab.app.sessionActs.signIn(second.login, second.password)
  await tab.app.sessionActs.choosePin('112233')
  await quiet()
  expect(tab.app.session.getState().known.map(({ login }) => login)).toEqual([
    second.login,
    first.login,
  ])
  expect(tab.app.sync.getState().unsent).toEqual([])
  expect(nameAs(tab)).toBe('样本甲')
  tab.app.sessionActs.switchTo(first.id)
  expect(tab.app.session.getState()).toMatchObject({ phase: 'locked', account: { id: first.id } })
  await tab.app.sessionActs.unlock(pin)
  await quiet()
  expect(office.log).toHaveLength(1)
  expect(nameAs(tab)).toBe('样本乙')
})

test('leaving while the PIN is being checked opens nobody’s register', async () => {
  const { first, tablet } = createOffice()
  const device = tablet()
  await signedIn(device, first)
  const tab = await device.open()
  const unlocking = tab.app.sessionActs.unlock(pin)
  tab.app.sessionActs.switchTo(null)
  await unlocking
  await quiet()
  expect(tab.app.session.getState()).toMatchObject({ phase: 'sign-in', account: null, busy: false })
  expect([...tab.app.register.all('resident')]).toEqual([])
})

test('a half-filled form outlives a lock and a crash', async () => {
  const { clock, first, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  tab.app.drafts.set('resident', { name: '样' })
  tab.app.sessionActs.lock()
  expect(tab.app.drafts.get('resident')).toBeUndefined()
  await quiet()
  await tab.app.sessionActs.unlock(pin)
  expect(tab.app.drafts.get('resident')).toEqual({ name: '样' })
  tab.app.drafts.set('resident', { name: '样本' })
  clock.advance(250)
  await quiet()
  tab.crash()
  expect((await unlocked(device)).app.drafts.get('resident')).toEqual({ name: '样本' })
})

test('hiding the page writes the form at once', async () => {
  const { first, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  tab.app.drafts.set('resident', { name: '样' })
  tab.hide()
  await quiet()
  tab.crash()
  expect((await unlocked(device)).app.drafts.get('resident')).toEqual({ name: '样' })
})

test('language and size belong to the device, the grid to the account', async () => {
  const { first, tablet } = createOffice()
  const device = tablet()
  const tab = await signedIn(device, first)
  tab.app.preferences.setState({ language: 'en', textSize: 'large', grid: 'a grid' })
  await quiet()
  tab.app.sessionActs.lock()
  expect(tab.app.preferences.getState()).toEqual({ language: 'en', textSize: 'large', grid: null })
  tab.close()
  const again = await device.open()
  expect(again.app.preferences.getState()).toEqual({
    language: 'en',
    textSize: 'large',
    grid: null,
  })
  await again.app.sessionActs.unlock(pin)
  expect(again.app.preferences.getState().grid).toBe('a grid')
})
