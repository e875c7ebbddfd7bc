/**
 * A closed topic: when its count is final, what is in it and what came late, and that nobody moves it afterwards.
 *
 * Holds `src/server/db/topics.ts` and `src/server/ledger/count-topic.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dayMs, type Device } from './office.ts'
import { dwelling } from './sample.ts'
import { minute, openTopicDesk, rule, type TopicDesk } from './topic-desk.ts'

let desk: TopicDesk
let office: TopicDesk['office']
let staff: Device
let worker: Device
let admin: Device
let homes: Awaited<ReturnType<TopicDesk['begin']>>['homes']

beforeAll(async () => {
  desk = await openTopicDesk()
  ;({ office } = desk)
})
afterAll(() => office.close())
beforeEach(async () => {
  ;({ staff, worker, admin, homes } = await desk.begin())
})

const now = () => desk.now()
const opened = () => desk.opened({ staff, homes })
const say = (...said: Parameters<TopicDesk['say']>) => desk.say(...said)

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

  it('waits for the phones of a grid that went to another community, and for no gate', async () => {
    const { voice, step, tally } = await opened()
    const { grid, community, otherCommunity } = office.places
    await worker.pull()
    const before = now()
    office.clock.at += minute
    const assign = (parent: string) =>
      office.db.updateTable('place').set({ parent }).where('id', '=', grid).execute()
    await assign(otherCommunity)
    try {
      await step('close')
      office.clock.at += minute
      for (const device of [staff, admin]) await device.pull()
      await office.server.runCalendar()
      expect(await tally()).toMatchObject({ isFinal: false, devicesAwaited: 1 })
      await voice(worker, 0, 'yes', { at: before })
      await office.db
        .updateTable('account')
        .set({ role: 'gate' })
        .where('id', '=', office.accounts['worker']!.id)
        .execute()
      expect(await tally()).toMatchObject({ devicesAwaited: 0, tally: { yes: 1 } })
    } finally {
      await assign(community)
      await office.db
        .updateTable('account')
        .set({ role: 'worker' })
        .where('id', '=', office.accounts['worker']!.id)
        .execute()
    }
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
