/**
 * Arrivals and departures: claims that change nothing until they are answered, and are answered once.
 * Holds `src/server/ledger/declarations.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident, settle, type Home } from './sample.ts'

let office: Office
let home: Home
let worker: Device
let colleague: Device
let staff: Device
beforeAll(async () => {
  office = await openOffice()
  worker = await office.enter('worker')
  colleague = await office.enter('colleague')
  staff = await office.enter('staff')
})
afterAll(() => office.close())
// A door of its own: who is called alike behind one is asked about.
beforeEach(async () => {
  home = await settle(staff, worker, office.places.grid, office.ids)
})

const day = '2026-11-23'
const arrival = (inDwelling: string, more = {}) => ({
  ...{ dwelling: inDwelling, speaker: 'landlord', name: '样例租', count: 2, from: day },
  ...more,
})

async function claimed(more = {}): Promise<string> {
  const id = office.ids()
  const { grid } = office.places
  const { receipts } = await worker.pushed([
    worker.create(grid, 'arrival', id, arrival(home.dwelling, more)),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  return id
}

/** As a device confirms: the answer first, then whom it makes. */
function confirmation(device: Device, claim: string, stream = office.places.grid) {
  const made = { batch: office.ids(), batchSize: 3 }
  const [home2, person] = [office.ids(), office.ids()]
  const make = (
    kind: 'declaration-answer' | 'household' | 'resident',
    id: string,
    fields: object,
  ) => device.mutation({ stream, kind, record: id, fields: { ...fields }, ...made })
  const answer = { declaration: claim, outcome: 'confirmed', residents: [person], on: day }
  return [
    make('declaration-answer', office.ids(), answer),
    make('household', home2, household(home.dwelling)),
    make('resident', person, resident(home2, { name: '样例租' })),
  ]
}

async function peopleNamed(name: string): Promise<number> {
  const rows = await office.db
    .selectFrom('record')
    .select('fields')
    .where('kind', '=', 'resident')
    .where('removed', '=', false)
    .execute()
  return rows.filter(({ fields }) => fields['name'] === name).length
}

describe('a claim', () => {
  it('comes from whoever is at the door and needs no number, but a name, a day and a door', async () => {
    const { grid } = office.places
    const wrong = [
      arrival(home.dwelling, { name: ' ' }),
      arrival(home.dwelling, { count: 0 }),
      arrival(home.dwelling, { from: '2026-02-30' }),
      arrival(home.dwelling, { until: '2026-11-22' }),
      arrival(home.dwelling, { speaker: 'neighbour' }),
      arrival(home.dwelling, { telephone: '没有' }),
    ]
    for (const fields of wrong) {
      const { receipts } = await worker.pushed([
        worker.create(grid, 'arrival', office.ids(), fields),
      ])
      expect(receipts).toMatchObject([{ ok: false, problem: 'invalid-fields' }])
    }
    const { receipts } = await worker.pushed([
      worker.create(grid, 'arrival', office.ids(), arrival(office.ids())),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'reference-missing' }])
    const handler = await office.enter('handler')
    const denied = await handler.pushed([
      handler.create(grid, 'arrival', office.ids(), arrival(home.dwelling)),
    ])
    expect(denied.receipts).toMatchObject([{ ok: false }])
    const id = await claimed()
    expect((await colleague.pull()).records.get(id)?.fields).toMatchObject({ count: 2 })
  })

  it('is closed as not so with a reason, and never without one', async () => {
    const { grid } = office.places
    const claim = await claimed()
    const answer = (more: object) =>
      staff.pushed([
        staff.create(grid, 'declaration-answer', office.ids(), {
          ...{ declaration: claim, outcome: 'not-so', on: day },
          ...more,
        }),
      ])
    expect((await answer({})).receipts).toMatchObject([
      { ok: false, problem: 'invalid-fields', fields: [{ field: 'reason' }] },
    ])
    expect((await answer({ reason: 'other' })).receipts).toMatchObject([
      { ok: false, problem: 'invalid-fields', fields: [{ field: 'words' }] },
    ])
    expect((await answer({ reason: 'wrong-door' })).receipts).toMatchObject([{ ok: true }])
    expect((await answer({ reason: 'wrong-door' })).receipts).toMatchObject([
      { ok: false, problem: 'answered-already' },
    ])
  })
})

describe('an answer', () => {
  it('makes its people once, whichever of two phones comes first, and however often each sends', async () => {
    const claim = await claimed({ name: '样例租' })
    const before = await peopleNamed('样例租')
    const mine = confirmation(worker, claim)
    const other = confirmation(colleague, claim)
    expect((await worker.pushed(mine)).receipts.every(({ ok }) => ok)).toBe(true)
    expect((await colleague.pushed(other)).receipts).toMatchObject([
      { ok: false, problem: 'answered-already' },
      { ok: false, problem: 'batch-refused' },
      { ok: false, problem: 'batch-refused' },
    ])
    // The same push once more, and the same batch under new numbers.
    expect((await worker.pushed(mine)).receipts.every(({ ok }) => ok)).toBe(true)
    await colleague.pushed(confirmation(colleague, claim))
    expect((await peopleNamed('样例租')) - before).toBe(1)
  })

  it('makes nobody who may live there already by another claim, but for a worker who looked', async () => {
    const { grid } = office.places
    const named = async (name: string, telephone: string, made: object, besides?: string[]) => {
      const claim = await claimed({ name, telephone })
      const [answer, ...more] = confirmation(colleague, claim)
      const person = more[1]
      if (!answer || !person) throw new Error('nothing to confirm')
      const fields = { ...answer.fields, ...(besides ? { besides } : {}) }
      const { receipts } = await colleague.pushed([
        { ...answer, fields },
        ...more.slice(0, 1),
        { ...person, fields: { ...person.fields, ...made } },
      ])
      return { receipts, person: person.record }
    }
    const people = () => peopleNamed('样例双')
    const refused = [
      { ok: false, problem: 'person-there-already' },
      { ok: false, problem: 'batch-refused' },
      { ok: false, problem: 'batch-refused' },
    ]
    const number = ['100-0000-0771']
    const first = await named('样例双', '100-0000-0771', { name: '样例双', phones: number })
    expect(first.receipts.every(({ ok }) => ok)).toBe(true)
    // The landlord says the name, the person another form of it with the same telephone.
    const again = await named('样例双', '100-0000-0772', { name: ' 样例双 ' })
    expect(again.receipts).toMatchObject(refused)
    const byPhone = await named('样例双双', '100-0000-0771', { name: '样例双双', phones: number })
    expect(byPhone.receipts).toMatchObject(refused)
    expect(await people()).toBe(1)
    const other = await named('样例双', '100-0000-0773', { name: '样例双' }, [first.person])
    expect(other.receipts.every(({ ok }) => ok)).toBe(true)
    // Two live there now, and one of them was looked at.
    const third = await named('样例双', '100-0000-0774', { name: '样例双' }, [first.person])
    expect(third.receipts).toMatchObject(refused)
    expect(await people()).toBe(2)
    // Nobody of that name is left: a claim of the name makes somebody as before.
    await worker.pushed(
      [first.person, other.person].map((record) =>
        worker.mutation({
          ...{ stream: grid, kind: 'resident', record, op: 'patch' },
          ...{ fields: { movedOutOn: day }, seen: Number.MAX_SAFE_INTEGER },
        }),
      ),
    )
    const later = await named('样例双', '100-0000-0775', { name: '样例双' })
    expect(later.receipts.every(({ ok }) => ok)).toBe(true)
  })

  it('is one within a push, too', async () => {
    const claim = await claimed()
    const before = await peopleNamed('样例租')
    const twice = [...confirmation(worker, claim), ...confirmation(worker, claim)]
    const { receipts } = await worker.pushed(twice)
    expect(receipts.map(({ ok }) => ok)).toEqual([true, true, true, false, false, false])
    expect((await peopleNamed('样例租')) - before).toBe(1)
  })

  it('finds its claim behind a door that went to another grid, and is one there as well', async () => {
    const { grid, otherGrid } = office.places
    const moved = { building: office.ids(), dwelling: office.ids() }
    await staff.pushed([
      staff.create(grid, 'building', moved.building, building({ name: '9幢' })),
      staff.create(grid, 'dwelling', moved.dwelling, dwelling(moved.building)),
    ])
    const claim = office.ids()
    await worker.pushed([worker.create(grid, 'arrival', claim, arrival(moved.dwelling))])
    const answer = (device: Device, stream: string) =>
      device.pushed([
        device.create(stream, 'declaration-answer', office.ids(), {
          ...{ declaration: claim, outcome: 'not-so', reason: 'said-twice', on: day },
        }),
      ])
    const { receipts } = await staff.pushed([
      staff.mutation({
        ...{ stream: grid, kind: 'building', record: moved.building, op: 'patch', to: otherGrid },
        seen: Number.MAX_SAFE_INTEGER,
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    expect((await answer(staff, grid)).receipts).toMatchObject([{ ok: true }])
    expect((await answer(staff, otherGrid)).receipts).toMatchObject([
      { ok: false, problem: 'answered-already' },
    ])
  })

  it('is not taken back without those whom it made: the claim would make them once more', async () => {
    const { grid } = office.places
    const claim = await claimed()
    const before = await peopleNamed('样例租')
    const mine = confirmation(worker, claim)
    await worker.pushed(mine)
    const { receipts } = await worker.pushed([
      worker.mutation({
        ...{ stream: grid, kind: 'declaration-answer', record: mine[0]?.record ?? '' },
        ...{ op: 'remove', seen: Number.MAX_SAFE_INTEGER },
      }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'not-allowed' }])
    await colleague.pushed(confirmation(colleague, claim))
    expect((await peopleNamed('样例租')) - before).toBe(1)
  })

  it('that is taken back leaves room for another one', async () => {
    const { grid } = office.places
    const claim = await claimed()
    const mine = confirmation(worker, claim)
    await worker.pushed(mine)
    const batch = { batch: office.ids(), batchSize: 3 }
    const undo = [...mine].reverse().map(({ kind, record }) =>
      worker.mutation({
        ...{ stream: grid, kind, record, op: 'remove', seen: Number.MAX_SAFE_INTEGER },
        ...batch,
      }),
    )
    expect((await worker.pushed(undo)).receipts.every(({ ok }) => ok)).toBe(true)
    expect((await worker.pushed(confirmation(worker, claim))).receipts[0]).toMatchObject({
      ok: true,
    })
  })
})

it('claims and answers change no colour', async () => {
  const { grid } = office.places
  const colours = () =>
    office.db
      .selectFrom('subject')
      .select(['id', 'colour'])
      .where('stream', '=', grid)
      .orderBy('id')
      .execute()
  const claim = await claimed({ from: '2026-01-05', count: 12 })
  const left = office.ids()
  const use = worker.mutation({
    ...{ stream: grid, kind: 'dwelling', record: home.dwelling, op: 'patch' },
    ...{ fields: { use: 'rental' }, seen: Number.MAX_SAFE_INTEGER },
  })
  await worker.pushed([use])
  const before = await colours()
  await worker.pushed([
    worker.create(grid, 'departure', left, {
      ...{ dwelling: home.dwelling, speaker: 'worker', count: 3, from: day },
    }),
    worker.create(grid, 'declaration-answer', office.ids(), {
      ...{ declaration: claim, outcome: 'not-so', reason: 'said-twice', on: day },
    }),
    worker.create(grid, 'landlord-link', office.ids(), {
      ...{ dwelling: home.dwelling, hash: 'b'.repeat(64), made: day },
    }),
  ])
  expect(await colours()).toEqual(before)
})
