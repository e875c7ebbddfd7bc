/**
 * Rounds over many streams: colours by the calendar and after a new scheme, in as many statements for eight streams as
 * for one, shared by two servers, and never done twice. Holds `src/server/colours/calendar.ts`,
 * `src/server/colours/recolour.ts` and `src/server/keepers/calendar.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { dayAt } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { colourStream } from '#server/colours/fill.ts'
import { previewScheme } from '#server/colours/preview.ts'
import { recolourStale, staleStreams } from '#server/colours/recolour.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { openDatabase } from '#server/db/connect.ts'
import { mendPlaceRules } from '#server/db/mend-place-rules.ts'
import type { Db } from '#server/db/schema.ts'
import { createPlace } from '#server/db/streams.ts'
import { helpCalendar, type CalendarParts } from '#server/keepers/calendar.ts'
import { createPasses } from '#server/keepers/passes.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { holdStream } from './held-streams.ts'
import { openOffice, type Office } from './office.ts'
import { settle, type Home } from './sample.ts'

let office: Office
/** Of a second server. */
let other: Db
const grids: string[] = []
const homes = new Map<string, Home>()

beforeAll(async () => {
  office = await openOffice()
  other = openDatabase(office.applicationUrl)
  for (let n = 0; n < 20; n += 1) {
    const id = office.ids()
    await createPlace(office.db, { id, parent: office.places.community, epoch: 1 })
    grids.push(id)
  }
})
afterAll(async () => {
  await other.destroy()
  await office.close()
})
beforeEach(async () => {
  const admin = await office.enter('admin')
  for (const grid of grids) homes.set(grid, await settle(admin, admin, grid, office.ids))
})

const clock = () => ({ now: office.clock.now(), ids: office.ids })
const coloursOf = async (since: ReadonlyMap<string, number>) => {
  const rows = await office.db
    .selectFrom('record')
    .select(['stream', 'version', 'fields'])
    .where('kind', '=', 'colour')
    .execute()
  return rows.filter(({ stream, version }) => version > (since.get(stream) ?? 0))
}
const heads = async () => {
  const rows = await office.db.selectFrom('stream').select(['id', 'head']).execute()
  return new Map(rows.map(({ id, head }) => [id, head]))
}
/** What stands there is what colouring each stream as a whole comes to. */
async function expectWhole() {
  expect((await verifyAudit(office.own)).fault).toBeNull()
  const undo = new Error('undo')
  for (const grid of grids) {
    const anew = office.db.transaction().execute(async (trx) => {
      expect(await colourStream(trx, grid, clock())).toBe(0)
      throw undo
    })
    await expect(anew).rejects.toBe(undo)
  }
}
/** Everybody is looked at again: their day has come. */
const makeDue = () =>
  sql`update subject set until = ${dayAt(office.clock.now())}, rules = 'other' where kind = 'resident'
    and stream = any(${sql.val(grids)}::uuid[])`.execute(office.db)
const parts = (texts: readonly { text: string }[], what: RegExp) =>
  texts.filter(({ text }) => what.test(text)).length

it('the calendar takes eight streams together, and each subject is coloured once', async () => {
  await makeDue()
  const before = await heads()
  const statements = await statementsOf(async () => {
    const moved = await colourByCalendar(office.own, clock())
    expect([...moved].sort()).toEqual([...grids].sort())
  })
  // Three transactions for twenty streams, each with a lock a stream and the same questions besides.
  expect(parts(statements, /^begin/i)).toBe(3)
  expect(statements.length).toBeLessThan(20 + 3 * 20)
  const people = (await coloursOf(before)).map(
    ({ fields }) => (fields as { subject: string }).subject,
  )
  expect(new Set(people).size).toBe(people.length)
  expect(people.length).toBeGreaterThanOrEqual(grids.length)
  await expectWhole()
})

it('what somebody holds is done last, and the others are not kept waiting', async () => {
  await makeDue()
  const [held = ''] = grids
  const letGo = await holdStream(office.db, held)
  const moved: string[] = []
  const round = colourByCalendar(office.own, clock(), (stream) => moved.push(stream))
  try {
    await vi.waitFor(() => expect(moved).toHaveLength(grids.length - 1), { timeout: 20_000 })
    expect(moved).not.toContain(held)
  } finally {
    await Promise.all([letGo(), round])
  }
  expect(moved.at(-1)).toBe(held)
  await expectWhole()
})

it('one that fails harms none of the seven beside it', async () => {
  await makeDue()
  const bad = grids[3] ?? ''
  await sql`alter table subject add constraint no_colour check (stream <> ${sql.lit(bad)} or rules = 'other')
    not valid`.execute(office.db)
  const moved: string[] = []
  await expect(
    colourByCalendar(office.own, clock(), (stream) => moved.push(stream)),
  ).rejects.toMatchObject({ code: '23514' })
  await sql`alter table subject drop constraint no_colour`.execute(office.db)
  expect(moved.sort()).toEqual(grids.filter((grid) => grid !== bad).sort())
  await colourByCalendar(office.own, clock())
  await expectWhole()
})

it('two servers share the calendar from both ends, and nothing is done twice', async () => {
  await makeDue()
  const before = await heads()
  const [one, two] = await Promise.all([
    colourByCalendar(office.own, clock()),
    colourByCalendar(other, clock(), () => undefined, { isBackwards: true }),
  ])
  expect([...one, ...two].sort()).toEqual([...grids].sort())
  const people = (await coloursOf(before)).map(
    ({ fields }) => (fields as { subject: string }).subject,
  )
  expect(new Set(people).size).toBe(people.length)
  await expectWhole()
})

it('and a new scheme, of which a server that helps hears as well', async () => {
  const fortyIsBlue: Scheme = {
    ...defaultScheme,
    ...{ schemeVersion: 2, from: '2026-11-23' },
    rules: [
      ...defaultScheme.rules,
      {
        ...{ key: 'forty', subject: 'resident', level: 'blue', words: '{age}岁' },
        ...{ when: { fact: 'age', op: 'at-least', value: 40 }, wordsEn: 'aged {age}' },
      },
    ],
  }
  // Beside the server: it would colour by itself.
  await office.server.stop()
  const head = (await heads()).get(office.places.subdistrict) ?? 0
  await sql`insert into record (stream, id, kind, version, fields, created, marks, removed, moves)
    values (${office.places.subdistrict}, ${office.ids()}, 'scheme', ${head + 1},
      ${JSON.stringify(fortyIsBlue)}::jsonb, '{"version":1,"device":null,"at":"2026-11-23T00:00:00.000Z"}',
      '{}', false, 0)`.execute(office.db)
  await sql`update stream set head = head + 1 where id = ${office.places.subdistrict}`.execute(
    office.db,
  )
  await mendPlaceRules(office.db)
  const before = await heads()
  const passes = createPasses({
    ...{ db: other, clock: office.clock },
    onFault: (_, fault) => {
      throw fault
    },
  })
  const helping = vi.fn(() =>
    recolourStale(other, clock(), () => undefined, undefined, { isBackwards: true }).then(
      () => undefined,
    ),
  )
  const parts = {
    ...{ db: other, clock: office.clock, ids: office.ids, passes },
    ...{ onMoved: vi.fn(), takeSlice: () => Promise.resolve(true) },
  }
  const [written] = await Promise.all([
    recolourStale(office.own, clock(), () => undefined),
    helpCalendar({ ...parts, recolour: helping } as unknown as CalendarParts),
  ])
  expect(helping).toHaveBeenCalledOnce()
  expect(await staleStreams(office.db)).toEqual([])
  const people = (await coloursOf(before)).map(
    ({ fields }) => (fields as { subject: string }).subject,
  )
  expect(new Set(people).size).toBe(people.length)
  expect(people.length).toBeGreaterThanOrEqual(grids.length)
  expect(written).toBeLessThanOrEqual(people.length)
  await expectWhole()
})

it('a preview of twenty grids costs what one of few does', async () => {
  const cost = async (some: readonly string[]) => {
    const counted = some.map((stream) => ({ stream, place: office.places.community }))
    const lines: unknown[] = []
    const statements = await statementsOf(async () => {
      const signal = new AbortController().signal
      for await (const line of previewScheme(
        office.own,
        counted,
        defaultScheme,
        clock().now,
        signal,
      )) {
        lines.push(line)
      }
    })
    expect(lines).toContainEqual({ type: 'progress', done: some.length, total: some.length })
    return statements.length
  }
  expect(await cost(grids)).toBe(await cost(grids.slice(0, 2)))
})
