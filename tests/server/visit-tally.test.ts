/**
 * What the overview tells of visits, reasons, newcomers and those who walk: each against a count of its own.
 * Holds `src/server/colours/counts.ts` and `src/server/db/visit-tally.ts`.
 */
import { sql } from 'kysely'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, dayAt } from '#domain/day.ts'
import {
  overviewSchema,
  placeOverviewSchema,
  type Overview,
  type PlaceOverview,
} from '#protocol/overview.ts'
import { keepCourse } from '#server/colours/course.ts'
import { colourStream } from '#server/colours/fill.ts'
import { up } from '#server/db/migrations/0055-visits-and-reasons.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, resident, settle, visit, type Home } from './sample.ts'

let office: Office
let worker: Device
let staff: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(async () => {
  worker = await office.enter('worker')
  staff = await office.enter('staff')
  home = await settle(staff, worker, office.places.grid, office.ids)
})

const moment = (days = 0) => new Date(office.clock.now() + days * dayMs).toISOString()
const today = () => dayAt(office.clock.now())

async function overview(device: Device): Promise<Overview> {
  const response = await office.fetch('/api/overview', { headers: device.headers })
  return v.parse(overviewSchema, await response.json())
}

async function placeOverview(device: Device, place: string): Promise<PlaceOverview> {
  const response = await office.fetch(`/api/overview/${place}`, { headers: device.headers })
  return v.parse(placeOverviewSchema, await response.json())
}

async function placeOf(device: Device, id: string) {
  const found = (await overview(device)).places.find((one) => one.id === id)
  if (!found) throw new Error('the place is not told')
  return found
}

interface Row {
  readonly key: string
  readonly n: number
}

/** The visits themselves, one by one, whatever moved the tally. */
async function expectVisits() {
  const { rows: counted } = await sql<Row>`
    select stream || '/' || left((((fields->>'at')::timestamptz at time zone 'Asia/Shanghai'))::text, 10)
      || '/' || (fields->>'outcome') as key, count(*)::int as n
    from record where kind = 'visit' and not removed group by 1 order by 1`.execute(office.db)
  const { rows: told } = await sql<Row>`
    select stream || '/' || day || '/' || outcome as key, n
    from visit_tally where n <> 0 order by 1`.execute(office.db)
  expect(told).toEqual(counted)
}

async function expectReasons() {
  const { rows: counted } = await sql<Row>`
    select concat_ws('/', stream, kind, colour,
      regexp_replace(split_part(rules, ' ', 1), '^by-hand/.*$', 'by-hand')) as key, count(*)::int as n
    from subject where kind <> 'household' group by 1 order by 1`.execute(office.db)
  const { rows: told } = await sql<Row>`
    select concat_ws('/', stream, kind, colour, reason) as key, n
    from reason_tally where n <> 0 order by 1`.execute(office.db)
  expect(told).toEqual(counted)
}

async function visited(more: object = {}, days = 0): Promise<string> {
  const id = office.ids()
  const fields = visit(home.household, moment(days), more)
  const { receipts } = await worker.pushed([worker.create(office.places.grid, 'visit', id, fields)])
  expect(receipts).toMatchObject([{ ok: true }])
  return id
}

describe('visits of a week', () => {
  it('move with what is pushed, taken back and carried to another grid', async () => {
    const { grid, otherGrid } = office.places
    const before = (await placeOf(staff, grid)).visits
    await visited()
    await visited({ outcome: 'not-met' })
    await visited({ outcome: 'refused' }, -1)
    const undone = await visited()
    await expectVisits()
    const seen = Number.MAX_SAFE_INTEGER
    await worker.pushed([
      worker.mutation({
        ...{ stream: grid, kind: 'visit', record: undone, op: 'remove', fields: {}, seen },
      }),
    ])
    await expectVisits()
    const after = (await placeOf(staff, grid)).visits
    expect(after?.today).toBe((before?.today ?? 0) + 1)
    expect(after?.week).toBe((before?.week ?? 0) + 1)
    expect(after?.missed).toBe((before?.missed ?? 0) + 2)
    // With the household its visits go to the other grid.
    const [block, flat] = [office.ids(), office.ids()]
    await staff.pushed([
      staff.create(otherGrid, 'building', block, building({ name: '9幢' })),
      staff.create(otherGrid, 'dwelling', flat, dwelling(block)),
    ])
    const there = (await placeOf(staff, otherGrid)).visits?.week ?? 0
    const { receipts } = await staff.pushed([
      staff.mutation({
        ...{ stream: grid, kind: 'household', record: home.household, op: 'patch', to: otherGrid },
        ...{ fields: { dwelling: flat }, seen },
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    await expectVisits()
    expect((await placeOf(staff, otherGrid)).visits?.week).toBe(there + 1)
    // A community is its grids.
    const said = await overview(staff)
    const of = (id: string) => said.places.find((one) => one.id === id)?.visits?.week ?? NaN
    expect(of(office.places.community)).toBe(of(grid) + of(otherGrid))
  })

  it('begin on Monday, and are let go after five weeks', async () => {
    const { grid } = office.places
    await visited({}, -1)
    const before = (await placeOf(staff, grid)).visits?.week ?? 0
    // The clock stands on a Monday: a visit of the day before was last week's.
    await visited()
    expect((await placeOf(staff, grid)).visits?.week).toBe(before + 1)
    await keepCourse(office.db, addDays(today(), 40))
    expect(await office.db.selectFrom('visit_tally').selectAll().execute()).toEqual([])
  })

  it('come for a register that was filled before', async () => {
    await visited()
    await office.db.schema.dropTable('visit_tally').execute()
    await office.db.schema.dropTable('reason_tally').execute()
    await up(office.db)
    await expectVisits()
    await expectReasons()
    await sql`grant all on visit_tally, reason_tally to public`.execute(office.db)
  })
})

describe('reasons', () => {
  it('are those of the subjects, and told of a place with all below it to whoever sees persons', async () => {
    const { grid, community } = office.places
    const patch = (fields: object) =>
      worker.pushed([
        worker.mutation({
          ...{ stream: grid, kind: 'resident', record: home.resident, op: 'patch' },
          ...{ fields: { ...fields }, seen: Number.MAX_SAFE_INTEGER },
        }),
      ])
    await expectReasons()
    await patch({ birth: '1930-05-06' })
    await expectReasons()
    const { reasons } = await placeOverview(staff, community)
    expect(reasons).toContainEqual(
      expect.objectContaining({ subject: 'resident', colour: 'red', rule: 'aged-80-alone' }),
    )
    await patch({ tags: { add: ['low-income'] } })
    await patch({ birth: '1980-05-06' })
    await expectReasons()
    await patch({ movedOutOn: today() })
    await expectReasons()
    const guarded = await placeOverview(await office.enter('auditor'), office.places.subdistrict)
    expect(guarded.reasons).toBeNull()
  })
})

describe('newcomers', () => {
  it('with a colour are news of their day, and not when they are carried on or counted again', async () => {
    const { grid, otherGrid, community } = office.places
    office.clock.at += dayMs
    worker = await office.enter('worker')
    staff = await office.enter('staff')
    const news = async () => (await placeOverview(staff, community)).newcomers ?? []
    expect(await news()).toEqual([])
    await worker.pushed([
      worker.create(
        grid,
        'resident',
        office.ids(),
        resident(home.household, { birth: '1930-05-06' }),
      ),
    ])
    const told = await news()
    expect(told.filter(({ subject }) => subject === 'resident')).toMatchObject([{ count: 1 }])
    // No old app finds a colour that it does not know among the changes.
    for (const { from } of (await placeOverview(staff, community)).shifts ?? []) {
      expect(from).not.toBe('')
    }
    const [block, flat] = [office.ids(), office.ids()]
    await staff.pushed([
      staff.create(otherGrid, 'building', block, building({ name: '8幢' })),
      staff.create(otherGrid, 'dwelling', flat, dwelling(block)),
    ])
    const before = await news()
    await staff.pushed([
      staff.mutation({
        ...{ stream: grid, kind: 'household', record: home.household, op: 'patch', to: otherGrid },
        ...{ fields: { dwelling: flat }, seen: Number.MAX_SAFE_INTEGER },
      }),
    ])
    await office.db
      .transaction()
      .execute((trx) => colourStream(trx, otherGrid, { now: office.clock.at, ids: office.ids }))
    expect(await news()).toEqual(before)
    office.clock.at += dayMs
    staff = await office.enter('staff')
    expect((await placeOverview(staff, community)).newcomers).toEqual([])
  })
})

describe('who walks a grid', () => {
  it('is told of the grid itself, with the day of its last device, for whoever looks after devices', async () => {
    const { grid, farGrid } = office.places
    const admin = await office.enter('admin')
    expect(await placeOf(admin, grid)).toMatchObject({ syncedOn: today() })
    expect((await placeOf(admin, grid)).walked).toBe(true)
    const before = await overview(admin)
    const silent = before.silentDevices ?? 0
    office.clock.at += 4 * dayMs
    const later = await office.enter('admin')
    const after = await overview(later)
    expect(after.silentDevices).toBeGreaterThan(silent)
    expect((await placeOf(later, grid)).syncedOn).toBe(addDays(today(), -4))
    const auditor = await office.enter('auditor')
    expect((await overview(auditor)).silentDevices).toBeNull()
    expect((await placeOf(auditor, grid)).syncedOn).toBeNull()
    // Nobody walks where every account is closed.
    await sql`update account set closed = true where role = 'worker' and id in (
      select account from account_place where place = ${grid})`.execute(office.db)
    expect((await placeOf(later, grid)).walked).toBe(false)
    expect((await placeOf(later, farGrid)).syncedOn).toBeNull()
  })
})
