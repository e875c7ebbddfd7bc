/**
 * Records that go from one grid to another: whole, with their history, and with whatever still comes for them.
 * Holds `src/server/ledger/move.ts`, `src/server/ledger/copy-history.ts` and `src/server/ledger/whereabouts.ts`.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { loadRecords } from '#server/db/records.ts'
import { purgeTombstones } from '#server/db/tombstones.ts'
import { useGrid } from './grid.ts'
import { dayMs, type Device } from './office.ts'
import { dwelling, settle, visit, type Home } from './sample.ts'

const g = useGrid()
let there: Home
let other: string

beforeEach(async () => {
  other = g.office.places.otherGrid
  there = await settle(g.staff, g.staff, other, g.office.ids)
})

const at = async (stream: string, id: string) => (await loadRecords(g.office.db, [stream], [id]))[0]
const now = () => new Date(g.office.clock.now()).toISOString()
const patch = (
  device: Device,
  kind: 'resident' | 'household' | 'building',
  record: string,
  fields: Record<string, unknown>,
  more: { readonly to?: string; readonly seen?: number; readonly stream?: string } = {},
) => device.mutation({ stream: g.grid, kind, record, op: 'patch', fields, seen: 100_000, ...more })
const problems = async (device: Device, ...mutations: readonly unknown[]) =>
  (await device.pushed(mutations)).receipts.map((receipt) => (receipt.ok ? null : receipt.problem))
/** The staff's device takes the resident over. */
const moveResident = async (more = {}) =>
  problems(
    g.staff,
    patch(
      g.staff,
      'resident',
      g.home.resident,
      { household: there.household },
      { to: other, ...more },
    ),
  )
const moveHousehold = async () =>
  problems(
    g.staff,
    patch(g.staff, 'household', g.home.household, { dwelling: there.dwelling }, { to: other }),
  )
const clashesOf = async (record: string) =>
  (
    await g.office.db
      .selectFrom('record')
      .select(['stream', 'fields'])
      .where('kind', '=', 'clash')
      .where('removed', '=', false)
      .execute()
  ).filter(({ fields }) => fields['record'] === record)
const tallied = async (stream: string) =>
  (
    await g.office.db
      .selectFrom('tally')
      .select('n')
      .where('stream', '=', stream)
      .where('kind', '=', 'resident')
      .execute()
  ).reduce((sum, { n }) => sum + n, 0)

describe('a resident who goes to another grid', () => {
  it('leaves a tombstone and appears there, in one push; each device gets what is its own', async () => {
    const before = await g.worker.pull()
    const everywhere = await g.staff.pull()
    expect(await moveResident()).toEqual([null])
    expect(await at(g.grid, g.home.resident)).toMatchObject({
      removed: true,
      fields: {},
      movedTo: other,
    })
    expect(await at(other, g.home.resident)).toMatchObject({
      removed: false,
      moves: 1,
      movedTo: null,
      fields: { household: there.household, name: '样例甲' },
    })
    const workers = (await g.worker.pull(before.cursors)).records.get(g.home.resident)
    expect(workers).toMatchObject({ stream: g.grid, removed: true })
    const pages = (await g.staff.pull(everywhere.cursors)).pages
    const states = pages.flatMap(({ stream, records }) =>
      records.filter(({ id }) => id === g.home.resident).map((record) => ({ stream, ...record })),
    )
    expect(states).toHaveLength(2)
    expect(states.find((state) => state.stream === other)).toMatchObject({ moves: 1 })
  })

  it('takes the history along, and the old grid keeps its own', async () => {
    await g.worker.pushed([await g.patchResident(g.worker, { note: 'first' })])
    await moveResident()
    await g.staff.pushed([
      patch(
        g.staff,
        'resident',
        g.home.resident,
        { note: 'second' },
        { stream: other, seen: 100_000 },
      ),
    ])
    const lines = (await g.staff.pull()).pages
      .filter((page) => page.stream === other)
      .flatMap((page) => page.changes)
      .filter(({ record }) => record === g.home.resident)
    expect(lines.map(({ fields }) => fields)).toEqual([
      { note: [null, 'first'] },
      { household: [g.home.household, there.household], stream: [g.grid, other] },
      { note: ['first', 'second'] },
    ])
    const old = await g.office.db
      .selectFrom('change')
      .select(['op', 'fields'])
      .where('stream', '=', g.grid)
      .where('record', '=', g.home.resident)
      .orderBy('version')
      .execute()
    expect(old.map(({ op }) => op)).toEqual(['create', 'patch', 'leave'])
    expect(old.at(-1)?.fields).toEqual({ stream: [g.grid, other] })
  })

  it('is counted where he lives', async () => {
    const [here, beyond] = [await tallied(g.grid), await tallied(other)]
    await moveResident()
    expect([await tallied(g.grid), await tallied(other)]).toEqual([here - 1, beyond + 1])
  })

  it('comes back as he was, once', async () => {
    const cursors = (await g.staff.pull()).cursors
    await moveResident()
    const back = patch(
      g.staff,
      'resident',
      g.home.resident,
      { household: g.home.household },
      { stream: other, to: g.grid, seen: 100_000 },
    )
    expect(await problems(g.staff, back)).toEqual([null])
    expect(await at(other, g.home.resident)).toMatchObject({ removed: true, movedTo: g.grid })
    expect(await at(g.grid, g.home.resident)).toMatchObject({
      removed: false,
      moves: 2,
      fields: { household: g.home.household },
    })
    const states = (await g.staff.pull(cursors)).pages.flatMap(({ stream, records }) =>
      records
        .filter(({ id }) => id === g.home.resident)
        .map(({ removed, moves }) => ({ stream, removed, moves })),
    )
    expect(states).toContainEqual({ stream: g.grid, removed: undefined, moves: 2 })
    expect(states).toContainEqual({ stream: other, removed: true, moves: undefined })
  })
})

describe('a household that goes to another grid', () => {
  it('takes everybody, their visits, colours and clashes along', async () => {
    const call = g.office.ids()
    await g.worker.pushed([
      g.worker.create(g.grid, 'visit', call, visit(g.home.household, now())),
      await g.patchResident(g.worker, { note: 'a', birth: '1930-05-06' }),
    ])
    await g.colleague.pushed([await g.patchResident(g.colleague, { note: 'b' }, 1)])
    expect(await clashesOf(g.home.resident)).toHaveLength(1)
    expect(await moveHousehold()).toEqual([null])
    for (const id of [g.home.household, g.home.resident, call]) {
      expect(await at(g.grid, id)).toMatchObject({ removed: true, movedTo: other })
      expect(await at(other, id)).toMatchObject({ removed: false, moves: 1 })
    }
    expect(await clashesOf(g.home.resident)).toMatchObject([{ stream: other }])
    const left = await g.office.db
      .selectFrom('record')
      .select(['stream', 'kind'])
      .where('parent', '=', g.home.resident)
      .where('removed', '=', false)
      .execute()
    expect(left.some(({ kind }) => kind === 'colour')).toBe(true)
    expect(left.filter(({ stream }) => stream !== other)).toEqual([])
  })

  it('in one batch with a person’s change, who is followed', async () => {
    const batch = g.office.ids()
    const both = [
      patch(g.staff, 'household', g.home.household, { dwelling: there.dwelling }, { to: other }),
      patch(g.staff, 'resident', g.home.resident, { addressChangedOn: '2026-11-23' }),
    ].map((mutation) => ({ ...mutation, batch, batchSize: 2 }))
    expect(await problems(g.staff, ...both)).toEqual([null, null])
    expect((await at(other, g.home.resident))?.fields).toMatchObject({
      addressChangedOn: '2026-11-23',
    })
  })

  it('goes with the building, when a house changes its grid', async () => {
    const move = patch(g.staff, 'building', g.home.building, {}, { to: other })
    expect(await problems(g.staff, move)).toEqual([null])
    for (const id of [g.home.building, g.home.dwelling, g.home.household, g.home.resident]) {
      expect(await at(other, id)).toMatchObject({ removed: false, moves: 1 })
    }
  })
})

describe('work that comes late for what has gone', () => {
  it('is applied where it is now, by whoever looks after both grids, without a clash that is none', async () => {
    const second = await g.office.enter('staff')
    const seen = await g.seenOf(g.home.resident)
    await moveResident({ seen })
    for (let more = 0; more < 3; more += 1) {
      await g.staff.pushed([
        patch(g.staff, 'resident', there.resident, { note: `${more}` }, { stream: other }),
      ])
    }
    expect(
      await problems(
        second,
        patch(second, 'resident', g.home.resident, { name: '样例乙' }, { seen }),
      ),
    ).toEqual([null])
    expect(await at(other, g.home.resident)).toMatchObject({
      fields: { name: '样例乙', household: there.household },
    })
    expect(await clashesOf(g.home.resident)).toEqual([])
  })

  it('clashes with what was set after it had gone, and both values are kept there', async () => {
    const second = await g.office.enter('staff')
    const seen = await g.seenOf(g.home.resident)
    await moveResident({ seen })
    const head = await g.headOf(other)
    const set = patch(
      g.staff,
      'resident',
      g.home.resident,
      { note: 'theirs' },
      { stream: other, seen: head },
    )
    await g.staff.pushed([set])
    g.office.clock.at += 1000
    await second.pushed([patch(second, 'resident', g.home.resident, { note: 'mine' }, { seen })])
    expect((await at(other, g.home.resident))?.fields['note']).toBe('mine')
    expect(await clashesOf(g.home.resident)).toMatchObject([
      { stream: other, fields: { field: 'note', lost: { value: 'theirs' } } },
    ])
  })

  it('stays where it was written where it only says that somebody looked', async () => {
    await moveResident()
    const looked = {
      subject: g.home.resident,
      field: 'documentNumber',
      purpose: 'verify',
      at: now(),
    }
    const id = g.office.ids()
    expect(await problems(g.worker, g.worker.create(g.grid, 'reveal', id, looked))).toEqual([null])
    expect(await at(g.grid, id)).toMatchObject({ kind: 'reveal', removed: false })
    expect(await at(other, id)).toBeUndefined()
  })

  it('is refused in words where the new grid is not one’s own, and tells nothing else', async () => {
    const seen = await g.seenOf(g.home.resident)
    await moveResident({ seen })
    expect(
      await problems(
        g.worker,
        patch(g.worker, 'resident', g.home.resident, { note: 'x' }, { seen }),
      ),
    ).toEqual(['record-elsewhere'])
    const stranger = await g.office.enter('stranger')
    expect(
      await problems(stranger, patch(stranger, 'resident', g.home.resident, { note: 'x' })),
    ).toEqual(['stream-not-yours'])
  })

  it('of a worker who was reassigned with the house is applied', async () => {
    const { db, accounts } = g.office
    const account = accounts['colleague']?.id ?? ''
    const seen = await g.seenOf(g.home.resident)
    await moveHousehold()
    const place = (to: string) =>
      db.updateTable('account_place').set({ place: to }).where('account', '=', account).execute()
    await place(other)
    try {
      const call = g.office.ids()
      expect(
        await problems(
          g.colleague,
          patch(g.colleague, 'resident', g.home.resident, { note: 'late' }, { seen }),
          g.colleague.create(g.grid, 'visit', call, visit(g.home.household, now())),
        ),
      ).toEqual([null, null])
      expect((await at(other, g.home.resident))?.fields['note']).toBe('late')
      expect(await at(other, call)).toMatchObject({ removed: false })
    } finally {
      await place(g.grid)
    }
  })

  it('is found over two moves', async () => {
    const admin = await g.office.enter('admin')
    const far = await settle(admin, admin, g.office.places.farGrid, g.office.ids)
    const seen = await g.seenOf(g.home.resident)
    await moveResident({ seen })
    const onward = patch(
      admin,
      'resident',
      g.home.resident,
      { household: far.household },
      { stream: other, to: g.office.places.farGrid, seen: 100_000 },
    )
    expect(await problems(admin, onward)).toEqual([null])
    const second = await g.office.enter('admin')
    expect(
      await problems(
        second,
        patch(second, 'resident', g.home.resident, { note: 'late' }, { seen }),
      ),
    ).toEqual([null])
    expect(await at(g.office.places.farGrid, g.home.resident)).toMatchObject({
      moves: 2,
      fields: { note: 'late', household: far.household },
    })
    expect(await clashesOf(g.home.resident)).toEqual([])
  })

  it('comes again under another number and is not applied twice', async () => {
    const mine = await g.patchResident(g.staff, { phones: { add: ['10012345678'] } })
    await g.staff.pushed([mine])
    await moveResident()
    await g.staff.pushed([
      patch(
        g.staff,
        'resident',
        g.home.resident,
        { phones: { remove: ['10012345678'] } },
        { stream: other },
      ),
    ])
    const { seq } = await g.patchResident(g.staff, {})
    const again = { ...mine, seq }
    expect(await problems(g.staff, again)).toEqual([null])
    expect((await at(other, g.home.resident))?.fields['phones']).toEqual([])
  })
})

describe('two who move the same person', () => {
  it('the later moment counts; the other place is kept until somebody says which', async () => {
    const second = await g.office.enter('staff')
    const seen = await g.seenOf(g.home.resident)
    const otherDoor = g.office.ids()
    const otherHome = g.office.ids()
    await g.staff.pushed([
      g.staff.create(g.grid, 'dwelling', otherDoor, dwelling(g.home.building, { room: '401' })),
      g.staff.create(g.grid, 'household', otherHome, { dwelling: otherDoor }),
    ])
    const stays = patch(
      second,
      'resident',
      g.home.resident,
      { household: otherHome },
      { to: g.grid, seen },
    )
    g.office.clock.at += 60_000
    await moveResident({ seen })
    expect(await problems(second, stays)).toEqual([null])
    expect((await at(other, g.home.resident))?.fields['household']).toBe(there.household)
    expect(await clashesOf(g.home.resident)).toMatchObject([
      { stream: other, fields: { field: 'household', lost: { value: otherHome } } },
    ])
    g.office.clock.at += 60_000
    const settled = patch(
      second,
      'resident',
      g.home.resident,
      { household: otherHome },
      { stream: other, to: g.grid, seen: 100_000 },
    )
    expect(await problems(second, settled)).toEqual([null])
    expect(await at(g.grid, g.home.resident)).toMatchObject({
      removed: false,
      fields: { household: otherHome },
    })
    expect(await clashesOf(g.home.resident)).toMatchObject([{ stream: g.grid }])
  })
})

describe('a move that cannot be', () => {
  it('is refused whole', async () => {
    const { resident } = g.home
    const far = g.office.places.farGrid
    const head = await g.headOf(g.grid)
    expect(
      await problems(
        g.staff,
        patch(g.staff, 'resident', resident, { household: there.household }, { to: far }),
        patch(g.staff, 'resident', resident, { household: g.office.ids() }, { to: other }),
        patch(g.staff, 'resident', resident, { household: there.household }),
      ),
    ).toEqual(['stream-not-yours', 'reference-missing', 'reference-missing'])
    expect(
      await problems(g.worker, patch(g.worker, 'building', g.home.building, {}, { to: g.grid })),
    ).toEqual(['kind-not-yours'])
    expect(await g.headOf(g.grid)).toBe(head)
    expect(await at(other, resident)).toBeUndefined()
  })
})

it('old tombstones of a move are purged with all that went along', async () => {
  await moveHousehold()
  await purgeTombstones(g.office.db, g.office.clock.now() + 181 * dayMs)
  for (const id of [g.home.household, g.home.resident]) {
    expect(await at(g.grid, id)).toBeUndefined()
    expect(await at(other, id)).toMatchObject({ removed: false })
  }
})

it('many move to and fro at once: nobody is lost or doubled, and no two wait for each other', async () => {
  const homes: Home[] = []
  for (let more = 0; more < 12; more += 1) {
    homes.push(await settle(g.staff, g.staff, more % 2 ? g.grid : other, g.office.ids))
  }
  await Promise.all(
    homes.map(async (home, index) => {
      const device = await g.office.enter('staff')
      for (let round = 0; round < 6; round += 1) {
        const toOther = (round + index) % 2 === 0
        const target = toOther ? there : g.home
        const [from, to] = toOther ? [g.grid, other] : [other, g.grid]
        const fields = { household: target.household }
        await device.pushed([
          patch(device, 'resident', home.resident, fields, { stream: from, to, seen: 100_000 }),
        ])
      }
    }),
  )
  for (const { resident } of homes) {
    const rows = [await at(g.grid, resident), await at(other, resident)]
    expect(rows.filter((row) => row && !row.removed)).toHaveLength(1)
  }
})
