import { describe, expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import { createOffice, grid, household, nameAs, rename, resident, signedIn } from './stories.ts'

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
    const device = tablet()
    const tab = await signedIn(device, first)
    tab.vault().failWrites('disk-full')
    const outcome = await tab.app.work.save([
      { op: 'patch', kind: 'resident', record: resident, fields: { name: '样本乙' } },
    ])
    expect(outcome).toEqual({ ok: false, problem: 'disk-full' })
    expect(nameAs(tab)).toBe('样本甲')
    // Felt is what is on disk, and nothing else.
    expect(device.stirs()).toBe(0)
    tab.vault().failWrites(null)
    await rename(tab, '样本丙')
    expect(device.stirs()).toBe(1)
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
    expect(await tab.app.work.reveal(resident, 'documentNumber', 'verify')).toBe('logged')
    expect(await tab.app.work.reveal(household, 'name', 'verify')).toBe('not-logged')
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
    expect(office.records(grid, 'resident').filter((record) => !record.removed)).toHaveLength(1)
  })
})
