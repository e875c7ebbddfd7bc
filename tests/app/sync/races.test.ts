/** What happens while a push is on its way, and when two tabs push at once. */
import { describe, expect, test } from 'vitest'
import { historyIn } from '#app/register/history-of.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, quiet, until, type Tab } from '#tests/support/device.ts'
import { createSealedStorage } from '#tests/support/tablet-storage.ts'
import {
  createOffice,
  grid,
  nameAs,
  pin,
  rename,
  resident,
  signedIn,
  takeIn,
  unlocked,
} from './stories.ts'

const isUpToDate = (tab: Tab) => {
  const { phase, unsent } = tab.app.sync.getState()
  return phase === 'up-to-date' && unsent.length === 0
}
const namesInHistory = (tab: Tab) =>
  historyIn(tab.app.register, resident).flatMap(({ fields }) =>
    fields['name'] ? [fields['name']] : [],
  )

describe('an edit during its own upload', () => {
  /** `样本乙` is with the office, and its answer is not here yet. */
  async function onItsWay() {
    const parts = createOffice()
    const device = parts.tablet()
    const tab = await signedIn(device, parts.first)
    const release = device.network.holdNextAnswer('/api/push')
    const saved = await rename(tab, '样本乙')
    await quiet()
    expect(parts.office.log).toHaveLength(1)
    const shown: unknown[] = []
    tab.app.register.subscribe(() => {
      if (nameAs(tab) !== shown.at(-1)) shown.push(nameAs(tab))
    })
    return { ...parts, device, tab, saved, release, shown }
  }

  test('is kept, sent after it, and the screen never goes back to what was before', async () => {
    const { office, tab, release, shown } = await onItsWay()
    await rename(tab, '样本丙')
    release()
    await quiet()
    expect(isUpToDate(tab)).toBe(true)
    expect(shown).toEqual(['样本丙'])
    expect(office.record(grid, resident)?.fields['name']).toBe('样本丙')
    expect(namesInHistory(tab)).toEqual([
      ['样本乙', '样本丙'],
      ['样本甲', '样本乙'],
    ])
    // One's own earlier word is no clash.
    expect(office.records(grid, 'clash')).toEqual([])
  })

  test('and another one while the second is on its way too', async () => {
    const { device, office, tab, release, shown } = await onItsWay()
    await rename(tab, '样本丙')
    const releaseNext = device.network.holdNextAnswer('/api/push')
    release()
    await quiet()
    await rename(tab, '样本丁')
    releaseNext()
    await quiet()
    expect(isUpToDate(tab)).toBe(true)
    expect(shown).toEqual(['样本丙', '样本丁'])
    expect(office.log.map(({ seq, fields }) => [seq, fields['name']])).toEqual([
      [1, '样本乙'],
      [2, '样本丙'],
      [3, '样本丁'],
    ])
  })

  test('that takes it back leaves what was before', async () => {
    const { office, tab, saved, release, shown } = await onItsWay()
    await saved.undo()
    release()
    await quiet()
    expect(isUpToDate(tab)).toBe(true)
    expect(shown).toEqual(['样本甲'])
    expect(office.record(grid, resident)?.fields['name']).toBe('样本甲')
  })

  test('of a list adds to it and takes from it, with a colleague’s word in between', async () => {
    const { office, second, tablet, tab, release } = await onItsWay()
    const phones = (of: Tab, list: readonly string[]) =>
      of.app.work.save([
        { op: 'patch', kind: 'resident', record: resident, fields: { phones: list } },
      ])
    await phones(tab, ['10012345678', '10022222222'])
    const colleague = await signedIn(tablet(), second)
    await phones(colleague, ['10033333333'])
    await quiet()
    await phones(tab, ['10022222222', '10044444444'])
    release()
    await quiet()
    expect(isUpToDate(tab)).toBe(true)
    const held = office.record(grid, resident)?.fields['phones'] as string[]
    expect([...held].sort()).toEqual(['10022222222', '10033333333', '10044444444'])
    for (const one of [tab, colleague]) {
      expect(one.app.register.get('resident', resident)?.fields.phones).toEqual(held)
    }
  })

  test('whose answer is lost, with a crash behind it: both arrive once, in their order', async () => {
    const { device, office, tab } = await onItsWay()
    await rename(tab, '样本丙')
    tab.crash()
    const again = await unlocked(device)
    expect(isUpToDate(again)).toBe(true)
    expect(nameAs(again)).toBe('样本丙')
    expect(office.log.map(({ fields }) => fields['name'])).toEqual(['样本乙', '样本丙'])
  })
})

describe('two tabs that both push', () => {
  /** As where a browser knows no locks; the disk is the real one, sealed. */
  async function apart() {
    const { clock, office, first } = createOffice()
    const device = createTablet({
      clock,
      ids: createCountedIds(9),
      server: (request) => office.fetch(request),
      storage: createSealedStorage(() => clock.now()),
      apart: true,
    })
    const one = await device.open()
    await one.app.sessionActs.signIn(first.login, first.password)
    await one.app.sessionActs.choosePin(pin)
    await until(() => isUpToDate(one))
    const two = await device.open()
    await two.app.sessionActs.unlock(pin)
    await until(() => isUpToDate(two))
    return { clock, office, device, one, two }
  }

  test('send everything once, under numbers without a gap, and lose nothing of each other', async () => {
    const { clock, office, device, one, two } = await apart()
    device.network.disconnect()
    const made: string[] = []
    for (let count = 0; count < 6; count += 1) {
      made.push(
        ...(await Promise.all([takeIn(one, `样本${count}`), takeIn(two, `样本另${count}`)])),
      )
    }
    device.network.connect()
    one.app.syncActs.syncNow()
    two.app.syncActs.syncNow()
    const isDone = () => made.every((id) => office.record(grid, id) !== undefined)
    await until(() => {
      clock.advance(1_000)
      return isDone()
    })
    expect(office.log.map(({ seq }) => seq)).toEqual(made.map((_, index) => index + 1))
    expect(office.log.map(({ record }) => record).sort()).toEqual([...made].sort())
    one.close()
    two.close()
    const again = await device.open()
    await again.app.sessionActs.unlock(pin)
    await until(() => isUpToDate(again))
    for (const id of made) expect(nameAs(again, id)).toBeDefined()
    expect(office.log).toHaveLength(made.length)
    expect(device.faults).toEqual([])
  })

  test('of which one crashes with its push on the way', async () => {
    const { clock, office, device, one, two } = await apart()
    const release = device.network.holdNextAnswer('/api/push')
    const id = await takeIn(one, '样本乙')
    await until(() => office.log.length === 1)
    const other = await takeIn(two, '样本丙')
    one.crash()
    release()
    two.app.syncActs.syncNow()
    await until(() => {
      clock.advance(1_000)
      return office.record(grid, other) !== undefined && isUpToDate(two)
    })
    expect(office.log.map(({ record }) => record)).toEqual([id, other])
    two.app.syncActs.syncNow()
    await until(() => nameAs(two, id) !== undefined)
  })
})
