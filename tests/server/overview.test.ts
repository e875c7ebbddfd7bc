/**
 * The overview: its figures against a full recount, who sees what of them, what changed and why, and the weeks.
 * Holds `src/server/routes/overview.ts`, `src/server/colours/overview.ts` and `src/server/db/overview.ts`.
 */
import { sql } from 'kysely'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, dayAt } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { kinds } from '#domain/record.ts'
import { leastTold } from '#domain/small-cells.ts'
import {
  overviewSchema,
  placeOverviewSchema,
  type Overview,
  type PlaceFigures,
  type PlaceOverview,
} from '#protocol/overview.ts'
import { createRegister } from '#app/register/create-register.ts'
import { helpFor } from '#app/register/help.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { keepCourse } from '#server/colours/course.ts'
import { colourStream } from '#server/colours/fill.ts'
import { recolourStale, staleStreams } from '#server/colours/recolour.ts'
import { insertRecords, loadStream } from '#server/db/records.ts'
import { dayMs, openOffice, problemOf, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from './sample.ts'

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

const ask = (device: Device, path = '') =>
  office.fetch(`/api/overview${path}`, { headers: device.headers })

async function overview(device: Device): Promise<Overview> {
  const response = await ask(device)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return v.parse(overviewSchema, await response.json())
}

async function placeOverview(device: Device, place: string): Promise<PlaceOverview> {
  const response = await ask(device, `/${place}`)
  expect(response.status).toBe(200)
  return v.parse(placeOverviewSchema, await response.json())
}

const figuresOf = (said: Overview, place: string): PlaceFigures => {
  const found = said.places.find(({ id }) => id === place)
  if (!found) throw new Error('the place is not told')
  return found
}

const today = () => dayAt(office.clock.now())

async function change(
  kind: 'resident' | 'household' | 'dwelling',
  record: string,
  fields: Record<string, unknown>,
) {
  const seen = Number.MAX_SAFE_INTEGER
  const op = 'patch'
  const { receipts } = await worker.pushed([
    worker.mutation({ stream: office.places.grid, kind, record, op, fields, seen }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
}

/** A grid as a device with all its records would count it, household by household. */
async function recount(grid: string) {
  const register = createRegister()
  register.readHelpBy(helpFor)
  const rows = await loadStream(
    office.db,
    grid,
    kinds.filter((kind) => kind !== 'reveal'),
  )
  const records = rows.map(({ kind, id, version, fields, at }) => ({
    ...{ kind, id, version, fields: { ...fields } },
    ...(at === null ? {} : { at }),
  }))
  register.applyPages([
    { type: 'page', stream: grid, epoch: 1, from: 0, to: 1e6, records, changes: [] },
  ])
  const zero = () =>
    Object.fromEntries(colourKeys.map((key) => [key, 0])) as Record<ColourKey, number>
  const [residents, dwellings] = [zero(), zero()]
  const calls = { total: 0, overdue: 0, today: 0, week: 0, later: 0 }
  for (const one of register.all('dwelling')) {
    dwellings[register.colourOfDwelling(one.id, today()).colour] += 1
  }
  for (const one of register.all('household')) {
    const members = register.residents(one.id)
    for (const { id } of members) residents[register.colourOfResident(id, today()).colour] += 1
    if (members.length === 0 || one.fields.endedOn) continue
    calls.total += 1
    const { on } = register.due(one.id, today())!
    if (on < today()) calls.overdue += 1
    else if (on === today()) calls.today += 1
    else if (on <= addDays(today(), 6)) calls.week += 1
    else calls.later += 1
  }
  return { residents, dwellings, calls }
}

async function expectTruth(grid: string) {
  const { residents, dwellings, calls } = figuresOf(
    await overview(await office.enter('admin')),
    grid,
  )
  const told = { residents: residents.colours, dwellings: dwellings.colours, calls }
  expect(told).toEqual(await recount(grid))
}

describe('the figures', () => {
  it('equal a recount after each kind of work', async () => {
    const { grid, otherGrid } = office.places
    await expectTruth(grid)
    await change('resident', home.resident, { birth: '1940-05-06' })
    await expectTruth(grid)
    const at = new Date(office.clock.now()).toISOString()
    await worker.pushed([worker.create(grid, 'visit', office.ids(), visit(home.household, at))])
    await expectTruth(grid)
    const hazard = { id: office.ids(), type: '02', found: today(), toLife: true }
    await change('dwelling', home.dwelling, { hazards: { add: [hazard] } })
    await change('household', home.household, { lifeEvent: 'death', lifeEventOn: today() })
    await expectTruth(grid)
    // Everybody leaves, and comes back.
    await change('resident', home.resident, { movedOutOn: today() })
    await expectTruth(grid)
    await change('resident', home.resident, { movedOutOn: null })
    await expectTruth(grid)
    await change('household', home.household, { endedOn: today() })
    await expectTruth(grid)
    // A household that goes to another grid is counted there.
    const other = await settle(staff, worker, grid, office.ids)
    const block = office.ids()
    const flat = office.ids()
    await staff.pushed([
      staff.create(otherGrid, 'building', block, building({ name: '9幢' })),
      staff.create(otherGrid, 'dwelling', flat, dwelling(block)),
    ])
    const { receipts } = await staff.pushed([
      staff.mutation({
        ...{ stream: grid, kind: 'household', record: other.household, op: 'patch' },
        ...{ to: otherGrid, fields: { dwelling: flat }, seen: Number.MAX_SAFE_INTEGER },
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    await expectTruth(grid)
    await expectTruth(otherGrid)
    expect((await recount(otherGrid)).calls.total).toBe(1)
  })

  it('move with the calendar by themselves: what was due becomes overdue', async () => {
    const { grid } = office.places
    const began = office.clock.at
    const before = figuresOf(await overview(worker), grid).calls
    office.clock.at += 400 * dayMs
    await colourByCalendar(office.db, { now: office.clock.at, ids: office.ids })
    await expectTruth(grid)
    const after = figuresOf(await overview(await office.enter('worker')), grid).calls
    expect(after.overdue).toBe(after.total)
    expect(after.total).toBe(before.total)
    office.clock.at = began
    await office.db
      .transaction()
      .execute((trx) => colourStream(trx, grid, { now: began, ids: office.ids }))
  })

  it('add up: a community is its grids, the subdistrict its communities', async () => {
    const { subdistrict, community, grid, otherGrid } = office.places
    const said = await overview(await office.enter('admin'))
    expect(figuresOf(said, community).parent).toBe(subdistrict)
    expect(figuresOf(said, subdistrict).parent).toBeNull()
    for (const [place, parts] of [
      [community, [grid, otherGrid]],
      [subdistrict, [community, office.places.otherCommunity]],
    ] as const) {
      const whole = figuresOf(said, place)
      const sum = (of: (one: PlaceFigures) => number | null) =>
        parts.reduce((all, id) => all + (of(figuresOf(said, id)) ?? NaN), 0)
      expect(whole.residents.total).toBe(sum((one) => one.residents.total))
      expect(whole.calls.overdue).toBe(sum((one) => one.calls.overdue))
      expect(whole.residence.settled).toBe(sum((one) => one.residence.settled))
      for (const key of colourKeys) {
        expect(whole.residents.colours[key]).toBe(sum((one) => one.residents.colours[key]))
        expect(whole.dwellings.colours[key]).toBe(sum((one) => one.dwellings.colours[key]))
      }
    }
  })

  it('come for what an earlier version of the program filled', async () => {
    const { grid } = office.places
    await office.db.deleteFrom('subject').where('kind', '=', 'household').execute()
    await office.db.deleteFrom('tally').where('kind', '=', 'household').execute()
    await office.db.deleteFrom('due_tally').execute()
    await sql`update standing set n[16] = 0`.execute(office.db)
    await office.db.updateTable('stream').set({ coloured_with: 0 }).execute()
    expect(figuresOf(await overview(worker), grid).calls.total).toBe(0)
    const clock = { now: office.clock.now(), ids: office.ids }
    expect(await recolourStale(office.db, clock, () => undefined)).toBe(0)
    expect(await staleStreams(office.db)).toEqual([])
    await expectTruth(grid)
  })
})

describe('who sees what', () => {
  it('everybody their own places, a department nothing', async () => {
    const { subdistrict, community, grid, otherGrid } = office.places
    const idsOf = async (device: Device) => (await overview(device)).places.map(({ id }) => id)
    expect(await idsOf(worker)).toEqual([grid])
    expect(new Set(await idsOf(staff))).toEqual(new Set([community, grid, otherGrid]))
    expect(await idsOf(await office.enter('admin'))).toHaveLength(6)
    const handler = await office.enter('handler')
    expect(await problemOf(await ask(handler))).toBe('not-allowed')
    expect(await problemOf(await ask(handler, `/${subdistrict}`))).toBe('not-allowed')
    expect(await problemOf(await ask(worker, `/${community}`))).toBe('stream-not-yours')
    expect(await problemOf(await ask(worker, `/${office.ids()}`))).toBe('stream-not-yours')
    expect(await problemOf(await ask(worker, '/grid'))).toBe('malformed')
    expect(await problemOf(await office.fetch('/api/overview'))).toBe('not-signed-in')
  })

  it('a place inside another one that was given too is told once', async () => {
    const { grid, community } = office.places
    const account = office.accounts['staff']!.id
    await office.db.insertInto('account_place').values({ account, place: grid }).execute()
    const told = (await overview(staff)).places
    await office.db
      .deleteFrom('account_place')
      .where('account', '=', account)
      .where('place', '=', grid)
      .execute()
    expect(told.filter(({ id }) => id === grid)).toMatchObject([{ parent: community }])
  })

  it('an auditor numbers without the small ones, and nothing by which they could be computed', async () => {
    const { farGrid, otherCommunity, subdistrict } = office.places
    const people = Array.from({ length: 40 }, (_, index) => {
      const [flat, house] = [office.ids(), office.ids()]
      return [
        { kind: 'dwelling' as const, id: flat, fields: dwelling(office.ids()) },
        { kind: 'household' as const, id: house, fields: household(flat) },
        {
          kind: 'resident' as const,
          id: office.ids(),
          fields: resident(house, { birth: `${index < 3 ? 1930 : 1980}-01-01` }),
        },
      ]
    }).flat()
    await office.db.transaction().execute(async (trx) => {
      await insertRecords(trx, farGrid, people)
      await colourStream(trx, farGrid, { now: office.clock.now(), ids: office.ids })
    })
    const said = await overview(await office.enter('auditor'))
    expect(said.least).toBe(leastTold)
    const numbersOf = (place: PlaceFigures) => [
      ...[place.residents.total, ...Object.values(place.residents.colours)],
      ...[place.dwellings.total, ...Object.values(place.dwellings.colours)],
      ...[...Object.values(place.residence), ...Object.values(place.calls)],
    ]
    for (const place of said.places) {
      for (const n of numbersOf(place)) {
        expect(n === null || n === 0 || Number(n) >= leastTold).toBe(true)
      }
    }
    const { residents } = figuresOf(said, farGrid)
    // Three are red: the forty are told, and not by how many others the three could be found.
    expect(residents.total).toBe(40)
    expect(residents.colours.red).toBeNull()
    expect(Object.values(residents.colours).filter((n) => n === null).length).toBeGreaterThan(1)
    const admin = figuresOf(await overview(await office.enter('admin')), farGrid)
    expect(admin.residents.colours.red).toBe(3)
    // Of single communities neither weeks nor changes; of the whole what is large enough.
    const auditor = await office.enter('auditor')
    expect(await placeOverview(auditor, otherCommunity)).toMatchObject({
      weeks: null,
      shifts: null,
    })
    const whole = await placeOverview(auditor, subdistrict)
    for (const { count } of whole.shifts ?? []) expect(count).toBeGreaterThanOrEqual(leastTold)
    expect(whole.weeks?.at(-1)?.residents).toEqual(figuresOf(said, subdistrict).residents.colours)
  })
})

describe('what changed today', () => {
  const shifts = async () => {
    const { shifts: all } = await placeOverview(staff, office.places.community)
    return (all ?? []).map(
      ({ subject, from, to, cause, rule, began, count }) =>
        `${subject} ${from} → ${to} ${cause} ${began ? 'since' : 'no more'} ${rule ?? 'verified'} ${count}`,
    )
  }
  const added = async (act: () => Promise<void>) => {
    const before = await shifts()
    await act()
    return (await shifts()).filter((line) => !before.includes(line))
  }

  it('is told with the rule that began or ceased to hold, and of nobody', async () => {
    const birth = (day: string) => change('resident', home.resident, { birth: day })
    office.clock.at += dayMs
    expect(await shifts()).toEqual([])
    expect(await added(() => birth('1940-05-06'))).toEqual([
      'resident green → red facts since aged-80-alone 1',
    ])
    expect(await added(() => birth('1980-05-06'))).toEqual([
      'resident red → green facts no more aged-80-alone 1',
    ])
    expect(await added(() => birth('1940-05-06'))).toEqual([
      'resident green → red facts since aged-80-alone 2',
    ])
    const said = JSON.stringify(await placeOverview(staff, office.places.community))
    expect(said).not.toContain(home.resident)
    office.clock.at += dayMs
    expect(await shifts()).toEqual([])
  })

  it('tells a visit that verified, and one that was taken back', async () => {
    const { grid } = office.places
    await change('resident', home.resident, { verifiedOn: null })
    office.clock.at += dayMs
    const id = office.ids()
    const at = new Date(office.clock.now()).toISOString()
    await worker.pushed([worker.create(grid, 'visit', id, visit(home.household, at))])
    expect(await shifts()).toEqual(
      expect.arrayContaining(['resident grey → green facts since verified 1']),
    )
    const taken = await added(async () => {
      await worker.pushed([
        worker.mutation({ stream: grid, kind: 'visit', record: id, op: 'remove' }),
      ])
    })
    expect(taken).toEqual(
      expect.arrayContaining(['resident green → grey facts no more verified 1']),
    )
  })

  it('tells what the calendar did', async () => {
    const day = dayAt(office.clock.now())
    await change('resident', home.resident, {
      birth: `${Number(day.slice(0, 4)) - 80}${addDays(day, 1).slice(4)}`,
    })
    office.clock.at += dayMs
    await colourByCalendar(office.db, { now: office.clock.at, ids: office.ids })
    expect(await shifts()).toContain('resident yellow → red calendar since aged-80-alone 1')
  })
})

describe('the weeks', () => {
  it('are remembered as they were last seen, and none is made up', async () => {
    const { subdistrict, grid } = office.places
    await office.db.deleteFrom('course').execute()
    const weeks = async () =>
      ((await placeOverview(await office.enter('admin'), subdistrict)).weeks ?? []).map(
        ({ week, day }) => [week, day],
      )
    // Only today until a pass of the calendar has written something down.
    expect(await weeks()).toHaveLength(1)
    const before = (await recount(grid)).residents
    await keepCourse(office.db, today())
    const first = today()
    await change('resident', home.resident, { birth: '1940-05-06' })
    await keepCourse(office.db, today())
    office.clock.at += 21 * dayMs
    const told = await placeOverview(await office.enter('admin'), grid)
    expect(told.weeks?.map(({ day }) => day)).toEqual([first, today()])
    expect(told.weeks?.[0]?.residents.red).toBe(before.red + 1)
    expect(await weeks()).toHaveLength(2)
    // Written twice in a week, the later one counts; an older pass that comes late changes nothing.
    await keepCourse(office.db, today())
    await keepCourse(office.db, addDays(today(), -1))
    expect(await weeks()).toEqual([
      [expect.any(String), first],
      [expect.any(String), today()],
    ])
    // After two years it is forgotten.
    await keepCourse(office.db, addDays(today(), 3 * 365))
    const left = await office.db.selectFrom('course').select('day').distinct().execute()
    expect(left).toEqual([{ day: addDays(today(), 3 * 365) }])
  })
})
