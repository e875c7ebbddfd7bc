/**
 * The table of people asked of the server: whom a device with the same records would list, masked, for whom and with which
 * trace; and slices of what leaves as a file.
 * Holds `src/server/routes/table.ts`, `src/server/colours/table.ts`, `src/server/colours/people-rows.ts`,
 * `src/server/db/table.ts` and `src/server/db/table-filter.ts`.
 */
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pickColumns } from '#domain/door-columns.ts'
import { dayAt } from '#domain/day.ts'
import { beyondSorts, cellsBeyond } from '#domain/sheet-beyond.ts'
import { cellText, rosterWords, sortKey } from '#domain/sheet-columns.ts'
import { residentColumns } from '#domain/resident-columns.ts'
import type { SheetFilter } from '#domain/sheet-filter.ts'
import {
  pageOfTable,
  tableAnswerSchema,
  tableCountPath,
  tableCountSchema,
  tablePath,
  type TableAnswer,
} from '#protocol/table.ts'
import { createRegister } from '#app/register/create-register.ts'
import { readSheet } from '#app/register/read-sheet.ts'
import type { Register } from '#app/register/register.ts'
import { createSheetRows } from '#app/register/sheet-rows.ts'
import fc from '#tests/support/fast-check.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { fillGrids, tableAsked } from './table-people.ts'

const words = rosterWords({ level: (colour) => colour, reason: ({ rule }) => rule })

describe.each(['whole', 'parts'] as const)('tables that are %s', (layout) => {
  let office: Office
  let register: Register
  const devices = new Map<string, Device>()

  beforeAll(async () => {
    office = await openOffice({ layout })
    await fillGrids(office)
    const whole = createRegister()
    whole.applyPages((await (await office.enter('admin')).pull()).pages)
    register = whole
  })
  afterAll(() => office.close())

  const today = () => dayAt(office.clock.now())
  const post = async (login: string, path: string, more: object) => {
    const device = devices.get(login) ?? (await office.enter(login))
    devices.set(login, device)
    // Each question has its own minutes: the pace is another test's matter.
    office.clock.at += 60_000
    const body = { ...tableAsked(office.places.subdistrict), ...more }
    return office.post(path, body, device.pass)
  }
  const ask = async (more: object, login = 'admin'): Promise<TableAnswer> => {
    const response = await post(login, tablePath, more)
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    return v.parse(tableAnswerSchema, await response.json())
  }
  const askAll = async (more: object, login = 'admin'): Promise<TableAnswer['rows']> => {
    const rows: TableAnswer['rows'] = []
    let cursor: TableAnswer['cursor'] = null
    do {
      const page: TableAnswer = await ask({ ...more, cursor }, login)
      expect(page.rows.length).toBeLessThanOrEqual(pageOfTable)
      rows.push(...page.rows)
      cursor = page.cursor
    } while (cursor)
    return rows
  }
  const onDevice = async (filter: SheetFilter) => {
    const answer = await readSheet(
      register,
      { sheet: 'residents', today: today(), filter, text: '', sort: null },
      () => false,
    )
    return answer?.ids ?? []
  }
  const rowOf = (id: string) => {
    const row = createSheetRows(register, 'residents', today()).row(id)
    if (!row) throw new Error('nobody')
    return row
  }

  const filters: readonly SheetFilter[] = [
    {},
    ...(['present', 'gone', 'all'] as const).map((presence) => ({ presence })),
    { colours: ['red', 'orange'] },
    { colours: ['grey'], presence: 'all' },
    { tags: ['disabled'] },
    { tags: ['living-alone', 'disabled'], presence: 'all' },
    { ageFrom: 92, ageTo: 92 },
    { ageTo: 17 },
    { ageFrom: 91, presence: 'all' },
    { residences: ['floating'] },
    { residences: ['apart', '3'] },
    { uses: ['rental', 'group-rental'] },
    { estate: '样例苑' },
    { due: 'overdue' },
    { due: 'week' },
    { dueFrom: '2026-11-20', dueTo: '2027-03-01' },
    { vehicles: true },
    { care: 'some' },
    { care: 'lapsed' },
    ...(
      [
        ...['phone', 'document', 'birth', 'residence', 'hukou', 'relation', 'notice'],
        ...['verified', 'landlord'],
      ] as NonNullable<SheetFilter['missing']>
    ).map((fact) => ({ missing: [fact] })),
    { missing: ['phone', 'landlord'], presence: 'all' },
    { arrivedWithin: 6 },
    { arrivedFrom: '2026-05-23', arrivedTo: '2026-05-23' },
    { metFrom: '2026-10-03', metTo: '2026-10-06' },
    { neverMet: true },
    { neverMet: true, metFrom: '2026-10-08', presence: 'all' },
    { reasons: ['by-hand'] },
    { reasons: ['age-80-alone', 'by-hand'], colours: ['orange', 'red', 'yellow'] },
  ]
  it.each(filters)('lists whom a device with all of it lists: %j', async (filter) => {
    const here = [...(await onDevice(filter))].sort()
    expect((await askAll({ filter })).map(({ id }) => id).sort()).toEqual(here)
    const counted = await post('admin', tableCountPath, { filter })
    const { count } = v.parse(tableCountSchema, await counted.json())
    // Whether care has lapsed is a rule alone: the database counts who has any.
    if (filter.care !== 'lapsed') expect(count).toBe(here.length)
  })

  it('lists them under any filter', async () => {
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 })
    const drawn = fc.record({
      presence: some(fc.constantFrom('present', 'gone', 'all')),
      colours: some(fc.subarray(['red', 'orange', 'yellow', 'blue', 'green', 'grey'])),
      tags: some(fc.subarray(['living-alone', 'disabled'])),
      ageFrom: some(fc.integer({ min: 0, max: 95 })),
      ageTo: some(fc.integer({ min: 0, max: 95 })),
      residences: some(fc.subarray(['1', '2', '3', '4', 'floating', 'apart'])),
      uses: some(fc.subarray(['own', 'rental', 'vacant'])),
      due: some(fc.constantFrom('week', 'overdue')),
      missing: some(fc.subarray(['phone', 'hukou', 'landlord', 'verified', 'notice'])),
      arrivedWithin: some(fc.integer({ min: 1, max: 120 })),
      neverMet: some(fc.constant(true)),
    })
    let listed = 0
    await fc.assert(
      fc.asyncProperty(drawn, async (filter) => {
        const here = [...(await onDevice(filter as SheetFilter))].sort()
        listed += here.length
        expect((await askAll({ filter })).map(({ id }) => id).sort()).toEqual(here)
      }),
      { numRuns: 60 },
    )
    expect(listed).toBeGreaterThan(30)
  })

  it.each(beyondSorts.flatMap((by) => [`${by} up`, `${by} down`]))(
    'in the order in which a device puts them, page by page: %s',
    async (said) => {
      const [by = '', way] = said.split(' ')
      const sort = { column: by, descending: way === 'down' }
      const [column] = pickColumns('residents', [by])
      if (!column) throw new Error('no column')
      const here = await readSheet(
        register,
        {
          ...{ sheet: 'residents', today: today(), filter: {}, text: '' },
          sort: { column, descending: sort.descending },
        },
        () => false,
      )
      const there = await askAll({ sort })
      // Of a name no more than what every mask shows.
      const keyOf = (id: string) => {
        const key = sortKey(column, rowOf(id))
        return by === 'name' ? [...String(key)][0] : key
      }
      expect(new Set(there.map(({ id }) => id)).size).toBe(there.length)
      expect(there.map(({ id }) => keyOf(id))).toEqual(here?.ids.map(keyOf))
      expect(there.length).toBeGreaterThan(pageOfTable)
    },
  )

  it('by name tells nothing that the mask hides: of one first letter they stand by their ids', async () => {
    const there = await askAll({ sort: { column: 'name', descending: false } })
    const firstOf = ({ id }: (typeof there)[number]) => [...(rowOf(id).resident?.name ?? '')][0]
    const letters = new Set(there.map(firstOf))
    const hidden = new Set(there.map(({ id }) => rowOf(id).resident?.name))
    expect(hidden.size).toBeGreaterThan(letters.size)
    for (const letter of letters) {
      const ids = there.filter((row) => firstOf(row) === letter).map(({ id }) => id)
      expect(ids).toEqual(ids.toSorted())
    }
  })

  it('grid after grid in the order of the tree, in each past the doors as a device walks', async () => {
    const { grid, otherGrid, farGrid } = office.places
    const there = await askAll({})
    const streams = [...new Set(there.map(({ stream }) => stream))]
    // The tree has no order of its communities here: their ids say which comes first.
    expect([...streams].sort()).toEqual([grid, otherGrid, farGrid].sort())
    for (const stream of streams) {
      const own = there.filter((row) => row.stream === stream).map(({ id }) => id)
      const walked = (await onDevice({ grid: stream })).filter((id) => own.includes(id))
      const doorOf = (id: string) => rowOf(id).dwelling?.room
      expect(own.map(doorOf)).toEqual(walked.map(doorOf))
      expect(own.toSorted()).toEqual(walked.toSorted())
    }
  })

  it('every cell reads as on a device, masked', async () => {
    const columns = residentColumns.filter(
      ({ key }) => key !== 'community' && key !== 'subdistrict',
    )
    const keys = columns.map(({ key }) => key)
    const answer = await ask({ columns: [...keys, 'no-column'], filter: { presence: 'all' } })
    expect(answer.columns).toEqual(keys)
    for (const { id, cells } of answer.rows) {
      expect(cells).toEqual(JSON.parse(JSON.stringify(cellsBeyond(columns, rowOf(id), false))))
    }
    const text = JSON.stringify(answer)
    for (const value of ['10012340077', '201101198005060014', '10000000001', '古样丽']) {
      expect(text).not.toContain(value)
    }
    const named = columns.find(({ key }) => key === 'name')
    expect(named && cellText(named, rowOf(answer.rows[0]?.id ?? ''), words, false)).toContain('*')
  })

  it('over a community alone, and over no place of others', async () => {
    const { community, otherCommunity, farGrid } = office.places
    const far = await askAll({ place: otherCommunity })
    expect(far.length).toBeGreaterThan(0)
    expect(new Set(far.map(({ stream }) => stream))).toEqual(new Set([farGrid]))
    expect((await askAll({ place: community }, 'staff')).length).toBeGreaterThan(0)
    for (const place of [office.places.subdistrict, otherCommunity, farGrid]) {
      const response = await post('staff', tablePath, { place })
      expect([response.status, await problemOf(response)]).toEqual([403, 'stream-not-yours'])
      const counted = await post('staff', tableCountPath, { place })
      expect(await problemOf(counted)).toBe('stream-not-yours')
    }
    expect(await askAll({ filter: { grid: farGrid }, place: community }, 'staff')).toEqual([])
  })

  it.each(['worker', 'handler', 'auditor', 'gate'])('not for a %s', async (login) => {
    for (const path of [tablePath, tableCountPath]) {
      const response = await post(login, path, {})
      expect([response.status, await problemOf(response)]).toEqual([403, 'not-allowed'])
    }
  })

  it.each([
    [{ sort: { column: 'documentNumber', descending: false } }, 'invalid-fields'],
    [{ sort: { column: 'phones', descending: false } }, 'invalid-fields'],
    [{ columns: ['no-column'] }, 'invalid-fields'],
    [{ columns: [] }, 'malformed'],
    [{ purpose: 'curiosity' }, 'malformed'],
    [{ filter: { colours: ['pink'] } }, 'malformed'],
    [{ filter: { dueFrom: '2026-02-30' } }, 'malformed'],
    [{ cursor: { stream: 'x', id: null } }, 'malformed'],
    [{ cursor: { stream: '0190f5c6-0000-7000-8000-000000000001', id: null } }, 'changed-meanwhile'],
  ] as const)('what cannot be answered says why: %j', async (more, problem) => {
    expect(await problemOf(await post('admin', tablePath, more))).toBe(problem)
  })

  it('goes on where somebody was, also when they left the table meanwhile', async () => {
    const sort = { column: 'name', descending: false }
    const first = await ask({ sort })
    const gone = { ...first.cursor, id: office.ids() }
    expect(await problemOf(await post('admin', tablePath, { sort, cursor: gone }))).toBe(
      'changed-meanwhile',
    )
    // In the walk the grid begins anew: nobody is left out.
    const walk = await ask({ cursor: { stream: office.places.grid, id: office.ids() } })
    expect(walk.rows[0]?.stream).toBe(office.places.grid)
  })

  it.each([null, ...beyondSorts])(
    'tells nothing of where somebody of others stands: %s',
    async (by) => {
      const { community, farGrid, grid } = office.places
      const [far] = (await ask({ place: farGrid })).rows
      const own = (await ask({ place: community }, 'staff')).rows[0]
      for (const descending of [false, true]) {
        const sort = by && { column: by, descending }
        const asked = { place: community, sort }
        const cursors = [
          { stream: farGrid, id: far?.id },
          { stream: farGrid, id: office.ids() },
          { stream: farGrid, id: null },
        ]
        for (const cursor of cursors) {
          const response = await post('staff', tablePath, { ...asked, cursor })
          expect([response.status, await problemOf(response)]).toEqual([409, 'changed-meanwhile'])
        }
        // Who is of another place has no standing under a grid of one's own either.
        const borrowed = await post('staff', tablePath, {
          ...{ ...asked, cursor: { stream: grid, id: far?.id } },
        })
        expect(borrowed.status).toBe(by === null ? 200 : 409)
        const cursor = { stream: own?.stream, id: own?.id }
        expect((await post('staff', tablePath, { ...asked, cursor })).status).toBe(200)
      }
    },
  )
})
