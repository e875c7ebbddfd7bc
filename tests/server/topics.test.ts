/**
 * Topics on the server: who may say what, what is counted across grids, and when a count is final.
 *
 * Holds `src/server/db/topics.ts`, `src/server/ledger/count-topic.ts`, `src/server/ledger/topics-behind.ts`,
 * `src/server/ledger/topics.ts` and `src/server/routes/topics.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Kind } from '#domain/record.ts'
import type { TopicTally } from '#protocol/topics.ts'
import { deviceHeader } from '#protocol/session.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, settle, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let admin: Device
let homes: readonly [Home, Home]
const minute = 60_000

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(async () => {
  // Devices of the tests before are waited for by nobody.
  await office.db
    .updateTable('device')
    .set({ revoked_at: new Date(0) })
    .execute()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  admin = await office.enter('admin')
  const { grid, otherGrid } = office.places
  homes = [
    await settle(staff, worker, grid, office.ids),
    await settle(staff, admin, otherGrid, office.ids),
  ]
})

const now = () => new Date(office.clock.now()).toISOString()
const say = async (
  device: Device,
  stream: string,
  kind: Kind,
  fields: object,
  id = office.ids(),
) => {
  const { receipts } = await device.pushed([
    device.create(stream, kind, id, { at: now(), ...fields }),
  ])
  return { id, receipt: receipts[0]! }
}
const rule = {
  key: 'fund-use',
  ground: '样例',
  takePart: { parts: 2, of: 3 },
  agree: { parts: 1, of: 2, beyond: true },
}

async function opened() {
  const { community } = office.places
  const parts = homes.map(({ building }) => ({ building }))
  const topic = await say(staff, community, 'topic', { title: '楼道灯', parts, rule })
  expect(topic.receipt).toMatchObject({ ok: true })
  const step = (name: string, more: object = {}) =>
    say(staff, community, 'topic-step', { topic: topic.id, step: name, ...more })
  expect((await step('ask', { openUntil: '2026-12-01' })).receipt).toMatchObject({ ok: true })
  const voice = (device: Device, index: 0 | 1, says: string, more: object = {}) => {
    const stream = index === 0 ? office.places.grid : office.places.otherGrid
    return say(device, stream, 'voice', {
      ...{ topic: topic.id, dwelling: homes[index].dwelling, says, how: 'door' },
      ...more,
    })
  }
  const tally = async (device = staff) => {
    const path = `/api/topics/${community}/${topic.id}`
    const response = await office.fetch(path, {
      headers: { ...device.headers, [deviceHeader]: device.id },
    })
    if (response.status !== 200) return (await response.json()) as never
    return (await response.json()) as TopicTally
  }
  return { topic: topic.id, step, voice, tally }
}

describe('a topic', () => {
  it('counts doors across grids, and each once', async () => {
    const { voice, tally } = await opened()
    expect((await tally()).tally).toMatchObject({ doors: 2, silent: 2 })
    await voice(worker, 0, 'yes')
    await voice(worker, 0, 'no')
    await voice(admin, 1, 'yes')
    const said = await tally(worker)
    expect(said.tally).toMatchObject({ doors: 2, yes: 1, no: 1, silent: 0 })
    expect(said.places).toMatchObject([{ tally: { doors: 1 } }, { tally: { doors: 1 } }])
    expect(said).toMatchObject({ isFinal: false, late: 0, finalBy: null })
  })

  it('is put by the office alone, and reaches every worker of its community', async () => {
    const { topic, tally } = await opened()
    const parts = [{ building: homes[0].building }]
    const title = { title: '样例', parts, rule }
    const own = office.places.grid
    expect((await say(worker, own, 'topic', title)).receipt).toMatchObject({
      problem: 'kind-not-yours',
    })
    expect((await say(worker, own, 'topic-step', { topic, step: 'close' })).receipt).toMatchObject({
      problem: 'kind-not-yours',
    })
    expect((await worker.pull()).records.get(topic)?.fields).toMatchObject({ title: '楼道灯' })
    const stranger = await office.enter('stranger')
    expect(await tally(stranger)).toMatchObject({ ok: false, problem: 'stream-not-yours' })
    const elsewhere = office.places.otherCommunity
    expect((await say(admin, elsewhere, 'topic', title)).receipt).toMatchObject({
      ...{ problem: 'invalid-fields', fields: [{ field: 'parts', problem: 'unknown-choice' }] },
    })
    expect(
      (await say(staff, office.places.community, 'topic', { ...title, parts: [] })).receipt,
    ).toMatchObject({
      problem: 'invalid-fields',
      fields: [{ field: 'parts', problem: 'required' }],
    })
  })

  it('is not changed once doors are asked, and says of a wrong step what is wrong', async () => {
    const { topic, step } = await opened()
    const { community } = office.places
    const { records } = await staff.pull()
    const held = records.get(topic)!
    const { receipts } = await staff.pushed([
      staff.patch({ ...held, stream: community }, { title: '别的' }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'not-allowed' }])
    expect((await step('ask')).receipt).toMatchObject({
      fields: [{ field: 'openUntil', problem: 'required' }],
    })
    const tally = { doors: 0, yes: 0, no: 0, abstain: 0, notMet: 0, silent: 0, paperWaiting: 0 }
    expect((await step('tally', { tally })).receipt).toMatchObject({ fields: [{ field: 'step' }] })
    expect((await step('decide', { outcome: 'project' })).receipt).toMatchObject({
      problem: 'not-allowed',
    })
    expect((await step('decide')).receipt).toMatchObject({
      fields: [{ field: 'outcome', problem: 'required' }],
    })
    expect((await step('decide', { outcome: 'dropped' })).receipt).toMatchObject({ ok: true })
  })

  it('names doors each in the building where it stands, also what the same push brings', async () => {
    const { community, grid } = office.places
    const [home, other] = homes
    const put = async (parts: readonly object[]) =>
      (await say(staff, community, 'topic', { title: '样例', parts, rule })).receipt
    expect(await put([{ building: home.building, dwelling: home.dwelling }])).toMatchObject({
      ok: true,
    })
    const odd = [other.dwelling, office.ids(), home.building]
    for (const dwellingOfPart of odd) {
      expect(await put([{ building: home.building, dwelling: dwellingOfPart }])).toMatchObject({
        ...{ problem: 'invalid-fields', fields: [{ field: 'parts', problem: 'unknown-choice' }] },
      })
    }
    const [house, door] = [office.ids(), office.ids()]
    const made = (parts: readonly object[]) => [
      staff.create(community, 'topic', office.ids(), { title: '样例', parts, rule, at: now() }),
    ]
    const { receipts } = await staff.pushed([
      staff.create(grid, 'building', house, building()),
      staff.create(grid, 'dwelling', door, dwelling(house)),
      ...made([{ building: house, dwelling: door }]),
      ...made([{ building: home.building, dwelling: door }]),
    ])
    expect(receipts.map(({ ok }) => ok)).toEqual([true, true, true, false])
  })

  it('takes no voice for a topic that is not there, nor one that is taken back', async () => {
    const { voice } = await opened()
    expect((await voice(worker, 0, 'yes', { topic: office.ids() })).receipt).toMatchObject({
      problem: 'reference-missing',
    })
    expect((await voice(worker, 0, 'not-met', { how: 'paper' })).receipt).toMatchObject({
      fields: [{ field: 'how', problem: 'unknown-choice' }],
    })
    const said = await voice(worker, 0, 'yes')
    const { receipts } = await worker.pushed([
      worker.mutation({ stream: office.places.grid, kind: 'voice', record: said.id, op: 'remove' }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'append-only' }])
  })
})

describe('a closed topic', () => {
  it('waits for late voices of before, and is final once every device has been heard', async () => {
    const { voice, step, tally } = await opened()
    await worker.pull()
    await voice(admin, 1, 'yes')
    const before = now()
    office.clock.at += minute
    await step('close')
    await office.server.runCalendar()
    expect(await tally()).toMatchObject({ isFinal: false, devicesAwaited: 1 })
    office.clock.at += 20 * minute
    // It was said before the cut and comes after it; what was said afterwards does not count.
    await voice(worker, 0, 'no', { at: before })
    expect((await tally()).tally).toMatchObject({ yes: 1, no: 1, silent: 0 })
    const after = await voice(worker, 0, 'yes')
    expect(await tally()).toMatchObject({
      tally: { yes: 1, no: 1 },
      late: 1,
      lateVoices: [after.id],
    })
    for (const device of [worker, staff, admin]) await device.pull()
    await office.server.runCalendar()
    expect(await tally()).toMatchObject({
      isFinal: true,
      devicesAwaited: 0,
      tally: { yes: 1, no: 1 },
    })
    expect((await step('decide', { outcome: 'answered' })).receipt).toMatchObject({ ok: true })
  })

  it('is final after three days, whoever was not heard; what comes later is kept and not counted', async () => {
    const { voice, step, tally, topic } = await opened()
    await worker.pull()
    const before = now()
    office.clock.at += minute
    await step('close')
    office.clock.at += 3 * dayMs - minute
    await office.server.runCalendar()
    expect((await tally()).isFinal).toBe(false)
    office.clock.at += minute
    await office.server.runCalendar()
    expect(await tally()).toMatchObject({ isFinal: true, tally: { doors: 2, silent: 2 } })
    office.clock.at += minute
    const late = await voice(worker, 0, 'yes', { at: before })
    expect(late.receipt).toMatchObject({ ok: true })
    expect(await tally()).toMatchObject({ tally: { silent: 2 }, late: 1, lateVoices: [late.id] })
    // A round later nothing is said twice.
    await office.server.runCalendar()
    const { records } = await worker.pull()
    const said = [...records.values()].filter(
      ({ kind, fields }) =>
        kind === 'topic-step' && fields?.['topic'] === topic && fields['step'] === 'tally',
    )
    expect(said.map(({ fields }) => fields?.['tally'])).toMatchObject([{ doors: 2, silent: 2 }])
    expect(
      await office.db.selectFrom('pass').select('good_at').where('name', '=', 'topics').execute(),
    ).toHaveLength(1)
  })

  it('says of a voice that came in the moment of the count, or waited for it, that it is late', async () => {
    const { voice, step, tally } = await opened()
    const before = now()
    await voice(admin, 1, 'yes')
    await step('close')
    office.clock.at += 3 * dayMs
    await office.server.runCalendar()
    const same = await voice(worker, 0, 'yes', { at: before })
    // As the push of somebody whom the count kept waiting says when it came.
    office.clock.at -= minute
    const waited = await voice(worker, 0, 'no', { at: before })
    office.clock.at += minute
    const said = await tally()
    expect(said).toMatchObject({ isFinal: true, tally: { yes: 1, silent: 1 }, late: 2 })
    expect([...said.lateVoices].sort()).toEqual([same.id, waited.id].sort())
    // Where its building goes to another grid it stays so, and what was counted stays counted.
    const { grid, otherGrid } = office.places
    for (const [index, from, to] of [
      [0, grid, otherGrid],
      [1, otherGrid, grid],
    ] as const) {
      const held = (await staff.pull()).records.get(homes[index].building)!
      const { receipts } = await staff.pushed([
        staff.mutation({
          ...{ stream: from, to, kind: 'building', record: homes[index].building },
          ...{ op: 'patch', fields: {}, seen: held.version },
        }),
      ])
      expect(receipts).toMatchObject([{ ok: true }])
    }
    const moved = await tally()
    expect(moved).toMatchObject({ tally: { yes: 1, silent: 1 }, late: 2 })
    expect([...moved.lateVoices].sort()).toEqual([same.id, waited.id].sort())
  })

  it('keeps its count where a building goes to another grid while it is open', async () => {
    const { voice, tally, step } = await opened()
    const { grid, otherGrid } = office.places
    await voice(worker, 0, 'yes')
    const [home] = homes
    const held = (await staff.pull()).records.get(home.building)!
    const { receipts } = await staff.pushed([
      staff.mutation({
        ...{ stream: grid, to: otherGrid, kind: 'building', record: home.building },
        ...{ op: 'patch', fields: {}, seen: held.version },
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    // Whoever has not heard of it says it where the door was.
    const added = office.ids()
    await voice(staff, 0, 'no')
    expect((await tally()).tally).toMatchObject({ doors: 2, no: 1, yes: 0, silent: 1 })
    await staff.pushed([
      staff.create(otherGrid, 'dwelling', added, dwelling(home.building, { room: '302' })),
    ])
    expect((await tally()).tally).toMatchObject({ doors: 3, no: 1, silent: 2 })
    await step('close')
    office.clock.at += 3 * dayMs
    await office.server.runCalendar()
    // A door that is added later is not in a count that was final.
    await staff.pushed([
      staff.create(otherGrid, 'dwelling', office.ids(), dwelling(home.building, { room: '303' })),
    ])
    expect((await tally()).tally).toMatchObject({ doors: 3, no: 1, silent: 2 })
  })
})

describe('nobody', () => {
  it('moves the cut behind a voice that was counted, by another closing or an earlier moment', async () => {
    const { voice, step, tally } = await opened()
    const early = now()
    office.clock.at += minute
    await voice(admin, 1, 'no')
    office.clock.at += minute
    await voice(worker, 0, 'yes')
    office.clock.at += minute
    await step('close', { at: early })
    await step('close', { at: early })
    expect(await tally()).toMatchObject({ tally: { yes: 1, no: 1, silent: 0 }, late: 0 })
    office.clock.at += 3 * dayMs
    await office.server.runCalendar()
    const [home] = homes
    await staff.pushed([
      staff.create(
        office.places.grid,
        'dwelling',
        office.ids(),
        dwelling(home.building, { room: '309' }),
      ),
    ])
    const final = await tally()
    expect(final).toMatchObject({ isFinal: true, tally: { doors: 2, yes: 1, no: 1 } })
    // The places stay what they were when it was counted.
    expect(final.places.map((one) => one.tally.doors)).toEqual([1, 1])
  })

  it('closes what no door was asked', async () => {
    const { community } = office.places
    const parts = [{ building: homes[0].building }]
    const topic = await say(staff, community, 'topic', { title: '样例', parts, rule })
    const closing = await say(staff, community, 'topic-step', { topic: topic.id, step: 'close' })
    expect(closing.receipt).toMatchObject({ problem: 'not-allowed' })
  })

  it('loses a voice because its grid went to another community', async () => {
    const { voice, tally } = await opened()
    const { grid, community, otherCommunity } = office.places
    await worker.pull()
    const assign = (parent: string) =>
      office.db.updateTable('place').set({ parent }).where('id', '=', grid).execute()
    await assign(otherCommunity)
    const said = await voice(worker, 0, 'yes')
    await assign(community)
    expect(said.receipt).toMatchObject({ ok: true })
    expect((await tally()).tally).toMatchObject({ yes: 1 })
  })
})

// Last: its many topics wait through every round after it.
describe('among many', () => {
  it('is counted in its time, however many that were closed before it by their ids still wait', async () => {
    const { community } = office.places
    const parts = [{ building: homes[0].building }]
    const first = Array.from({ length: 201 }, () => office.ids())
    const steps = (topics: readonly string[], step: string) =>
      topics.map((topic) =>
        staff.create(community, 'topic-step', office.ids(), {
          ...{ topic, step, openUntil: '2026-12-01', at: now() },
        }),
      )
    for (let from = 0; from < first.length; from += 67) {
      const some = first.slice(from, from + 67)
      const made = some.map((id) =>
        staff.create(community, 'topic', id, { title: '样例', parts, rule, at: now() }),
      )
      await staff.pushed([...made, ...steps(some, 'ask')])
    }
    const { step, tally } = await opened()
    await worker.pull()
    await step('close')
    office.clock.at += 3 * dayMs
    for (let from = 0; from < first.length; from += 67) {
      await staff.pushed(steps(first.slice(from, from + 67), 'close'))
    }
    await office.server.runCalendar()
    expect(await tally()).toMatchObject({ isFinal: true })
    const { count } = await office.db
      .selectFrom('record')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('kind', '=', 'topic-step')
      .where('parent', 'in', first)
      .executeTakeFirstOrThrow()
    // Asked and closed, none of them counted.
    expect(Number(count)).toBe(2 * first.length)
  })
})
