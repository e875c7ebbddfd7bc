import { expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import {
  createOffice,
  grid,
  household,
  nameAs,
  rename,
  resident,
  signedIn,
  takeIn,
  unlocked,
} from './stories.ts'

const newcomer = '0000000c-0000-7000-8000-000000000002'

async function twoTabs() {
  const stage = createOffice()
  const device = stage.tablet()
  const leader = await signedIn(device, stage.first)
  const follower = await unlocked(device)
  return { ...stage, device, leader, follower }
}

test('what one tab saves the other shows, and the leader sends', async () => {
  const { office, leader, follower, device } = await twoTabs()
  const pushes = () => device.network.asked.filter((path) => path === '/api/push').length
  await rename(follower, '样本乙')
  expect(nameAs(leader)).toBe('样本乙')
  await quiet()
  expect(office.log).toHaveLength(1)
  expect(pushes()).toBe(1)
  for (const tab of [leader, follower]) {
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
    expect(tab.app.register.isPending(resident)).toBe(false)
    expect(nameAs(tab)).toBe('样本乙')
  }
})

test('more work at once than a message holds is shown by the other and sent by the leader too', async () => {
  const { office, leader, follower } = await twoTabs()
  const several = Array.from({ length: 120 }, (_, index) => ({
    op: 'create' as const,
    kind: 'resident' as const,
    record: follower.app.work.newId(),
    stream: grid,
    fields: { household, name: `样本${String(index)}` },
  }))
  expect(await follower.app.work.saveApart(several)).toEqual({ ok: true })
  await quiet()
  expect(office.log).toHaveLength(120)
  for (const tab of [leader, follower]) {
    for (const { record, fields } of several) expect(nameAs(tab, record)).toBe(fields.name)
    expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
  }
})

test('both tabs number their work in one row', async () => {
  const { office, leader, follower } = await twoTabs()
  await Promise.all([
    takeIn(leader, '样本一'),
    takeIn(follower, '样本二'),
    takeIn(leader, '样本三'),
  ])
  await quiet()
  expect(office.log.map((mutation) => mutation.seq)).toEqual([1, 2, 3])
})

test('what a colleague changed reaches both', async () => {
  const { second, leader, follower, tablet } = await twoTabs()
  await rename(await signedIn(tablet(), second), '样本乙')
  await quiet()
  expect([nameAs(leader), nameAs(follower)]).toEqual(['样本乙', '样本乙'])
})

test('more than a message holds reaches both too', async () => {
  const { office, second, leader, follower, tablet } = await twoTabs()
  for (let n = 0; n < 600; n += 1) {
    const id = `0000000c-0000-7000-8000-${String(1_000 + n).padStart(12, '0')}`
    office.seed(grid, 'resident', id, { household, name: '样本众' })
  }
  await rename(await signedIn(tablet(), second), '样本乙')
  await quiet()
  for (const tab of [leader, follower]) {
    expect([...tab.app.register.all('resident')]).toHaveLength(601)
    expect(nameAs(tab)).toBe('样本乙')
  }
  await rename(leader, '样本丙')
  await quiet()
  expect(nameAs(follower)).toBe('样本丙')
})

test('when the leading tab closes, another takes over', async () => {
  const { office, leader, follower } = await twoTabs()
  leader.close()
  await quiet()
  await rename(follower, '样本乙')
  await quiet()
  expect(office.record(grid, resident)?.fields['name']).toBe('样本乙')
  expect(follower.app.sync.getState().phase).toBe('up-to-date')
})

test('when it dies, what it had saved and not sent is sent by the other', async () => {
  const { office, leader, follower, device } = await twoTabs()
  device.network.disconnect()
  const id = await takeIn(leader, '样本乙')
  leader.crash()
  device.network.connect()
  await quiet()
  expect(office.record(grid, id)?.fields['name']).toBe('样本乙')
  expect(follower.app.sync.getState().unsent).toEqual([])
})

test('a tab that heard nothing while it was frozen reads anew when it is shown', async () => {
  const { office, leader, follower, device, first } = await twoTabs()
  follower.hide()
  // As from a tab whose messages never came: the disk moves on, nobody says so.
  office.seed(grid, 'resident', newcomer, { household, name: '样本新' })
  const disk = device.disks.get(first.id)
  disk?.pages.push({
    type: 'page',
    stream: grid,
    epoch: 1,
    from: 2,
    to: 3,
    records: [
      { kind: 'resident', id: newcomer, version: 3, fields: { household, name: '样本新' } },
    ],
    changes: [],
  })
  if (disk) disk.cursors[grid] = { epoch: 1, version: 3 }
  expect(nameAs(follower, newcomer)).toBeUndefined()
  follower.show()
  await quiet()
  expect(nameAs(follower, newcomer)).toBe('样本新')
  leader.close()
})

test('locking one tab locks all', async () => {
  const { leader, follower } = await twoTabs()
  follower.app.sessionActs.lock()
  await quiet()
  expect(leader.app.session.getState().phase).toBe('locked')
  expect(nameAs(leader)).toBeUndefined()
})

test('asking and signing in again work from any tab', async () => {
  const { office, first, leader, follower } = await twoTabs()
  office.endSessions()
  await rename(follower, '样本乙')
  await quiet()
  expect(follower.app.sync.getState().problem).toBe('session-ended')
  expect(await follower.app.syncActs.signInAgain(first.password)).toBeNull()
  await quiet()
  expect(office.log).toHaveLength(1)
  expect(follower.app.sync.getState().problem).toBeNull()
  office.seed(grid, 'resident', newcomer, { household, name: '样本新' })
  follower.app.syncActs.syncNow()
  await quiet()
  expect([nameAs(leader, newcomer), nameAs(follower, newcomer)]).toEqual(['样本新', '样本新'])
})

test('given up or mended in one tab, it leaves the list of the other', async () => {
  const { leader, follower } = await twoTabs()
  const id = await takeIn(leader, ' ')
  await quiet()
  const [item] = follower.app.sync.getState().unsent
  expect(item?.state).toBe('refused')
  await follower.app.syncActs.mend(item?.mutation.id ?? '', () => ({ household, name: '样本乙' }))
  await quiet()
  for (const tab of [leader, follower]) {
    expect(tab.app.sync.getState().unsent).toEqual([])
    expect(nameAs(tab, id)).toBe('样本乙')
  }
})

test('a leader behind another tab keeps that one up to date, and rests when nobody looks', async () => {
  const { clock, office, leader, follower, device } = await twoTabs()
  const pulls = () => device.network.asked.filter((path) => path === '/api/pull').length
  leader.hide()
  follower.hide()
  follower.show()
  await quiet()
  office.seed(grid, 'resident', newcomer, { household, name: '样本新' })
  clock.advance(60_000)
  await quiet()
  expect(nameAs(follower, newcomer)).toBe('样本新')
  follower.hide()
  await quiet()
  const before = pulls()
  clock.advance(2 * 60_000)
  await quiet()
  expect(pulls()).toBe(before)
})

test('a new leader behind another tab learns that somebody looks', async () => {
  const { clock, office, leader, follower, device } = await twoTabs()
  const third = await unlocked(device)
  follower.hide()
  leader.close()
  await quiet()
  office.seed(grid, 'resident', newcomer, { household, name: '样本新' })
  clock.advance(60_000)
  await quiet()
  expect(nameAs(third, newcomer)).toBe('样本新')
})
