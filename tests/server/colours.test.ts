/**
 * Colours on the server: after each push, by the calendar, for a whole stream; and tallies that equal a full count.
 * Holds `src/server/colours/touched.ts`, `src/server/colours/load.ts` and `src/server/colours/write.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { colourSchema, type ColourRecord } from '#domain/colour.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import * as v from 'valibot'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { colourStream } from '#server/colours/fill.ts'
import { loadStream, insertRecords } from '#server/db/records.ts'
import { mendPlaceRules } from '#server/db/mend-place-rules.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { dwelling, household, resident, settle, visit, type Home } from './sample.ts'

let office: Office
let worker: Device
let colleague: Device
let grid: string
let home: Home

beforeAll(async () => {
  office = await openOffice()
  grid = office.places.grid
})
afterAll(() => office.close())
beforeEach(async () => {
  worker = await office.enter('worker')
  colleague = await office.enter('colleague')
  home = await settle(await office.enter('staff'), worker, grid, office.ids)
})

const subjectOf = (id: string) =>
  office.db
    .selectFrom('subject')
    .selectAll()
    .where('stream', '=', grid)
    .where('id', '=', id)
    .executeTakeFirst()
const colourOf = async (id: string) => (await subjectOf(id))?.colour

const colourRecords = async (subject: string): Promise<ColourRecord[]> =>
  (await loadStream(office.db, grid, ['colour']))
    .sort((a, b) => a.version - b.version)
    .map((row) => v.parse(colourSchema, row.fields))
    .filter((record) => record.subject === subject)

/** The tallies against a count of the subjects, and the subjects against who and what is really there. */
async function expectTalliesToBeTrue(stream = grid): Promise<void> {
  const { fn } = office.db
  const keyed = (
    rows: readonly { kind: string; colour: string; residence: string; n: unknown }[],
  ) =>
    rows
      .filter((row) => Number(row.n) !== 0)
      .map((row) => `${row.kind} ${row.colour} ${row.residence} ${Number(row.n)}`)
      .sort()
  const tallies = await office.db
    .selectFrom('tally')
    .selectAll()
    .where('stream', '=', stream)
    .execute()
  const counted = await office.db
    .selectFrom('subject')
    .select(['kind', 'colour', 'residence', fn.countAll().as('n')])
    .where('stream', '=', stream)
    .groupBy(['kind', 'colour', 'residence'])
    .execute()
  expect(keyed(tallies)).toEqual(keyed(counted))
  const residents = await loadStream(office.db, stream, ['resident'])
  const present = residents.filter(({ fields }) => !fields.movedOutOn && !fields.diedOn)
  const dwellings = await loadStream(office.db, stream, ['dwelling'])
  const inhabited = new Set(present.map(({ fields }) => fields.household))
  const households = (await loadStream(office.db, stream, ['household'])).filter(
    ({ id, fields }) => inhabited.has(id) && !fields.endedOn,
  )
  const subjects = await office.db
    .selectFrom('subject')
    .select('id')
    .where('stream', '=', stream)
    .execute()
  expect(subjects.map((row) => row.id).sort()).toEqual(
    [...present, ...dwellings, ...households].map((row) => row.id).sort(),
  )
}

async function change(
  device: Device,
  kind: 'resident' | 'household' | 'dwelling',
  record: string,
  fields: Record<string, unknown>,
) {
  const seen = Number.MAX_SAFE_INTEGER
  const op = 'patch'
  const { receipts } = await device.pushed([
    device.mutation({ stream: grid, kind, record, op, fields, seen }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
}

describe('after a push', () => {
  it('a subject has its colour, and a five-colour record tells each change of it', async () => {
    expect(await colourOf(home.resident)).toBe('green')
    expect(await colourRecords(home.resident)).toEqual([])
    await change(worker, 'resident', home.resident, { birth: '1940-05-06' })
    expect(await colourOf(home.resident)).toBe('red')
    const [record, ...more] = await colourRecords(home.resident)
    expect(more).toEqual([])
    expect(record).toMatchObject({
      subjectKind: 'resident',
      colour: 'red',
      schemeVersion: defaultScheme.schemeVersion,
      from: '2026-11-23',
      cause: 'facts',
    })
    expect(record?.reasons.map((reason) => reason.rule)).toContain('aged-80-alone')
    await expectTalliesToBeTrue()
  })

  it('those who live with somebody new are coloured anew as well', async () => {
    await change(worker, 'resident', home.resident, { birth: '1940-05-06' })
    const child = office.ids()
    await colleague.pushed([
      colleague.create(grid, 'resident', child, resident(home.household, { birth: '1975-01-01' })),
    ])
    expect(await colourOf(home.resident)).toBe('green')
    await expectTalliesToBeTrue()
    // Taken back: alone again.
    await colleague.pushed([
      colleague.mutation({ stream: grid, kind: 'resident', record: child, op: 'remove' }),
    ])
    expect(await colourOf(home.resident)).toBe('red')
    expect(await subjectOf(child)).toBeUndefined()
    const colours = (await colourRecords(home.resident)).map((record) => record.colour)
    expect(colours).toEqual(['red', 'green', 'red'])
    await expectTalliesToBeTrue()
  })

  it('so are those whom somebody left, for another household or for good', async () => {
    await change(worker, 'resident', home.resident, { birth: '1940-05-06' })
    const child = office.ids()
    const [flat, house] = [office.ids(), office.ids()]
    await worker.pushed([
      worker.create(grid, 'resident', child, resident(home.household, { birth: '1975-01-01' })),
      worker.create(grid, 'dwelling', flat, dwelling(home.building, { room: '401' })),
      worker.create(grid, 'household', house, household(flat)),
    ])
    expect(await colourOf(home.resident)).toBe('green')
    await change(worker, 'resident', child, { household: house })
    expect(await colourOf(home.resident)).toBe('red')
    await change(worker, 'resident', child, { household: home.household })
    expect(await colourOf(home.resident)).toBe('green')
    await change(worker, 'resident', child, { movedOutOn: '2026-11-22' })
    expect(await colourOf(home.resident)).toBe('red')
    expect(await subjectOf(child)).toBeUndefined()
    await change(worker, 'resident', child, { movedOutOn: null })
    expect(await colourOf(home.resident)).toBe('green')
    expect(await colourOf(child)).toBe('green')
    await expectTalliesToBeTrue()
  })

  it('a dwelling follows its hazards, and what is taken back leaves the tallies', async () => {
    const hazard = { id: office.ids(), type: '02', found: '2026-11-20', toLife: true }
    await change(worker, 'dwelling', home.dwelling, { hazards: { add: [hazard] } })
    expect(await colourOf(home.dwelling)).toBe('red')
    const cleared = { ...hazard, cleared: '2026-11-22' }
    await change(worker, 'dwelling', home.dwelling, { hazards: { add: [cleared] } })
    expect(await colourOf(home.dwelling)).not.toBe('red')
    const flat = office.ids()
    await worker.pushed([worker.create(grid, 'dwelling', flat, dwelling(home.building))])
    expect(await colourOf(flat)).toBe('grey')
    await worker.pushed([
      worker.mutation({ stream: grid, kind: 'dwelling', record: flat, op: 'remove' }),
    ])
    expect(await subjectOf(flat)).toBeUndefined()
    await expectTalliesToBeTrue()
  })

  it('a visit verifies, and taken back verifies no more', async () => {
    const unknown = office.ids()
    await worker.pushed([
      worker.create(grid, 'resident', unknown, resident(home.household, { verifiedOn: null })),
    ])
    expect(await colourOf(unknown)).toBe('grey')
    const id = office.ids()
    await worker.pushed([
      worker.create(grid, 'visit', id, visit(home.household, '2026-11-23T05:00:00.000Z')),
    ])
    expect(await colourOf(unknown)).toBe('green')
    await worker.pushed([
      worker.mutation({ stream: grid, kind: 'visit', record: id, op: 'remove' }),
    ])
    expect(await colourOf(unknown)).toBe('grey')
    await expectTalliesToBeTrue()
  })

  it('a refused push leaves colours and tallies alone', async () => {
    const before = await office.db.selectFrom('tally').selectAll().execute()
    const { receipts } = await worker.pushed([
      worker.create(grid, 'resident', office.ids(), resident(office.ids())),
    ])
    expect(receipts[0]?.ok).toBe(false)
    expect(await office.db.selectFrom('tally').selectAll().execute()).toEqual(before)
  })

  it("the subdistrict's own scheme counts before the built-in one", async () => {
    const { subdistrict } = office.places
    const id = office.ids()
    const scheme = {
      ...defaultScheme,
      schemeVersion: 7,
      rules: [
        {
          key: 'has-note',
          subject: 'resident',
          level: 'orange',
          when: { fact: 'age', op: 'at-least', value: 18 },
          words: '成年',
          wordsEn: 'of age',
        },
      ],
    }
    await office.db.transaction().execute(async (trx) => {
      await insertRecords(trx, subdistrict, [{ kind: 'scheme', id, fields: scheme }])
    })
    await change(worker, 'resident', home.resident, { workplace: '样例厂' })
    expect(await colourOf(home.resident)).toBe('orange')
    expect((await colourRecords(home.resident)).at(-1)).toMatchObject({
      scheme: id,
      schemeVersion: 7,
    })
    // An administrator's new scheme recolours everybody else as well.
    await office.db
      .transaction()
      .execute((trx) =>
        colourStream(trx, grid, { now: office.clock.now(), ids: office.ids }, 'scheme'),
      )
    const colours = await office.db
      .selectFrom('subject')
      .select('colour')
      .distinct()
      .where('stream', '=', grid)
      .where('kind', '=', 'resident')
      .execute()
    expect(colours).toEqual([{ colour: 'orange' }])
    await expectTalliesToBeTrue()
    await office.db
      .deleteFrom('record')
      .where('stream', '=', subdistrict)
      .where('id', '=', id)
      .execute()
    await mendPlaceRules(office.db)
    await office.db
      .transaction()
      .execute((trx) => colourStream(trx, grid, { now: office.clock.now(), ids: office.ids }))
  })
})

describe('the calendar', () => {
  it('recolours who is due on the day, and nobody else', async () => {
    // Eighty on 25 November 2026, living alone.
    await change(worker, 'resident', home.resident, { birth: '1946-11-25' })
    const subject = await subjectOf(home.resident)
    expect(subject).toMatchObject({ until: '2026-11-25' })
    const today = office.clock.at
    const pass = (at: number) => colourByCalendar(office.db, { now: at, ids: office.ids })
    await pass(today + dayMs)
    expect(await subjectOf(home.resident)).toEqual(subject)
    const before = await office.db
      .selectFrom('subject')
      .selectAll()
      .where('until', 'is', null)
      .where('id', '<>', home.household)
      .orderBy('id')
      .execute()
    expect(await pass(today + 2 * dayMs)).toEqual([grid])
    // Whoever is called on sooner as well: the household's day moves with the colour of its people.
    expect(await subjectOf(home.household)).toMatchObject({ colour: 'red', due: '2026-11-30' })
    expect(await colourOf(home.resident)).toBe('red')
    expect((await colourRecords(home.resident)).at(-1)).toMatchObject({
      colour: 'red',
      cause: 'calendar',
      from: '2026-11-25',
    })
    expect(await pass(today + 2 * dayMs)).toEqual([])
    const after = await office.db
      .selectFrom('subject')
      .selectAll()
      .where('until', 'is', null)
      .where(
        'id',
        'in',
        before.map((row) => row.id),
      )
      .orderBy('id')
      .execute()
    expect(after).toEqual(before)
    await expectTalliesToBeTrue()
    // The new record is part of the next pull.
    const { records } = await worker.pull()
    expect([...records.values()].some(({ fields }) => fields?.cause === 'calendar')).toBe(true)
  })

  it('lets go of a subject that has no home any more', async () => {
    const id = office.ids()
    await office.db
      .insertInto('subject')
      .values({
        stream: grid,
        id,
        kind: 'resident',
        colour: 'blue',
        residence: 'floating',
        rules: '',
        until: '2026-11-01',
        due: null,
      })
      .execute()
    await office.db
      .insertInto('tally')
      .values({ stream: grid, kind: 'resident', colour: 'blue', residence: 'floating', n: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['stream', 'kind', 'colour', 'residence'])
          .doUpdateSet((update) => ({ n: update('tally.n', '+', 1) })),
      )
      .execute()
    await colourByCalendar(office.db, { now: office.clock.at, ids: office.ids })
    expect(await subjectOf(id)).toBeUndefined()
    await expectTalliesToBeTrue()
  })
})

describe('a filled stream', () => {
  it('is coloured as a whole, without a record for a first colour', async () => {
    const { farGrid } = office.places
    const people = 400
    const records = Array.from({ length: people }, (_, index) => {
      const [block, flat, house] = [office.ids(), office.ids(), office.ids()]
      return [
        { kind: 'dwelling' as const, id: flat, fields: dwelling(block) },
        { kind: 'household' as const, id: house, fields: household(flat) },
        {
          kind: 'resident' as const,
          id: office.ids(),
          fields: resident(house, { birth: `${1930 + (index % 90)}-01-01` }),
        },
      ]
    }).flat()
    const clock = { now: office.clock.now(), ids: office.ids }
    await office.db.transaction().execute(async (trx) => {
      expect(await insertRecords(trx, farGrid, records)).toBe(3 * people)
      expect(await colourStream(trx, farGrid, clock)).toBe(0)
    })
    await expectTalliesToBeTrue(farGrid)
    const tallies = await office.db
      .selectFrom('tally')
      .selectAll()
      .where('stream', '=', farGrid)
      .where('colour', '=', 'red')
      .where('kind', '=', 'resident')
      .execute()
    expect(tallies).toMatchObject([{ kind: 'resident', residence: 'settled' }])
    // Nothing changed: nothing is written.
    await office.db.transaction().execute(async (trx) => {
      expect(await colourStream(trx, farGrid, clock)).toBe(0)
    })
  })
})
