import { describe, expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import {
  createOffice,
  grid,
  household,
  nameAs,
  otherGrid,
  pin,
  rename,
  resident,
  signedIn,
  takeIn,
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
    expect(progress).toContainEqual({ done: 121, total: 121 })
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

describe('saving', () => {
  test('is on disk before it is on screen, and on the server without a tap', async () => {
    const { office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    const onDisk: number[] = []
    tab.app.register.subscribe(() => onDisk.push(device.disks.get(first.id)?.outbox.length ?? 0))
    await rename(tab, '样本乙')
    expect(onDisk[0]).toBe(1)
    expect(nameAs(tab)).toBe('样本乙')
    await quiet()
    expect(office.record(grid, resident)?.fields['name']).toBe('样本乙')
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
  })

  test('never flickers back to the old value on its way', async () => {
    const { first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    await rename(tab, '样本乙')
    const seen = new Set<unknown>()
    tab.app.register.subscribe(() => seen.add(nameAs(tab)))
    await quiet()
    expect(tab.app.register.isPending(resident)).toBe(false)
    expect([...seen]).toEqual(['样本乙'])
  })

  test('on a full disk is refused clearly, shows nothing and sends nothing', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    tab.vault().failWrites('disk-full')
    const outcome = await tab.app.work.save([
      { op: 'patch', kind: 'resident', record: resident, fields: { name: '样本乙' } },
    ])
    expect(outcome).toEqual({ ok: false, problem: 'disk-full' })
    expect(nameAs(tab)).toBe('样本甲')
    tab.vault().failWrites(null)
    await rename(tab, '样本丙')
    await quiet()
    expect(office.log.map((mutation) => mutation.fields['name'])).toEqual(['样本丙'])
  })

  test('a family is one batch: consecutive, and at one moment', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    const outcome = await tab.app.work.save(
      ['样本父', '样本母', '样本子'].map((name) => ({
        op: 'create',
        kind: 'resident',
        record: tab.app.work.newId(),
        stream: grid,
        fields: { household, name },
      })),
    )
    expect(outcome.ok).toBe(true)
    await quiet()
    const batches = new Set(office.log.map((mutation) => mutation.batch))
    expect(office.log.map((mutation) => mutation.seq)).toEqual([1, 2, 3])
    expect(batches.size).toBe(1)
    expect([...batches][0]).not.toBeNull()
  })

  test('what changes nothing sends nothing', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    await rename(tab, '样本甲')
    await quiet()
    expect(office.log).toEqual([])
    expect(tab.app.sync.getState().phase).toBe('up-to-date')
  })

  test('ten edits of one field before one sync are ten changes in the history', async () => {
    const { clock, office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    for (let count = 0; count < 10; count++) {
      await rename(tab, `样本${count}`)
      clock.advance(1000)
    }
    device.network.connect()
    await quiet()
    const changes = office.changes(grid, resident)
    expect(changes.map((change) => change.fields['name']?.[1])).toEqual(
      Array.from({ length: 10 }, (_, count) => `样本${count}`),
    )
    expect(new Set(changes.map((change) => change.at)).size).toBe(10)
  })

  test('two saves at once keep their order', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    await Promise.all([rename(tab, '样本乙'), rename(tab, '样本丙'), rename(tab, '样本丁')])
    expect(nameAs(tab)).toBe('样本丁')
    await quiet()
    expect(office.record(grid, resident)?.fields['name']).toBe('样本丁')
  })

  test('locked, it says so', async () => {
    const { first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    tab.app.sessionActs.lock()
    const outcome = await tab.app.work.save([])
    expect(outcome).toEqual({ ok: false, problem: 'locked' })
  })

  test('a reveal is logged at the office and stays on no screen', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    expect(await tab.app.work.reveal(resident, 'documentNumber', 'verify')).toBe(true)
    expect(await tab.app.work.reveal(household, 'name', 'verify')).toBe(false)
    await quiet()
    expect(office.log).toMatchObject([
      { kind: 'reveal', stream: grid, fields: { subject: resident, field: 'documentNumber' } },
    ])
  })
})

describe('undo', () => {
  test('offline, before anything was sent', async () => {
    const { office, first, tablet } = createOffice()
    const device = tablet()
    const tab = await signedIn(device, first)
    device.network.disconnect()
    const saved = await rename(tab, '样本乙')
    await saved.undo()
    expect(nameAs(tab)).toBe('样本甲')
    device.network.connect()
    await quiet()
    expect(office.record(grid, resident)?.fields['name']).toBe('样本甲')
    expect(office.changes(grid, resident)).toHaveLength(2)
  })

  test('online, after the server has it', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    const saved = await rename(tab, '样本乙')
    await quiet()
    await saved.undo()
    await saved.undo()
    await quiet()
    expect(office.record(grid, resident)?.fields['name']).toBe('样本甲')
    expect(office.changes(grid, resident)).toHaveLength(2)
  })

  test('of a family takes all of it back', async () => {
    const { office, first, tablet } = createOffice()
    const tab = await signedIn(tablet(), first)
    const outcome = await tab.app.work.save([
      {
        op: 'create',
        kind: 'resident',
        record: tab.app.work.newId(),
        stream: grid,
        fields: { household, name: '样本子' },
      },
      { op: 'patch', kind: 'resident', record: resident, fields: { phones: [] } },
    ])
    if (!outcome.ok) throw new Error(outcome.problem)
    await outcome.saved.undo()
    await quiet()
    expect([...tab.app.register.all('resident')]).toHaveLength(1)
    expect(office.record(grid, resident)?.fields['phones']).toEqual(['10012345678'])
    expect(office.records(grid).filter((record) => !record.removed)).toHaveLength(1)
  })
})

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
    expect(office.records(grid)).toHaveLength(31)
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
    expect(office.records(grid)).toHaveLength(3)
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
    await tab.app.syncActs.mend(item?.mutation.id ?? '', { household, name: '样本乙' })
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
    const restore = office.backup()
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
