import { describe, expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import {
  createOffice,
  grid,
  household,
  nameAs,
  pin,
  rename,
  signedIn,
  unlocked,
} from './stories.ts'

const minute = 60_000

describe('a first day', () => {
  test('sign-in, PIN, first pull, and the register is there', async () => {
    const { office, first, tablet } = createOffice()
    for (let count = 0; count < 120; count++) {
      const id = `0000000e-0000-7000-8000-${String(count).padStart(12, '0')}`
      office.seed(grid, 'resident', id, { household, name: `样本${count}` })
    }
    const tab = await tablet().open()
    expect(tab.app.session.getState().phase).toBe('sign-in')
    await tab.app.sessionActs.signIn(first.login, first.password)
    expect(tab.app.session.getState().phase).toBe('choose-pin')
    const progress: unknown[] = []
    tab.app.session.subscribe((state) => progress.push(state.progress))
    await tab.app.sessionActs.choosePin(pin)
    await quiet()
    expect(tab.app.session.getState()).toMatchObject({
      phase: 'open',
      account: { id: first.id, name: first.name, role: 'worker' },
      problem: null,
    })
    expect([...tab.app.register.all('resident')]).toHaveLength(121)
    expect(progress).toContainEqual({ done: 122, total: 122 })
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', skew: 0, problem: null })
  })

  test('a wrong password says so and changes nothing', async () => {
    const { first, tablet } = createOffice()
    const tab = await tablet().open()
    await tab.app.sessionActs.signIn(first.login, 'wrong')
    expect(tab.app.session.getState()).toMatchObject({
      phase: 'sign-in',
      problem: 'wrong-password',
    })
  })

  test('without a network sign-in says offline; behind a captive portal that nobody understands it', async () => {
    const { first, tablet } = createOffice()
    const device = tablet()
    const tab = await device.open()
    device.network.disconnect()
    await tab.app.sessionActs.signIn(first.login, first.password)
    expect(tab.app.session.getState().problem).toBe('offline')
    device.network.connect()
    device.network.captivePortal(true)
    await tab.app.sessionActs.signIn(first.login, first.password)
    expect(tab.app.session.getState().problem).toBe('unreadable-answer')
  })

  test('a first pull that breaks off goes on where it was, and begins the day then', async () => {
    const { clock, office, first, tablet } = createOffice()
    for (let count = 0; count < 120; count++) {
      const id = `0000000e-0000-7000-8000-${String(count).padStart(12, '0')}`
      office.seed(grid, 'resident', id, { household, name: `样本${count}` })
    }
    const device = tablet()
    device.network.cutNextAnswer('/api/pull', 14_000)
    const tab = await signedIn(device, first)
    expect(tab.app.session.getState().phase).toBe('first-pull')
    const held = device.disks.get(first.id)?.cursors[grid]?.version ?? 0
    expect(held).toBeGreaterThan(0)
    expect(held).toBeLessThan(121)
    clock.advance(minute)
    await quiet()
    expect(tab.app.session.getState().phase).toBe('open')
    expect([...tab.app.register.all('resident')]).toHaveLength(121)
    const pages = device.disks.get(first.id)?.pages ?? []
    expect(pages.every((page, index) => page.from === (pages[index - 1]?.to ?? 0))).toBe(true)
  })
})

describe('sessions', () => {
  test('one that ended keeps the work; signing in again sends it', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    office.endSessions()
    await rename(tab, '样本乙')
    await quiet()
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'offline', problem: 'session-ended' })
    expect(tab.app.session.getState().phase).toBe('open')
    expect(await tab.app.syncActs.signInAgain('wrong')).toBe('wrong-password')
    expect(await tab.app.syncActs.signInAgain(first.password)).toBeNull()
    await quiet()
    expect(office.log).toHaveLength(1)
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', problem: null })
  })

  test('one that expired in days without a signal: PIN and register as ever, the work waits for the password', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    await rename(tab, '样本乙')
    tab.close()
    clock.advance(31 * 24 * 60 * minute)
    office.endSessions()
    const again = await unlocked(device)
    expect(again.app.session.getState().phase).toBe('open')
    await rename(again, '样本丙')
    expect(again.app.sync.getState()).toMatchObject({ phase: 'offline', problem: 'offline' })
    device.network.connect()
    await quiet()
    expect(again.app.sync.getState()).toMatchObject({
      problem: 'session-ended',
      unsent: [{ state: 'waiting' }, { state: 'waiting' }],
    })
    // Locked meanwhile, or asked for without a signal: neither loses anything.
    again.app.sessionActs.lock()
    await again.app.sessionActs.unlock(pin)
    await quiet()
    device.network.disconnect()
    expect(await again.app.syncActs.signInAgain(first.password)).toBe('offline')
    device.network.connect()
    expect(await again.app.syncActs.signInAgain(first.password)).toBeNull()
    await quiet()
    expect(office.log.map(({ fields }) => fields['name'])).toEqual(['样本乙', '样本丙'])
    expect(again.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
  })

  test('a revoked device locks, says so, and deletes nothing', async () => {
    const { office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    office.revoke(first.id)
    await rename(tab, '样本乙')
    await quiet()
    expect(tab.app.session.getState()).toMatchObject({
      phase: 'sign-in',
      problem: 'device-revoked',
    })
    await tab.app.sessionActs.unlock(pin)
    expect(tab.app.session.getState().phase).toBe('sign-in')
    expect(nameAs(tab)).toBeUndefined()
    expect(device.disks.get(first.id)?.outbox).toHaveLength(1)
  })

  test('an app that is too old says so and keeps its work', async () => {
    const { clock, office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    office.refuseEverything('app-too-old')
    await rename(tab, '样本乙')
    await quiet()
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'offline', problem: 'app-too-old' })
    expect(tab.app.sync.getState().unsent).toHaveLength(1)
    office.refuseEverything(null)
    clock.advance(4 * minute)
    tab.touch()
    clock.advance(minute)
    await quiet()
    expect(office.log).toHaveLength(1)
  })
})
