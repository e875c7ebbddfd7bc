/** The list of today before the rest of the register: what is shown, what works meanwhile, and what is never lost. */
import { expect, test } from 'vitest'
import type { PageLine } from '#protocol/pull.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, quiet, type Tab, type Tablet } from '#tests/support/device.ts'
import type { Disk } from '#tests/support/memory-vault.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createOpening, type Face } from '#app/register/face.ts'
import { VaultFault } from '#app/vault/vault.ts'
import { createOffice, grid, otherGrid, pin, rename, signedIn } from './stories.ts'

/** Of the first grid with 1, of the second with 2. */
const idOf = (letter: string, number: number) =>
  `000000${letter}${number}-0000-7000-8000-000000000001`
const numbers = [
  [grid, 1],
  [otherGrid, 2],
] as const
const homes = { first: idOf('b', 1), second: idOf('b', 2) }
const people = { first: idOf('c', 1), second: idOf('c', 2) }

/** A worker with two grids on the tablet, who has seen the list of all and locked. */
async function begin() {
  const { clock, office, first } = createOffice()
  first.scope.push(otherGrid)
  for (const [stream, number] of numbers) {
    const [building, dwelling] = [idOf('e', number), idOf('f', number)]
    const [household, resident] = [idOf('b', number), idOf('c', number)]
    office.seed(stream, 'place', stream, {
      placeKind: number === 1 ? 'grid' : 'micro-grid',
      name: `样本网格${number}`,
      parent: number === 1 ? null : grid,
    })
    office.seed(stream, 'building', building, {
      estate: '样本苑',
      name: `${number}幢`,
      order: number,
    })
    office.seed(stream, 'dwelling', dwelling, { building, floor: 1, room: '101' })
    office.seed(stream, 'household', household, { dwelling })
    office.seed(stream, 'resident', resident, {
      ...{ household, name: `样老${number}`, birth: '1940-01-01', verifiedOn: '2026-11-01' },
    })
  }
  // By now both are overdue, on a Monday.
  clock.advance(21 * 86_400_000)
  const device = createTablet({
    clock,
    ids: createCountedIds(0x51),
    server: (request) => office.fetch(request),
  })
  const tab = await signedIn(device, first)
  expect(stopsOf(tab)).toEqual([homes.first, homes.second])
  tab.app.sessionActs.lock()
  await quiet()
  const disk = device.disks.get(first.id)
  if (!disk) throw new Error('nothing is on the disk')
  return { clock, office, device, tab, disk, first }
}

const todayOf = ({ app }: Tab) => app.register.today(app.today.getState().day)
const stopsOf = (tab: Tab) =>
  todayOf(tab).groups.flatMap(({ stops }) => stops.map(({ household }) => household))

/** The disk gives these streams only when the answer is called. */
function holdBack(disk: Disk, streams: readonly string[]) {
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  for (const stream of streams) disk.late.set(stream, gate)
  return () => {
    disk.late.clear()
    release()
  }
}

async function unlock(tab: Tab) {
  await tab.app.sessionActs.unlock(pin)
  await quiet()
  expect(tab.app.session.getState().phase).toBe('open')
}

async function visit(tab: Tab, household: string) {
  const { stream = '' } = tab.app.register.get('household', household) ?? {}
  const outcome = await tab.app.work.save([
    {
      op: 'create',
      kind: 'visit',
      record: tab.app.work.newId(stream),
      stream,
      fields: {
        ...{ household, channel: 'door', outcome: 'met', unchanged: true },
        at: new Date(tab.app.now()).toISOString(),
      },
    },
  ])
  expect(outcome.ok).toBe(true)
}

async function reopen(device: Tablet): Promise<Tab> {
  const tab = await device.open()
  await unlock(tab)
  return tab
}

test('the list stands there before its grids are read, says so, and is the same when they are', async () => {
  const { tab, disk } = await begin()
  const release = holdBack(disk, [grid, otherGrid])
  await unlock(tab)
  const { register } = tab.app
  expect(register.isWhole).toBe(false)
  const early = todayOf(tab)
  expect(early).toMatchObject({ isComing: true, total: 2, done: 0 })
  expect(early.groups.map(({ head }) => head)).toEqual(['样本苑 1幢', '样本苑 2幢'])
  expect(early.groups[0]?.stops[0]?.shown).toMatchObject({ stream: grid, name: '样老1' })
  expect(register.isHere(homes.first)).toBe(false)
  expect([...register.all('resident')]).toEqual([])

  release()
  await quiet()
  expect(register.isWhole).toBe(true)
  const late = todayOf(tab)
  expect(late.isComing).toBeUndefined()
  expect(late.groups.flatMap(({ stops }) => stops)).toEqual(
    early.groups.flatMap(({ stops }) => stops.map(({ shown: _, ...stop }) => stop)),
  )
  expect(late.byColour).toEqual(early.byColour)
})

test('a visit that the list was drawn before is off it before its grid is read, and goes out then', async () => {
  const { device, tab, disk, office } = await begin()
  device.network.disconnect()
  await unlock(tab)
  await visit(tab, homes.second)
  // Before the list was written down anew.
  tab.crash()

  const release = holdBack(disk, [grid, otherGrid])
  const next = await reopen(device)
  expect(next.app.register.isWhole).toBe(false)
  expect(next.app.sync.getState().unsent).toHaveLength(1)
  expect(todayOf(next)).toMatchObject({ isComing: true, done: 1, total: 2 })
  expect(stopsOf(next)).toEqual([homes.first])
  // Nothing is sent or fetched over a register that is not whole.
  device.network.connect()
  await quiet()
  expect(office.log).toHaveLength(0)
  release()
  await quiet()
  expect(next.app.register.visits(homes.second)).toHaveLength(1)
  expect(office.log).toHaveLength(1)
  expect(stopsOf(next)).toEqual([homes.first])
})

test('who is tapped comes before the others', () => {
  const stop = { household: homes.second, shown: { stream: 'second', door: '', name: null } }
  const list = { groups: [{ building: '', head: '', stops: [stop] }] }
  const face = { version: 1, day: '2026-12-14', grid: null, upper: [], list } as unknown as Face
  const opening = createOpening(createRegister(), face)
  const left = new Set(['first', 'second', 'third'])
  expect(opening.next(left)).toBe('first')
  opening.hasten(homes.second)
  expect(opening.next(left)).toBe('second')
  expect(opening.isAwaited('second')).toBe(true)
  left.delete('second')
  expect(opening.next(left)).toBe('first')
  expect(opening.next(new Set())).toBe('')
})

test('a visit in the middle of reading outlives the power', async () => {
  const { device, tab, disk } = await begin()
  device.network.disconnect()
  holdBack(disk, [otherGrid])
  await unlock(tab)
  expect(tab.app.register.isWhole).toBe(false)
  await quiet()
  tab.app.register.hasten(homes.first)
  expect(tab.app.register.isHere(homes.first)).toBe(true)
  await visit(tab, homes.first)
  expect(stopsOf(tab)).toEqual([homes.second])
  tab.crash()
  disk.late.clear()

  const next = await reopen(device)
  expect(next.app.register.isWhole).toBe(true)
  expect(next.app.register.visits(homes.first)).toHaveLength(1)
  expect(next.app.sync.getState().unsent).toHaveLength(1)
  expect(stopsOf(next)).toEqual([homes.second])
})

test('own work on a grid that is not read yet is on top of it when it comes', async () => {
  const { device, tab, disk } = await begin()
  device.network.disconnect()
  await unlock(tab)
  await rename(tab, '样老三', people.second)
  tab.app.sessionActs.lock()
  await quiet()
  const release = holdBack(disk, [otherGrid])
  await unlock(tab)
  expect(tab.app.register.get('resident', people.second)).toBeUndefined()
  expect(tab.app.register.isPending(people.second)).toBe(true)
  release()
  await quiet()
  expect(tab.app.register.get('resident', people.second)?.fields.name).toBe('样老三')
})

test('nobody of a grid that left the disk is shown', async () => {
  const { tab, disk } = await begin()
  disk.pages = disk.pages.filter(({ stream }) => stream !== otherGrid)
  delete disk.cursors[otherGrid]
  const release = holdBack(disk, [grid])
  await unlock(tab)
  expect(todayOf(tab)).toMatchObject({ isComing: true, groups: [], total: 0 })
  release()
})

test('another day begins with what the last one left, says so, and is right once all is read', async () => {
  const { clock, tab, disk } = await begin()
  clock.advance(86_400_000)
  await quiet()
  const release = holdBack(disk, [grid, otherGrid])
  await unlock(tab)
  const early = todayOf(tab)
  expect(early).toMatchObject({ isComing: true, day: todayOf(tab).day, asOf: '2026-12-14' })
  expect(stopsOf(tab)).toEqual([homes.first, homes.second])
  const late = early.groups.flatMap(({ stops }) => stops.map(({ overdue }) => overdue))
  release()
  await quiet()
  expect(todayOf(tab).asOf).toBeUndefined()
  expect(stopsOf(tab)).toEqual([homes.first, homes.second])
  expect(todayOf(tab).groups.flatMap(({ stops }) => stops.map(({ overdue }) => overdue))).toEqual(
    late,
  )
})

test('locked in the middle, nothing of the account is left in memory', async () => {
  const { tab, disk } = await begin()
  const release = holdBack(disk, [otherGrid])
  await unlock(tab)
  tab.app.sessionActs.lock()
  release()
  await quiet()
  const { register } = tab.app
  expect([...register.all('resident'), ...register.all('place')]).toEqual([])
  expect(todayOf(tab)).toMatchObject({ total: 0, groups: [] })
  await unlock(tab)
  expect(register.isWhole).toBe(true)
  expect(stopsOf(tab)).toEqual([homes.first, homes.second])
})

test('a page that is damaged in the rest is told, and the server brings it again', async () => {
  const { device, tab, disk } = await begin()
  device.network.disconnect()
  const spoilt = disk.pages.find(({ stream }: PageLine) => stream === otherGrid)
  if (!spoilt) throw new Error('the other grid is not on the disk')
  disk.unreadable.add(spoilt)
  await unlock(tab)
  expect(tab.app.register.isWhole).toBe(true)
  expect(tab.app.sync.getState().damage).toEqual({ pages: true, work: 0 })
  expect(stopsOf(tab)).toEqual([homes.first])
  device.network.connect()
  tab.app.syncActs.syncNow()
  await quiet()
  expect(tab.app.sync.getState().damage).toEqual({ pages: false, work: 0 })
  expect(stopsOf(tab)).toEqual([homes.first, homes.second])
})

test('a rest that the disk does not give locks the app and says so', async () => {
  const { device, tab, disk } = await begin()
  disk.late.set(otherGrid, Promise.reject(new VaultFault('storage')))
  await tab.app.sessionActs.unlock(pin)
  await quiet()
  expect(tab.app.session.getState()).toMatchObject({ phase: 'locked', problem: 'will-not-open' })
  expect(device.faults).toHaveLength(1)
  expect([...tab.app.register.all('resident')]).toEqual([])
  disk.late.clear()
  await unlock(tab)
  expect(stopsOf(tab)).toEqual([homes.first, homes.second])
})
