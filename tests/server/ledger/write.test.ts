/** Whatever writes to the register writes all of it: records, log, histories, colours, counts, heads. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { instantToDay } from '#domain/day.ts'
import type { ImportItem } from '#domain/import.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { colourStream } from '#server/colours/fill.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { loadRecords } from '#server/db/records.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { openDesk, type Desk } from '../acts/desk.ts'
import { dayMs, type Device, type Office } from '../office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from '../sample.ts'

let desk: Desk
let office: Office
let staff: Device
let worker: Device
let home: Home
/** Records of places and accounts that the office was filled with have no lines. */
let filled: ReadonlyMap<string, number>

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
  filled = await headsNow()
})
afterAll(() => office.close())
beforeEach(async () => {
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  home = await settle(staff, worker, office.places.grid, office.ids)
})

const moment = (days = 0) => new Date(office.clock.now() + days * dayMs).toISOString()

async function headsNow(): Promise<ReadonlyMap<string, number>> {
  const rows = await office.db.selectFrom('stream').select(['id', 'head']).execute()
  return new Map(rows.map(({ id, head }) => [id, head]))
}

async function rowsOf<T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> {
  return (await query.execute(office.db)).rows
}

/** Kinds that follow from others, or are the server's own word: they have no line of their own. */
const withoutLine = ['colour', 'clash', 'errand', 'import']

/** `now`: the day of the colours. `moved`: streams that have to have a new head since `before`. */
async function expectWhole(
  before: ReadonlyMap<string, number>,
  moved: readonly string[],
  now = office.clock.now(),
) {
  const heads = await headsNow()
  const raised = [...heads].filter(([id, head]) => head !== before.get(id)).map(([id]) => id)
  expect(raised.sort()).toEqual([...moved].sort())
  expect(await headsByRecords()).toEqual(heads)
  expect(await unproven()).toEqual([])
  expect(await withoutLines()).toEqual([])
  expect((await verifyAudit(office.own)).fault).toBeNull()
  for (const stream of heads.keys()) {
    const said = await countsOf(stream)
    await rolledBack(async (trx) => {
      // Coloured anew as a whole nothing differs, neither a colour nor a day on which a call is due.
      expect(await colourStream(trx, stream, { now, ids: office.ids })).toBe(0)
      expect(await countsOf(stream, trx)).toEqual(said)
    })
  }
  expect(await visitsSaid()).toEqual(await visitsCounted())
}

const headsByRecords = async () =>
  new Map(
    (
      await rowsOf(sql<{ id: string; head: number }>`
        select stream.id, coalesce(max(record.version), 0) as head from stream
        left join record on record.stream = stream.id group by stream.id`)
    ).map(({ id, head }) => [id, head]),
  )
const unproven = () =>
  rowsOf(sql`
    select stream.id from stream where head > 0 and not exists (
      select from stream_proof as proof
      where proof.stream = stream.id and proof.version = stream.head and proof.proof = stream.proof
    )`)
const withoutLines = async () => {
  const rows = await rowsOf(sql<{ stream: string; kind: string; version: number }>`
    select stream, kind, version from record where kind <> all(${sql.val(withoutLine)}::text[])
      -- What goes along with a record that moves has its history with it, and leaves none behind.
      and moved_to is null and not exists (
        select from change where change.stream = record.stream and change.record = record.id
          and (change.version = record.version or record.moves > 0)
      )`)
  return rows.filter(({ stream, version }) => version > (filled.get(stream) ?? 0))
}
const countsOf = async (stream: string, db: Office['db'] = office.db) => {
  const of = async (query: ReturnType<typeof sql>) => (await query.execute(db)).rows
  return {
    subjects: await of(sql`
      select id, kind, colour, residence, rules, due from subject where stream = ${stream} order by id`),
    tallies: await of(sql`
      select kind, colour, residence, n from tally where stream = ${stream} and n <> 0
      order by 1, 2, 3`),
    dues: await of(sql`
      select day, n from due_tally where stream = ${stream} and n <> 0 order by 1`),
    dueSubjects: await of(sql`
      select due as day, count(*)::integer as n from subject where stream = ${stream}
        and due is not null group by 1 order by 1`),
  }
}
const visitsSaid = () =>
  rowsOf(sql`
    select stream, day, outcome, n from visit_tally where n <> 0 order by stream, day, outcome`)
const visitsCounted = async () => {
  const visits = await rowsOf(sql<{ stream: string; at: string; outcome: string }>`
    select stream, fields->>'at' as at, fields->>'outcome' as outcome from record
    where kind = 'visit' and not removed`)
  const counted = new Map<string, { stream: string; day: string; outcome: string; n: number }>()
  for (const { stream, at, outcome } of visits) {
    const day = instantToDay(at)
    const key = [stream, day, outcome].join(' ')
    counted.set(key, { stream, day, outcome, n: (counted.get(key)?.n ?? 0) + 1 })
  }
  return [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

class Back extends Error {}
async function rolledBack(work: (trx: Parameters<typeof colourStream>[0]) => Promise<void>) {
  const done = office.db.transaction().execute(async (trx) => {
    await work(trx)
    throw new Back()
  })
  await expect(done).rejects.toBeInstanceOf(Back)
}

/** As a device of the office sees it. */
async function seen(id: string) {
  const held = (await staff.pull()).records.get(id)
  if (!held) throw new Error('it is not there')
  return held
}

it('a push', async () => {
  const { grid } = office.places
  const before = await headsNow()
  const person = office.ids()
  const { receipts } = await worker.pushed([
    worker.create(grid, 'resident', person, resident(home.household, { birth: '1930-01-02' })),
    worker.create(grid, 'visit', office.ids(), visit(home.household, moment())),
  ])
  expect(receipts).toMatchObject([{ ok: true }, { ok: true }])
  await expectWhole(before, [grid])
})

it('a move to another grid', async () => {
  const { grid, otherGrid } = office.places
  await worker.pushed([worker.create(grid, 'visit', office.ids(), visit(home.household, moment()))])
  const before = await headsNow()
  const { receipts } = await staff.pushed([
    { ...staff.patch(await seen(home.building), {}), to: otherGrid },
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  await expectWhole(before, [grid, otherGrid])
})

it('an import, and what takes it back', async () => {
  const { grid, community } = office.places
  const before = await headsNow()
  const ids = { building: office.ids(), dwelling: office.ids(), household: office.ids() }
  const make = (kind: ImportItem['kind'], record: string, fields: object): ImportItem => ({
    ...{ stream: grid, kind, record, op: 'create', seen: 0 },
    fields: { ...fields },
  })
  const items = [
    make('building', ids.building, building({ name: '9幢' })),
    make('dwelling', ids.dwelling, dwelling(ids.building)),
    make('household', ids.household, household(ids.dwelling)),
    make('resident', office.ids(), resident(ids.household, { birth: '1931-01-02' })),
  ]
  const id = office.ids()
  await staff.pushed([
    staff.create(community, 'import', id, {
      ...{ title: '样例.xlsx', parts: 1, rows: 4, added: 4, changed: 0 },
      bases: [{ stream: grid, version: before.get(grid) }],
    }),
    staff.create(community, 'import-part', office.ids(), { import: id, part: 1, items }),
  ])
  const become = (outcome: string) =>
    vi.waitFor(
      async () => {
        const [held] = await loadRecords(office.db, [community], [id])
        expect(held?.fields['outcome']).toBe(outcome)
      },
      { timeout: 20_000, interval: 50 },
    )
  await become('written')
  await expectWhole(before, [grid, community])

  const after = await headsNow()
  await staff.pushed([staff.patch(await seen(id), { undoAsked: moment() })])
  await become('undone')
  await expectWhole(after, [grid, community])
})

it('an act of the office on places and people', async () => {
  const { grid, community } = office.places
  const admin = await office.enter('admin')
  const before = await headsNow()
  expect(await desk.act(admin, 'places/rename', { place: grid, name: '第九网格' })).toBeNull()
  expect((await headsNow()).get(grid)).toBeGreaterThan(before.get(grid) ?? 0)
  const raised = [grid, community].filter((one) => before.has(one))
  const heads = await headsNow()
  await expectWhole(
    before,
    raised.filter((one) => heads.get(one) !== before.get(one)),
  )
})

it('a journey of buildings to a new grid', async () => {
  const { grid } = office.places
  const admin = await office.enter('admin')
  const place = await desk.addGrid(admin)
  const before = await headsNow()
  const lines = await desk.journey(admin, 'places/move', {
    ...{ from: grid, to: place, buildings: [home.building] },
  })
  expect(lines).toContainEqual(expect.objectContaining({ type: 'end' }))
  await expectWhole(before, [grid, place])
})

it('the purge', async () => {
  const { grid } = office.places
  await worker.pushed([
    worker.create(grid, 'visit', office.ids(), visit(home.household, moment(-1))),
    worker.create(grid, 'resident', office.ids(), resident(home.household)),
    worker.patch(await seen(home.resident), { movedOutOn: '2026-11-20', movedOutTo: '样例村' }),
  ])
  const { keepGoneDays } = defaultPolicy
  const step = { now: office.clock.now(), ids: office.ids }
  // The days of the retention go by, and then those of the notice, one by one.
  for (let days = 0; days <= keepGoneDays + noticeDays + 3; days += days < keepGoneDays ? 5 : 1) {
    step.now = office.clock.now() + days * dayMs
    await colourByCalendar(office.own, step)
    const before = await headsNow()
    const { faults, moved } = await purgeDue(office.own, step)
    expect(faults).toEqual([])
    if (moved.length > 0) await expectWhole(before, moved, step.now)
  }
  const [gone] = await loadRecords(office.db, [grid], [home.resident])
  expect(gone?.removed).toBe(true)
})
