/**
 * Topics on the server: who may say what, and what is counted across grids.
 *
 * Holds `src/server/ledger/topics-behind.ts`, `src/server/ledger/topics.ts` and `src/server/routes/topics.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Device } from './office.ts'
import { building, dwelling } from './sample.ts'
import { openTopicDesk, rule, type TopicDesk } from './topic-desk.ts'

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
