/**
 * What a device of a large office holds: the account of it as a pure function, a day with it, and a law over any order of
 * opening, letting go, working, losing the line, the night and a crash.
 * Holds `src/app/sync/holding.ts` and `src/app/sync/holder.ts`.
 */
import { describe, expect, it, test } from 'vitest'
import { holdByDemand } from '#domain/held-by-demand.ts'
import type { Demand } from '#protocol/pull.ts'
import {
  askedFor,
  changedByHand,
  concerns,
  holdsAll,
  opened,
  readHolding,
  readOutline,
  settled,
  type Holding,
} from '#app/sync/holding.ts'
import { countHeld, isHeldHere, isPartHere, placesToHold } from '#app/views/held-here.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, quiet, until, type Tab } from '#tests/support/device.ts'
import fc from '#tests/support/fast-check.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createModelOffice, type OfficeAccount } from '#tests/support/model-office.ts'

const dayMs = 86_400_000
const noon = Date.UTC(2026, 10, 23, 4)
const demand = (held: string[], more: Partial<Demand> = {}): Demand => ({
  ...{ held, residents: 9, places: 5, most: 4, outlineDigest: 'd' },
  ...more,
})
const on = (...open: readonly string[]): Holding => ({
  ...holdsAll,
  isOn: true,
  open: open.map((stream, n) => ({ stream, at: noon + n, isKept: false })),
})

describe('what an office holds', () => {
  const grids = ['a', 'b', 'c'].map((id) => ({ id, own: true, isGrid: true, residents: 3 }))
  const above = { id: 'top', own: true, isGrid: false, residents: 0 }
  const foreign = { id: 'foreign', own: false, isGrid: false, residents: 99 }
  const hold = (open: readonly string[], most: number, isOn = true) =>
    holdByDemand([above, foreign, ...grids], { isOn, open }, most)

  it('is everything up to the limit, and by demand until it is well below', () => {
    expect(hold([], 9, false)).toBeNull()
    expect(hold([], 8, false)).toMatchObject({ places: ['a', 'b', 'c'], residents: 9 })
    expect(hold([], 9)).not.toBeNull()
    expect(hold([], 10)).toBeNull()
  })
  it('is what was asked for first, of its own grids, each once, as much as it carries', () => {
    const held = (open: readonly string[], most: number) => [...(hold(open, most)?.held ?? [])]
    expect(held(['c', 'c', 'top', 'foreign', 'x', 'a', 'b'], 6)).toEqual(['c', 'a'])
    // A grid that is larger than a device carries can be opened all the same, alone.
    expect(held(['b', 'a'], 1)).toEqual(['b'])
    expect(held([], 6)).toEqual([])
  })
  it('is no community with people of its own, nor a great number of small grids', () => {
    const community = { id: 'village', own: true, isGrid: false, residents: 5 }
    const many = Array.from({ length: 90 }, (_, n) => ({ ...above, id: `g${n}`, isGrid: true }))
    const chosen = holdByDemand(
      [community, ...many],
      { isOn: true, open: many.map(({ id }) => id) },
      4,
    )
    expect(chosen?.places).toContain('village')
    expect(chosen?.held.size).toBe(60)
  })
})

describe('the account of what is held', () => {
  it('asks for what was opened today or is kept, the last one first, and always for what holds unsent work', () => {
    const kept = changedByHand(on('a', 'b', 'c'), 'a', 'keep', noon)
    expect(askedFor(kept, [], noon).open).toEqual(['c', 'b', 'a'])
    expect(askedFor(kept, ['b'], noon + dayMs).open).toEqual(['b', 'a'])
    // Whoever works past midnight loses nothing at midnight.
    expect(askedFor(on('a'), [], Date.UTC(2026, 10, 23, 18, 59)).open).toEqual(['a'])
    expect(askedFor(on('a'), [], Date.UTC(2026, 10, 23, 19, 1)).open).toEqual([])
    expect(askedFor({ ...on('a'), isOn: false }, ['b'], noon)).toEqual({ isOn: false, open: [] })
    expect(askedFor({ ...on(), outline: 'x' }, [], noon).outline).toBe('x')
  })
  it('is settled by the answer; what was opened meanwhile waits for the next', () => {
    const meanwhile = opened(on('a', 'b'), ['c'], noon + 5)
    const after = settled(meanwhile, ['a', 'b'], demand(['b', 'x']), noon + 9)
    expect(after.open.map(({ stream }) => stream)).toEqual(['b', 'c', 'x'])
    expect(after).toMatchObject({ isOn: true, outline: 'd', residents: 9, places: 5, most: 4 })
    expect(settled(meanwhile, [], null, noon)).toEqual(holdsAll)
    // What nobody asked for any more since it was yesterday's is forgotten.
    expect(settled(on('a'), [], demand([]), noon + dayMs).open).toEqual([])
  })
  it('takes a hand: opened again it is of today, let go it is not asked for, kept it stays', () => {
    expect(changedByHand(on('a'), 'a', 'let-go', noon).open).toEqual([])
    const again = changedByHand(changedByHand(on('a'), 'a', 'keep', noon), 'a', 'open', noon + 7)
    expect(again.open).toEqual([{ stream: 'a', at: noon + 7, isKept: true }])
    const not = changedByHand(again, 'a', 'not-keep', noon + 9)
    expect(not.open).toEqual([{ stream: 'a', at: noon + 9, isKept: false }])
  })
  it('reads nothing where nothing of ours was written', () => {
    for (const odd of [undefined, null, 7, [], {}]) expect(readHolding(odd)).toEqual(holdsAll)
    expect(readHolding({ ...on('a') })).toEqual(on('a'))
    expect(readOutline({})).toEqual([])
  })
})

const uuid = (kind: string, n: number) => `0000000${kind}-0000-7000-8000-00000000000${n}`
const top = uuid('e', 0)
const grids = [1, 2, 3, 4].map((n) => uuid('e', n))
const [gridOne = '', gridTwo = ''] = grids
const passphrase = 'teal lantern over the quarry'
const pin = '246810'
const personOf = (grid: string) => grid.replace('0000000e', '0000000c')
const homeOf = (grid: string) => grid.replace('0000000e', '0000000b')

async function stage(most = 2) {
  const clock = createManualClock()
  const account: OfficeAccount = {
    ...{ id: uuid('d', 1), login: 'admin1', password: 'password-1', name: '样本员', role: 'admin' },
    scope: [top, ...grids],
  }
  const worker: OfficeAccount = {
    ...{ id: uuid('d', 2), login: 'worker1', password: 'password-2', name: '样本员2' },
    ...{ role: 'worker', scope: [top, gridOne] },
  }
  const office = createModelOffice(clock, [account, worker])
  office.limitDevices(most)
  const place = (id: string, placeKind: string, name: string, parent: string | null) =>
    office.seed(id, 'place', id, { placeKind, name, parent })
  place(top, 'community', '样社区', null)
  for (const [n, grid] of grids.entries()) {
    place(grid, 'grid', `样网格${n + 1}`, top)
    office.seed(grid, 'household', homeOf(grid), { dwelling: grid })
    const fields = { household: homeOf(grid), name: `样居民${n + 1}` }
    office.seed(grid, 'resident', personOf(grid), fields)
  }
  const pulled = { count: 0 }
  let hear: (moved: readonly string[]) => void = () => {}
  const device = createTablet({
    clock,
    ids: createCountedIds(0x31),
    server(request) {
      if (request.url.endsWith('/api/pull')) pulled.count += 1
      return office.fetch(request)
    },
    onPoke(listener) {
      hear = listener
      return office.onPoke(() => listener([]))
    },
  })
  const tab = await device.open()
  await tab.app.sessionActs.signIn(account.login, account.password)
  await tab.app.sessionActs.choosePassphrase(passphrase)
  await tab.app.sessionActs.choosePin(pin)
  await until(() => tab.app.sync.getState().phase === 'up-to-date')
  await quiet()
  const disk = () => {
    const [only] = device.disks.values()
    if (!only) throw new Error('no disk')
    return only
  }
  const poke = (moved: readonly string[]) => hear(moved)
  return { clock, account, worker, office, device, tab, disk, poke, pulled }
}

const nameOf = (tab: Tab, grid: string) =>
  tab.app.register.get('resident', personOf(grid))?.fields.name
const hereOf = (tab: Tab) => grids.filter((grid) => isHeldHere(tab.app.register, grid))
async function rename(tab: Tab, grid: string, name: string) {
  return tab.app.work.save([
    { op: 'patch', kind: 'resident', record: personOf(grid), fields: { name } },
  ])
}
/** A device that lay there locks itself. */
async function awake(tab: Tab) {
  if (tab.app.session.getState().phase !== 'open') {
    tab.app.sessionActs.askFor('passphrase')
    await tab.app.sessionActs.unlock(passphrase)
    await until(() => tab.app.session.getState().phase === 'open' && tab.app.register.isWhole)
  }
  await quiet()
}
async function settle({ tab, clock }: { tab: Tab; clock: { advance(ms: number): void } }) {
  await awake(tab)
  for (let n = 0; n < 4; n += 1) {
    tab.touch()
    tab.app.syncActs.syncNow()
    await quiet()
    clock.advance(61_000)
    await quiet()
  }
}

test('a grid that is not held moves, and nothing is pulled; one that is held brings its news', async () => {
  const story = await stage()
  const { tab, pulled, poke } = story
  await tab.app.syncActs.hold(gridOne, 'open')
  await settle(story)
  const before = pulled.count
  poke([gridTwo])
  poke([gridTwo, grids[2] ?? ''])
  await quiet()
  expect(pulled.count).toBe(before)
  for (const moved of [[gridOne, gridTwo], [top], [], [uuid('f', 9)]]) {
    const known = pulled.count
    poke(moved)
    await quiet()
    expect([moved, pulled.count > known]).toEqual([moved, true])
  }
})

test('a device that holds everything pulls for whatever moves', () => {
  expect(concerns(holdsAll, new Set(), ['a'])).toBe(true)
  expect(concerns({ ...holdsAll, isOn: true }, new Set(['a']), ['a'])).toBe(false)
})

test('a day: names of all at first, a grid with one tap, work in it, and it is gone in the morning', async () => {
  const story = await stage()
  const { tab, disk, clock, device, office } = story
  const { register } = tab.app
  expect(register.grids().map(({ fields }) => fields.name)).toHaveLength(4)
  expect(countHeld(register)).toEqual({ grids: 0, allGrids: 4, people: 0 })
  expect(isPartHere(register)).toBe(true)
  expect(Object.keys(disk().cursors)).toEqual([top])
  expect(tab.app.sync.getState().holding).toMatchObject({ residents: 4, places: 4, most: 2 })
  expect(placesToHold(register, '网格3')).toMatchObject([{ id: grids[2], isHere: false }])

  await tab.app.syncActs.hold(gridOne, 'open')
  await until(() => nameOf(tab, gridOne) === '样居民1')
  await settle(story)
  expect(hereOf(tab)).toEqual([gridOne])
  expect(countHeld(register)).toMatchObject({ grids: 1, people: 1 })
  expect(register.doubled()).toBe(0)

  await rename(tab, gridOne, '样改名')
  await until(() => office.log.length === 1)
  tab.app.sessionActs.lock()
  await awake(tab)
  // Names of the others are there also before the first word of the server.
  device.network.disconnect()
  expect(register.grids()).toHaveLength(4)
  expect(nameOf(tab, gridOne)).toBe('样改名')
  device.network.connect()
  clock.advance(dayMs)
  await settle(story)
  expect(hereOf(tab)).toEqual([])
  expect(nameOf(tab, gridOne)).toBeUndefined()
  expect(disk().pages.every(({ stream }) => stream === top)).toBe(true)
  expect(register.grids()).toHaveLength(4)
  expect(device.faults).toEqual([])
})

test('work that the server does not have keeps its grid, over a night and against the own word', async () => {
  const story = await stage()
  const { tab, clock, device, office } = story
  await tab.app.syncActs.hold(gridOne, 'open')
  await until(() => nameOf(tab, gridOne) === '样居民1')
  device.network.disconnect()
  await rename(tab, gridOne, '样未发')
  await tab.app.syncActs.hold(gridOne, 'let-go')
  clock.advance(2 * dayMs)
  await awake(tab)
  expect(nameOf(tab, gridOne)).toBe('样未发')
  // Once it has arrived, and the day is over, the grid goes.
  device.network.connect()
  await settle(story)
  expect(office.log).toHaveLength(1)
  clock.advance(dayMs)
  await settle(story)
  expect(hereOf(tab)).toEqual([])
})

test('an office that comes below the limit holds all again, and nothing is asked by demand', async () => {
  const story = await stage()
  const { tab, office } = story
  office.limitDevices(100)
  await settle(story)
  expect(hereOf(tab)).toEqual(grids)
  expect(tab.app.sync.getState().holding).toBeUndefined()
  expect(isPartHere(tab.app.register)).toBe(false)
})

test('a grid that left the scope leaves the device, its name too', async () => {
  const story = await stage()
  const { tab, account } = story
  await tab.app.syncActs.hold(gridOne, 'open')
  await until(() => nameOf(tab, gridOne) === '样居民1')
  account.scope.splice(account.scope.indexOf(gridOne), 1)
  account.scope.splice(account.scope.indexOf(gridTwo), 1)
  await settle(story)
  expect(tab.app.register.grids().map(({ id }) => id)).toEqual(grids.slice(2))
  expect(tab.app.register.get('resident', personOf(gridOne))).toBeUndefined()
})

type Step = readonly [
  'open' | 'let-go' | 'keep' | 'not-keep' | 'work' | 'line' | 'night' | 'crash' | 'other' | 'wait',
  number,
]

test('held and let go at any moment, no work is lost and nothing is there twice', async () => {
  const kinds = [
    ...(['open', 'open', 'let-go', 'keep', 'not-keep', 'work', 'work', 'work'] as const),
    ...(['line', 'night', 'crash', 'other', 'wait'] as const),
  ]
  const step = fc.tuple(fc.constantFrom(...kinds), fc.nat(3))
  let saved = 0
  let dropped = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 22 }), async (steps: Step[]) => {
      const story = await stage()
      const { clock, office, device, worker } = story
      let { tab } = story
      let isOnline = true
      const mine: string[] = []
      for (const [n, [kind, at]] of steps.entries()) {
        const grid = grids[at] ?? gridOne
        if (kind === 'work') {
          if (nameOf(tab, grid) === undefined) {
            void tab.app.syncActs.hold(grid, 'open')
            await quiet()
          }
          if (nameOf(tab, grid) === undefined) continue
          const name = `样${n}`
          const outcome = await rename(tab, grid, name)
          if (outcome.ok) mine.push(`${personOf(grid)} ${name}`)
        } else if (kind === 'line') {
          isOnline = !isOnline
          if (isOnline) device.network.connect()
          else device.network.disconnect()
        } else if (kind === 'night') {
          clock.advance(dayMs)
          await awake(tab)
        } else if (kind === 'other') {
          // Somebody else's new resident in a grid that may or may not be here.
          const id = uuid('9', at)
          office.seed(grid, 'resident', id, { household: homeOf(grid), name: `样客${n}` })
        } else if (kind === 'wait') await quiet()
        else if (kind === 'crash') {
          tab.crash()
          tab = await device.open()
          await awake(tab)
        } else void tab.app.syncActs.hold(grid, kind)
        if (n % 3 === 0) await quiet()
      }
      device.network.connect()
      await settle({ tab, clock })
      // Each saved change arrived, once.
      const arrived = office.log.map(({ record, fields }) => `${record} ${String(fields['name'])}`)
      expect(arrived.toSorted()).toEqual(mine.toSorted())
      expect(tab.app.sync.getState().unsent).toEqual([])
      // What is here is what the server would send, nobody twice and nobody left behind.
      const here = hereOf(tab)
      const disk = [...device.disks.values()][0]
      expect(Object.keys(disk?.cursors ?? {}).toSorted()).toEqual([top, ...here].toSorted())
      expect([...new Set(disk?.pages.map(({ stream }) => stream))].toSorted()).toEqual(
        [top, ...here].toSorted(),
      )
      const people = [...tab.app.register.all('resident')].map(({ id, stream, fields }) => {
        return `${stream} ${id} ${fields.name}`
      })
      const there = here
        .flatMap((stream) => office.records(stream, 'resident'))
        .map(({ stream, id, fields }) => `${stream} ${id} ${String(fields['name'])}`)
      expect(people.toSorted()).toEqual(there.toSorted())
      expect(tab.app.register.grids()).toHaveLength(4)
      expect(tab.app.register.doubled()).toBe(0)
      expect(device.faults).toEqual([])
      expect(worker.scope).toHaveLength(2)
      saved += mine.length
      dropped += 4 - here.length
      tab.close()
    }),
    { numRuns: 60 },
  )
  expect(saved).toBeGreaterThan(20)
  expect(dropped).toBeGreaterThan(20)
})
