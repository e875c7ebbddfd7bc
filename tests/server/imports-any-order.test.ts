/** Two imports, taking them back and the late work of a worker, in any order: whole or not at all, and nothing that was saved is lost. */
import fc from '#tests/support/fast-check.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Import, ImportItem } from '#domain/import.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { loadRecords } from '#server/db/records.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let last = 0

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
})
afterAll(() => office.close())

const happenings = [
  ...(['first import', 'second import', 'first back', 'second back'] as const),
  ...(['late note', 'late visit', 'late telephone', 'late newcomer', 'work on the first'] as const),
] as const
type Happening = (typeof happenings)[number]

const recordsOf = (ids: readonly string[], stream = office.places.grid) =>
  loadRecords(office.db, [stream], ids)
const living = async (ids: readonly string[]) =>
  (await recordsOf(ids)).filter(({ removed }) => !removed)

async function importFields(id: string): Promise<Import | undefined> {
  const [record] = await recordsOf([id], office.places.community)
  return record?.fields as Import | undefined
}

async function headOf(stream: string): Promise<number> {
  const { head } = await office.db
    .selectFrom('stream')
    .select('head')
    .where('id', '=', stream)
    .executeTakeFirstOrThrow()
  return head
}

/** A roster with a family of these numbers in a new house, and one more telephone of somebody who was there. */
function rosterOf(numbers: readonly string[], home: Home, seen: number, phone: string) {
  const { grid } = office.places
  const ids = { building: office.ids(), dwelling: office.ids(), household: office.ids() }
  const people = numbers.map(() => office.ids())
  const make = (kind: ImportItem['kind'], record: string, fields: ImportItem['fields']) =>
    ({ stream: grid, kind, record, op: 'create', fields, seen: 0 }) as const
  const items: ImportItem[] = [
    make('building', ids.building, building({ name: '9幢' })),
    make('dwelling', ids.dwelling, dwelling(ids.building)),
    make('household', ids.household, household(ids.dwelling)),
    ...people.map((id, at) => {
      const number = { documentType: '414', documentNumber: numbers[at] }
      return make('resident', id, { ...resident(ids.household), ...number })
    }),
    {
      ...{ stream: grid, kind: 'resident', record: home.resident, op: 'patch', seen },
      fields: { phones: { add: [phone] } },
    },
  ]
  return { id: office.ids(), people, household: ids.household, items, isSent: false }
}

async function play(order: readonly Happening[]): Promise<void> {
  const { grid, community } = office.places
  const home = await settle(staff, worker, grid, office.ids, { phones: ['10012345678'] })
  const [held] = await recordsOf([home.resident])
  const seen = held?.version ?? 0
  const numbers = [0, 1].map(() => `E21${String((last += 1)).padStart(6, '0')}`)
  const early = await headOf(grid)
  const rosters = {
    first: rosterOf(numbers, home, seen, '10000000002'),
    second: rosterOf(numbers, home, seen, '10000000003'),
  }
  const late: Mutation[] = []

  const send = async (which: 'first' | 'second') => {
    const roster = rosters[which]
    if (roster.isSent) return
    roster.isSent = true
    const { id, items } = roster
    const fields = {
      ...{ title: '样例.xlsx', parts: 1, rows: 3, added: 2, changed: 1 },
      // Both were compared before either was written.
      bases: [{ stream: grid, version: early }],
    }
    await staff.pushed([
      staff.create(community, 'import', id, fields),
      staff.create(community, 'import-part', office.ids(), { import: id, part: 1, items }),
    ])
    await vi.waitFor(async () => expect((await importFields(id))?.outcome).toBeTruthy(), patience)
  }
  const takeBack = async (which: 'first' | 'second') => {
    const { id, isSent } = rosters[which]
    const [record] = await recordsOf([id], community)
    if (!isSent || !record || (record.fields as Import).outcome !== 'written') return
    const undoAsked = new Date(office.clock.now()).toISOString()
    await staff.pushed([
      staff.patch(
        { kind: 'import', id, version: record.version, stream: community, fields: {} },
        { undoAsked },
      ),
    ])
    await vi.waitFor(async () => {
      const now = await importFields(id)
      expect(now?.undoAsked && now.outcome === 'written').toBeFalsy()
    }, patience)
  }
  const push = async (mutation: Mutation) => {
    const { receipts } = await worker.pushed([mutation])
    expect(
      receipts.every(({ ok }) => ok),
      JSON.stringify(receipts),
    ).toBe(true)
    late.push(mutation)
  }
  const patch = (record: string, fields: Record<string, unknown>) =>
    worker.mutation({ stream: grid, kind: 'resident', record, op: 'patch', fields, seen })
  const at = new Date(office.clock.now()).toISOString()
  const acts: Readonly<Record<Happening, () => Promise<void>>> = {
    'first import': () => send('first'),
    'second import': () => send('second'),
    'first back': () => takeBack('first'),
    'second back': () => takeBack('second'),
    // A device without a signal saw what there was before all of it.
    'late note': () => push(patch(home.resident, { note: '样例' })),
    'late telephone': () => push(patch(home.resident, { phones: { add: ['10000000009'] } })),
    'late visit': () => push(worker.create(grid, 'visit', office.ids(), visit(home.household, at))),
    'late newcomer': () =>
      push(worker.create(grid, 'resident', office.ids(), resident(home.household))),
    'work on the first': async () => {
      const { household: family } = rosters.first
      if ((await importFields(rosters.first.id))?.outcome !== 'written') return
      await push(worker.create(grid, 'visit', office.ids(), visit(family, at)))
    },
  }
  for (const happening of order) await acts[happening]()

  const outcomes = []
  for (const { id, people, isSent } of Object.values(rosters)) {
    const fields = isSent ? await importFields(id) : undefined
    outcomes.push(fields?.outcome)
    const there = await living(people)
    expect(there.length, String(fields?.outcome)).toBe(fields?.outcome === 'written' ? 2 : 0)
  }
  // Never the same people twice.
  expect(outcomes.filter((outcome) => outcome === 'written').length).toBeLessThan(2)
  const worked =
    order.includes('work on the first') &&
    late.some(
      ({ kind, fields }) => kind === 'visit' && fields['household'] === rosters.first.household,
    )
  if (worked) expect(outcomes[0]).toBe('written')
  // What the worker saved stands, whatever was brought in and taken back around it.
  const made = late.filter(({ op }) => op === 'create').map(({ record }) => record)
  expect(await living(made)).toHaveLength(made.length)
  const [person] = await living([home.resident])
  const did = (happening: Happening) => order.includes(happening)
  expect(person?.fields['note'] ?? null).toBe(did('late note') ? '样例' : null)
  expect([...(person?.fields['phones'] as string[])].sort()).toEqual(
    [
      '10012345678',
      ...(outcomes[0] === 'written' ? ['10000000002'] : []),
      ...(outcomes[1] === 'written' ? ['10000000003'] : []),
      ...(did('late telephone') ? ['10000000009'] : []),
    ].sort(),
  )
}

/** A machine that does other work as well takes its time. */
const patience = { timeout: 20_000, interval: 20 }

it('leave each roster whole or not at all, and keep what was saved', async () => {
  await fc.assert(fc.asyncProperty(fc.shuffledSubarray([...happenings], { minLength: 4 }), play), {
    numRuns: 25,
  })
})
