/** Grids that are split and merged: everything goes along, nobody's late work is lost, the tallies stay true. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { moveBuildings } from '#server/acts/grids.ts'
import { loadRecords } from '#server/db/records.ts'
import { dayMs, type Device, type Office } from '../office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from '../sample.ts'
import { openDesk, tallied, type Desk } from './desk.ts'

let desk: Desk
let office: Office
let admin: Device
let staff: Device
let worker: Device
let old: string
let fresh: string
let home: Home
let second: Home

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
})
afterAll(() => office.close())
beforeEach(async () => {
  office.clock.at += dayMs
  admin = await office.enter('admin')
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  old = office.places.grid
  home = await settle(staff, worker, old, office.ids)
  second = await settle(staff, worker, old, office.ids)
  fresh = await desk.addGrid(staff)
  await worker.pull()
})

const at = async (stream: string, id: string) => (await loadRecords(office.db, [stream], [id]))[0]
const idsOf = (one: Home) => [one.building, one.dwelling, one.household, one.resident]
const isoNow = () => new Date(office.clock.now()).toISOString()
const split = (buildings = [home.building], by = staff) =>
  desk.journey(by, 'places/move', { from: old, to: fresh, buildings })
const problems = async (device: Device, ...mutations: readonly unknown[]) =>
  (await device.pushed(mutations)).receipts.map((receipt) => (receipt.ok ? null : receipt.problem))
const create = (device: Device, kind: Kind, record: string, fields: Mutation['fields']) =>
  device.create(old, kind, record, fields)
const patch = (device: Device, kind: Kind, record: string, fields: Mutation['fields']) =>
  device.mutation({ stream: old, kind, record, op: 'patch', fields, seen: 100_000 })
const truly = async (stream: string) => {
  const tallies = await tallied(office, stream)
  expect(tallies.said).toEqual(tallies.counted)
  expect(tallies.subjects).toBe(tallies.living)
  return tallies.living
}

describe('buildings that go to another grid', () => {
  it('take everything along; each device gets what is its own; the tallies are true', async () => {
    const call = office.ids()
    await worker.pushed([
      create(worker, 'visit', call, visit(home.household, isoNow())),
      patch(worker, 'resident', home.resident, { birth: '1930-05-06' }),
    ])
    const cursors = (await worker.pull()).cursors
    const before = await truly(old)
    expect(await split()).toEqual([
      { type: 'progress', done: 1, total: 1 },
      { type: 'end', moved: 1, left: 0 },
    ])
    for (const id of [...idsOf(home), call]) {
      expect(await at(old, id)).toMatchObject({ removed: true, movedTo: fresh })
      expect(await at(fresh, id)).toMatchObject({ removed: false, moves: 1 })
    }
    for (const id of idsOf(second)) {
      expect(await at(old, id)).toMatchObject({ removed: false })
      expect(await at(fresh, id)).toBeUndefined()
    }
    expect(await truly(old)).toBe(before - 3)
    expect(await truly(fresh)).toBe(3)
    const pull = await worker.pull(cursors)
    expect(pull.records.get(home.resident)).toMatchObject({ stream: old, removed: true })
    expect(pull.scope.streams.map(({ id }) => id)).not.toContain(fresh)
    expect((await staff.pull()).records.get(home.resident)).toMatchObject({ stream: fresh })
  })

  it('are on record, with each who worked there known by name in the new grid', async () => {
    await split()
    const acts = await office.db
      .selectFrom('act')
      .selectAll()
      .where('act', '=', 'buildings-moved')
      .orderBy('at', 'desc')
      .limit(1)
      .execute()
    expect(acts).toMatchObject([
      { account: staff.account, subject: old, details: { to: fresh, buildings: [home.building] } },
    ])
    expect(await at(fresh, worker.account)).toMatchObject({
      kind: 'account',
      fields: { name: 'worker' },
    })
    const changes = await office.db
      .selectFrom('change')
      .select('op')
      .where('batch', '=', acts[0]?.id ?? '')
      .where('kind', '=', 'building')
      .execute()
    expect(changes.map(({ op }) => op).sort()).toEqual(['leave', 'patch'])
  })

  it('go once, however often it is asked for, and the rest goes on after an interruption', async () => {
    const act = office.ids()
    const both = [home.building, second.building]
    const body = { from: old, to: fresh, buildings: both }
    const stop = new AbortController()
    const acting = {
      ...{ id: act, device: staff.id, now: office.clock.now(), ids: office.ids },
      account: { id: staff.account, role: 'staff' as const },
    }
    const going = { clock: office.clock, onMoved: () => stop.abort(), signal: stop.signal }
    const steps = moveBuildings(office.own, acting, body, both, going)
    expect(await steps.next()).toMatchObject({ done: false })
    expect(await steps.next()).toMatchObject({ done: true })
    expect(await desk.journey(staff, 'places/move', body, act)).toContainEqual({
      type: 'end',
      moved: 1,
      left: 0,
    })
    expect(await desk.journey(staff, 'places/move', body, act)).toContainEqual({
      type: 'end',
      moved: 0,
      left: 0,
    })
    expect(await at(fresh, second.resident)).toMatchObject({ moves: 1 })
    const acts = await office.db.selectFrom('act').select('id').where('id', '=', act).execute()
    expect(acts).toHaveLength(1)
  })

  it('go back as they were', async () => {
    await split()
    const back = { from: fresh, to: old, buildings: [home.building] }
    expect(await desk.journey(staff, 'places/move', back)).toContainEqual({
      type: 'end',
      moved: 1,
      left: 0,
    })
    expect(await at(old, home.resident)).toMatchObject({ removed: false, moves: 2 })
    expect(await truly(fresh)).toBe(0)
    await truly(old)
  })

  it.each([
    ['worker', 'not-allowed'],
    ['handler', 'not-allowed'],
    ['auditor', 'not-allowed'],
  ])('are not a %s’s to move', async (login, problem) => {
    expect(await split([home.building], await office.enter(login))).toBe(problem)
    expect(
      await desk.journey(await office.enter(login), 'places/merge', { from: old, to: fresh }),
    ).toBe(problem)
  })

  it('go nowhere that is not the actor’s, not open or no grid, and nothing comes of bad words', async () => {
    const { farGrid, community, otherGrid } = office.places
    const move = (more: object) =>
      desk.journey(staff, 'places/move', {
        from: old,
        to: fresh,
        buildings: [home.building],
        ...more,
      })
    expect(await move({ to: farGrid })).toBe('not-found')
    expect(await move({ from: farGrid })).toBe('not-found')
    expect(await move({ to: old })).toBe('not-allowed')
    expect(await move({ to: community })).toBe('not-allowed')
    expect(await move({ buildings: [] })).toBe('malformed')
    expect(await move({ buildings: ['x'] })).toBe('malformed')
    expect(await move({ buildings: [home.dwelling, office.ids()] })).toContainEqual({
      type: 'end',
      moved: 0,
      left: 0,
    })
    expect(await desk.act(staff, 'places/close', { place: fresh })).toBe(null)
    expect(await move({})).toBe('place-closed')
    expect(await at(old, home.building)).toMatchObject({ removed: false })
    expect(await at(otherGrid, home.building)).toBeUndefined()
  })
})

describe('work that was recorded in the old grid and comes late', () => {
  it('is applied in the new one, also of a worker who does not look after it', async () => {
    await split()
    const call = office.ids()
    const child = office.ids()
    office.clock.at += 3_600_000
    expect(
      await problems(
        worker,
        patch(worker, 'resident', home.resident, { note: 'late' }),
        create(worker, 'visit', call, visit(home.household, isoNow())),
        create(worker, 'resident', child, resident(home.household, { name: '样例乙' })),
        create(worker, 'reveal', office.ids(), {
          subject: home.resident,
          field: 'documentNumber',
          purpose: 'verify',
          at: isoNow(),
        }),
      ),
    ).toEqual([null, null, null, null])
    expect((await at(fresh, home.resident))?.fields['note']).toBe('late')
    for (const id of [call, child]) expect(await at(fresh, id)).toMatchObject({ removed: false })
    const reveals = await office.db
      .selectFrom('record')
      .select('stream')
      .where('kind', '=', 'reveal')
      .where('by', '=', worker.account)
      .execute()
    expect(reveals).toContainEqual({ stream: fresh })
    await truly(old)
    await truly(fresh)
  })

  it('builds on itself: a room, a household in it, and who lives there, in one push or in several', async () => {
    await split()
    const made = async (pushes: (all: readonly Mutation[]) => Mutation[][]) => {
      const ids = { dwelling: office.ids(), household: office.ids(), resident: office.ids() }
      const all = [
        create(worker, 'dwelling', ids.dwelling, dwelling(home.building, { room: '402' })),
        create(worker, 'household', ids.household, household(ids.dwelling)),
        create(worker, 'resident', ids.resident, resident(ids.household)),
        patch(worker, 'resident', ids.resident, { note: 'and more' }),
      ]
      for (const push of pushes(all)) {
        expect(await problems(worker, ...push)).toEqual(push.map(() => null))
      }
      for (const id of Object.values(ids)) {
        expect(await at(fresh, id)).toMatchObject({ removed: false })
      }
      expect((await at(fresh, ids.resident))?.fields['note']).toBe('and more')
    }
    await made((all) => [[...all]])
    await made((all) => all.map((one) => [one]))
    const batch = office.ids()
    await made((all) => [all.map((one) => ({ ...one, batch, batchSize: all.length }))])
    await truly(fresh)
    await truly(old)
    const { cursors } = await worker.pull()
    expect(Object.keys(cursors)).toContain(old)
  })

  it('that moves somebody between what stayed and what went puts them where they were put', async () => {
    await split()
    const late = (record: string, to: string) =>
      patch(worker, 'resident', record, { household: to })
    // From a house that went to one that stayed, and the other way round.
    expect(
      await problems(
        worker,
        late(home.resident, second.household),
        late(second.resident, home.household),
      ),
    ).toEqual([null, null])
    expect(await at(old, home.resident)).toMatchObject({
      removed: false,
      fields: { household: second.household },
    })
    expect(await at(fresh, second.resident)).toMatchObject({
      removed: false,
      fields: { household: home.household },
    })
    // A household goes with everybody in it, also where its author knew of one grid only.
    const door = patch(worker, 'household', home.household, { dwelling: second.dwelling })
    expect(await problems(worker, door)).toEqual([null])
    for (const id of [home.household, second.resident]) {
      expect(await at(old, id)).toMatchObject({ removed: false })
      expect(await at(fresh, id)).toMatchObject({ removed: true, movedTo: old })
    }
    await truly(old)
    await truly(fresh)
  })

  it('clashes with what was set meanwhile, and both values are kept in the new grid', async () => {
    const seen = (await at(old, home.resident))?.version ?? 0
    await split()
    await staff.pushed([
      staff.mutation({
        stream: fresh,
        kind: 'resident',
        record: home.resident,
        op: 'patch',
        fields: { note: 'theirs' },
        seen: 100_000,
      }),
    ])
    office.clock.at += 60_000
    expect(
      await problems(worker, {
        ...patch(worker, 'resident', home.resident, { note: 'mine' }),
        seen,
      }),
    ).toEqual([null])
    const clashes = await office.db
      .selectFrom('record')
      .select(['stream', 'fields'])
      .where('kind', '=', 'clash')
      .where('removed', '=', false)
      .execute()
    expect(clashes.filter(({ fields }) => fields['record'] === home.resident)).toMatchObject([
      { stream: fresh, fields: { kept: { value: 'mine' }, lost: { value: 'theirs' } } },
    ])
  })

  it('is not taken any more once the device was told, and says where it went', async () => {
    await split()
    office.clock.at += 3_600_000
    await worker.pull()
    office.clock.at += 3_600_000
    const tablet = await office.enter('worker')
    const note = patch(worker, 'resident', home.resident, { note: 'too late' })
    expect(await problems(worker, note)).toEqual(['record-elsewhere'])
    // What had been recorded before is, however often it was held up.
    const before = {
      ...patch(tablet, 'resident', home.resident, { note: 'held up' }),
      at: new Date(office.clock.now() - 3 * 3_600_000).toISOString(),
    }
    expect(await problems(tablet, before)).toEqual([null])
    const stranger = await office.enter('stranger')
    expect(
      await problems(stranger, patch(stranger, 'resident', home.resident, { note: 'x' })),
    ).toEqual(['stream-not-yours'])
  })

  it('is not taken after half a year: nobody could be led there any more', async () => {
    await split()
    office.clock.at += 181 * dayMs
    await office.db
      .updateTable('session')
      .set({ expires_at: new Date(office.clock.at + dayMs) })
      .where('device', '=', worker.id)
      .execute()
    await office.db
      .updateTable('session_pass')
      .set({ expires_at: new Date(office.clock.at + dayMs) })
      .execute()
    const note = patch(worker, 'resident', home.resident, { note: 'too late' })
    const [problem] = await problems(worker, note)
    expect(problem).toBe('record-elsewhere' satisfies Problem)
    office.clock.at -= 181 * dayMs
  })
})

describe('a grid that is merged into another', () => {
  const merge = (from: string, to: string, by = staff, act?: string) =>
    desk.journey(by, 'places/merge', { from, to }, act)

  it('gives its buildings and its people, closes, and leads on what still comes for it', async () => {
    const third = await desk.addGrid(staff)
    const account = office.accounts['colleague']?.id ?? ''
    const given = { account, name: 'colleague', role: 'worker', places: [fresh] }
    expect(await desk.act(staff, 'people/change', given)).toBe(null)
    const colleague = await office.enter('colleague')
    const theirs = await settle(staff, colleague, fresh, office.ids)
    await colleague.pull()
    const act = office.ids()
    expect(await merge(fresh, third, staff, act)).toEqual([
      { type: 'progress', done: 1, total: 1 },
      { type: 'end', moved: 1, left: 0 },
    ])
    expect((await merge(fresh, third, staff, act)).at(-1)).toEqual({
      type: 'end',
      moved: 0,
      left: 0,
    })
    expect(await at(fresh, fresh)).toMatchObject({ fields: { closed: true } })
    expect(await truly(third)).toBe(3)
    expect(await truly(fresh)).toBe(0)
    // Made where it was, by people who did not know.
    const call = office.ids()
    const house = office.ids()
    expect(
      await problems(
        colleague,
        colleague.create(fresh, 'visit', call, visit(theirs.household, isoNow())),
      ),
    ).toEqual([null])
    expect(
      await problems(staff, staff.create(fresh, 'building', house, building({ name: '4幢' }))),
    ).toEqual([null])
    for (const id of [call, house]) expect(await at(third, id)).toMatchObject({ removed: false })
    const scope = (await colleague.pull()).scope.streams.map(({ id }) => id)
    expect(scope).toContain(third)
    expect(scope).not.toContain(fresh)
    const back = { ...given, places: [old] }
    expect(await desk.act(staff, 'people/change', back)).toBe(null)
  })

  it('gives the accounts of stairwells that are of no building, with all that stands in them', async () => {
    const third = await desk.addGrid(staff)
    const [fund, entry, check] = [office.ids(), office.ids(), office.ids()]
    const on = '2026-11-20'
    const given = { fund, entryKind: 'received', cents: 5_000, on, giver: '三楼一户' }
    const made = [
      staff.create(fresh, 'fund', fund, { name: '路灯', where: '三弄', openedOn: on }),
      staff.create(fresh, 'fund-entry', entry, given),
    ]
    expect(await problems(staff, ...made)).toEqual([null, null])
    const agreed = admin.create(fresh, 'fund-check', check, { entry, says: 'agree' })
    expect(await problems(admin, agreed)).toEqual([null])
    await merge(fresh, third)
    for (const id of [fund, entry, check]) {
      expect(await at(third, id)).toMatchObject({ removed: false, moves: 1 })
      expect(await at(fresh, id)).toMatchObject({ removed: true, movedTo: third })
    }
    // Entered where it was, by somebody who did not know.
    const late = office.ids()
    expect(await problems(staff, staff.create(fresh, 'fund-entry', late, given))).toEqual([null])
    expect(await at(third, late)).toMatchObject({ removed: false })
  })

  it('and that one into a third: late work finds its way over both', async () => {
    const [third, fourth] = [await desk.addGrid(staff), await desk.addGrid(staff)]
    await split([home.building])
    expect((await merge(fresh, third)).at(-1)).toMatchObject({ moved: 1 })
    expect((await merge(third, fourth)).at(-1)).toMatchObject({ moved: 1 })
    const note = patch(worker, 'resident', home.resident, { note: 'far' })
    expect(await problems(worker, note)).toEqual([null])
    expect(await at(fourth, home.resident)).toMatchObject({ moves: 3, fields: { note: 'far' } })
    const house = office.ids()
    expect(await problems(staff, staff.create(fresh, 'building', house, building()))).toEqual([
      null,
    ])
    expect(await at(fourth, house)).toMatchObject({ removed: false })
    expect(await merge(fresh, third)).toBe('place-closed')
  })
})

it('pushes go on while a grid is split and merged again: nothing is lost, doubled or stuck', async () => {
  const homes: Home[] = [home, second]
  for (let more = 0; more < 3; more += 1) {
    homes.push(await settle(staff, worker, old, office.ids, { name: `样例${more}` }))
  }
  const buildings = homes.map((one) => one.building)
  const writers = await Promise.all(
    ['worker', 'worker', 'colleague', 'staff'].map((login) => office.enter(login)),
  )
  for (const writer of writers) await writer.pull()
  let going = true
  const sent: Mutation[] = []
  const refused: unknown[] = []
  const write = async (device: Device, index: number) => {
    for (let round = 0; going || round < 3; round += 1) {
      office.clock.at += 7
      const one = homes[(round + index) % homes.length] as Home
      const work = [
        device.create(old, 'visit', office.ids(), visit(one.household, isoNow())),
        patch(device, 'resident', one.resident, { note: `${index} ${round}` }),
      ]
      const { receipts } = await device.pushed(work)
      sent.push(...work)
      refused.push(...receipts.filter((receipt) => !receipt.ok))
    }
  }
  const writing = Promise.all(writers.map(write))
  const there = { from: old, to: fresh, buildings }
  const back = { from: fresh, to: old, buildings: buildings.slice(2) }
  expect((await desk.journey(staff, 'places/move', there)).at(-1)).toMatchObject({ left: 0 })
  expect((await desk.journey(admin, 'places/move', back)).at(-1)).toMatchObject({ left: 0 })
  const last = await desk.journey(staff, 'places/merge', {
    from: fresh,
    to: office.places.otherGrid,
  })
  expect(last.at(-1)).toMatchObject({ type: 'end', left: 0 })
  going = false
  await writing
  expect(refused).toEqual([])
  const applied = await office.db.selectFrom('change').select(['id', 'stream']).execute()
  const known = new Set(applied.map(({ id }) => id))
  expect(sent.filter(({ id }) => !known.has(id))).toEqual([])
  for (const { record, kind } of sent) {
    const rows = await office.db
      .selectFrom('record')
      .select('stream')
      .where('id', '=', record)
      .where('kind', '=', kind)
      .where('removed', '=', false)
      .execute()
    expect(rows).toHaveLength(1)
  }
  for (const stream of [old, fresh, office.places.otherGrid]) await truly(stream)
}, 120_000)
