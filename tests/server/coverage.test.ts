/** Coverage of a month: the tally against a count of its own, whatever comes in whichever order. */
import { sql } from 'kysely'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dayAt } from '#domain/day.ts'
import { defaultCoverage, monthOf } from '#domain/coverage.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { overviewSchema } from '#protocol/overview.ts'
import { createRegister } from '#app/register/create-register.ts'
import { coverageOfGrids } from '#app/views/coverage.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { colourStream } from '#server/colours/fill.ts'
import { mendMonthSums } from '#server/colours/month-sums.ts'
import { recolourStale } from '#server/colours/recolour.ts'
import { allMonths } from '#server/db/overview.ts'
import { loadStream } from '#server/db/records.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { resident, settle, visit, type Home } from './sample.ts'

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
  home = await settle(staff, worker, office.places.grid, office.ids, { birth: '1945-03-04' })
})

const seen = Number.MAX_SAFE_INTEGER
const moment = (ms = 0) => new Date(office.clock.now() + ms).toISOString()

async function coverage(device: Device, place: string) {
  const response = await office.fetch('/api/overview', { headers: device.headers })
  const { places } = v.parse(overviewSchema, await response.json())
  const found = places.find(({ id }) => id === place)?.coverage
  if (!found) throw new Error('no coverage is told')
  return found
}

/** What a device says that has the grid: the same function over the records alone. */
async function onDevice(grid: string) {
  const register = createRegister()
  const rows = await loadStream(office.db, grid, [
    'building',
    'dwelling',
    'household',
    'resident',
    'visit',
  ])
  register.applyPages([
    {
      type: 'page' as const,
      stream: grid,
      epoch: 1,
      reset: true,
      to: 1,
      head: 1,
      records: rows.map(({ id, kind, fields, version, at }) => ({ id, kind, fields, version, at })),
      changes: [],
    } as never,
  ])
  const today = dayAt(office.clock.now())
  const found = await coverageOfGrids(register, new Set([grid]), today, () => Promise.resolve(), {
    aborted: false,
  })
  const { meant = 0, met = 0 } = found?.get(grid) ?? {}
  return { meant, met }
}

async function expectAlike() {
  const { grid } = office.places
  expect(await coverage(staff, grid)).toEqual(await onDevice(grid))
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(n), 0)::int as n from coverage_tally where n < 0`.execute(office.db)
  expect(rows).toEqual([{ n: 0 }])
}

async function visited(more: object = {}, ms = 0): Promise<string> {
  const id = office.ids()
  const fields = visit(home.household, moment(ms), more)
  const { receipts } = await worker.pushed([worker.create(office.places.grid, 'visit', id, fields)])
  expect(receipts).toMatchObject([{ ok: true }])
  return id
}

describe('coverage of a month', () => {
  it('counts each once, by the visits that count, also after one is taken back', async () => {
    const { grid, community } = office.places
    const before = await coverage(staff, grid)
    await visited({ channel: 'neighbour' })
    await visited({ outcome: 'not-met' })
    expect(await coverage(staff, grid)).toEqual(before)
    const first = await visited({ channel: 'telephone' })
    await visited({}, -60_000)
    const more = { ...before, met: (before.met ?? 0) + 1 }
    expect(await coverage(staff, grid)).toEqual(more)
    await expectAlike()
    const undo = (record: string) =>
      worker.pushed([
        worker.mutation({ stream: grid, kind: 'visit', record, op: 'remove', fields: {}, seen }),
      ])
    await undo(first)
    expect(await coverage(staff, grid)).toEqual(more)
    // A late visit of the month before takes nobody back.
    await visited({}, -40 * dayMs)
    expect(await coverage(staff, grid)).toEqual(more)
    await expectAlike()
    expect((await coverage(staff, community)).meant).toBeGreaterThanOrEqual(more.meant ?? 0)
  })

  it('goes with people who come, leave and are no more meant', async () => {
    const { grid } = office.places
    const before = await coverage(staff, grid)
    const son = office.ids()
    await worker.pushed([
      worker.create(grid, 'resident', son, resident(home.household, { birth: '1985-01-01' })),
    ])
    // Not alone any more.
    expect((await coverage(staff, grid)).meant).toBe((before.meant ?? 0) - 1)
    await expectAlike()
    const patch = (record: string, fields: object) =>
      worker.pushed([
        worker.mutation({
          ...{ stream: grid, kind: 'resident', record, op: 'patch', seen },
          fields: { ...fields },
        }),
      ])
    await patch(son, { movedOutOn: dayAt(office.clock.now()) })
    expect(await coverage(staff, grid)).toEqual(before)
    await patch(home.resident, { diedOn: dayAt(office.clock.now()) })
    expect((await coverage(staff, grid)).meant).toBe((before.meant ?? 0) - 1)
    await expectAlike()
  })

  it('begins anew with each month without anybody’s doing, and knows birthdays', async () => {
    const { grid } = office.places
    await visited()
    // Sixty in three days, alone after the other has gone.
    const today = dayAt(office.clock.now())
    const birth = `${Number(today.slice(0, 4)) - 60}${dayAt(office.clock.now() + 3 * dayMs).slice(4)}`
    home = await settle(staff, worker, grid, office.ids, { birth })
    const before = await coverage(staff, grid)
    office.clock.at += 3 * dayMs
    staff = await office.enter('staff')
    await colourByCalendar(office.db, { now: office.clock.now(), ids: office.ids })
    expect((await coverage(staff, grid)).meant).toBe((before.meant ?? 0) + 1)
    const month = monthOf(dayAt(office.clock.now()))
    while (monthOf(dayAt(office.clock.now())) === month) office.clock.at += dayMs
    staff = await office.enter('staff')
    worker = await office.enter('worker')
    expect((await coverage(staff, grid)).met).toBe(0)
    await expectAlike()
  })

  it('is filled for a register of before, and follows a new scheme', async () => {
    const { grid, subdistrict } = office.places
    await visited()
    const before = await coverage(staff, grid)
    await sql`update subject set met = null`.execute(office.db)
    await sql`delete from coverage_tally`.execute(office.db)
    await sql`update stream set coloured_with = 2`.execute(office.db)
    const clock = { now: office.clock.now(), ids: office.ids }
    await recolourStale(office.db, clock, () => undefined)
    expect(await coverage(staff, grid)).toEqual(before)
    const admin = await office.enter('admin')
    const scheme = {
      ...defaultScheme,
      schemeVersion: 2,
      from: dayAt(office.clock.now()),
      coverage: { ...defaultCoverage, channels: ['video'] },
    }
    const { receipts } = await admin.pushed([
      admin.create(subdistrict, 'scheme', office.ids(), scheme),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    await recolourStale(office.db, clock, () => undefined)
    expect(await coverage(staff, grid)).toEqual({ ...before, met: 0 })
    await office.db.transaction().execute((trx) => colourStream(trx, grid, clock))
    expect(await coverage(staff, grid)).toEqual({ ...before, met: 0 })
  })

  it('finds the sum again that a server of before left behind the months', async () => {
    const { grid, otherGrid } = office.places
    await mendMonthSums(office.db)
    const before = await coverage(staff, grid)
    const month = monthOf(dayAt(office.clock.now()))
    // It counts months, and knows of no sum: here two people more, there the first of a place.
    for (const stream of [grid, otherGrid]) {
      await sql`insert into coverage_tally (stream, month, n) values (${stream}, ${month}, 2)
        on conflict (stream, month) do update set n = coverage_tally.n + 2`.execute(office.db)
    }
    await sql`delete from coverage_tally where stream = ${otherGrid} and month = ${allMonths}`.execute(
      office.db,
    )
    expect((await coverage(staff, grid)).meant).toBe(before.meant)
    expect([...(await mendMonthSums(office.db))].sort()).toEqual([grid, otherGrid].sort())
    expect(await coverage(staff, grid)).toEqual({
      meant: (before.meant ?? 0) + 2,
      met: (before.met ?? 0) + 2,
    })
    expect((await coverage(staff, otherGrid)).meant).toBe(2)
    expect(await mendMonthSums(office.db)).toEqual([])
    // As it was before, for the other tests.
    await sql`update coverage_tally set n = n - 2
      where stream = ${grid} and month in (${month}, ${allMonths})`.execute(office.db)
    expect(await coverage(staff, grid)).toEqual(before)
    await sql`delete from coverage_tally where stream = ${otherGrid}`.execute(office.db)
  })

  it('tells whoever may not see persons no number that would single somebody out', async () => {
    const auditor = await office.enter('auditor')
    const { grid } = office.places
    const said = await coverage(auditor, grid)
    for (const n of [said.meant, said.met]) expect(n === null || n === 0 || n >= 5).toBe(true)
    // An old person alone is one: hidden, and so is the sum that would tell it.
    expect(said.meant === null || said.meant >= 5).toBe(true)
  })
})
