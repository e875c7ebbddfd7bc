/**
 * Rounds ask by what changed, and share what is long: the course, the recolouring, and lists of what is purged next.
 * Holds `src/server/colours/course.ts`, `src/server/colours/recolour.ts` and `src/server/ledger/purge-pass.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dayAt } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { moveUnder } from '#server/acts/places.ts'
import { keepCourse } from '#server/colours/course.ts'
import { recolourStale, staleStreams } from '#server/colours/recolour.ts'
import { createPlace } from '#server/db/streams.ts'
import { createLease, type Background } from '#server/keepers/background.ts'
import { helpPurge, purgeDue } from '#server/ledger/purge-pass.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { settle } from './sample.ts'

let office: Office
let admin: Device
beforeAll(async () => {
  office = await openOffice()
  admin = await office.enter('admin')
  const { grid, otherGrid, farGrid } = office.places
  for (const one of [grid, otherGrid, farGrid]) await settle(admin, admin, one, office.ids)
})
afterAll(() => office.close())

const clock = () => ({ now: office.clock.now(), ids: office.ids })
const today = () => dayAt(office.clock.now())

describe('the course', () => {
  const lines = async () => {
    const rows = await sql<{ stream: string; xmin: string; figures: string }>`
      select stream, xmin::text, (residents, dwellings, calls, overdue)::text as figures
      from course order by stream`.execute(office.db)
    return rows.rows
  }
  const figures = async () =>
    new Map((await lines()).map(({ stream, figures }) => [stream, figures]))
  /** Streams whose lines a round wrote. */
  async function writtenBy(work: () => Promise<unknown>): Promise<string[]> {
    const before = new Map((await lines()).map(({ stream, xmin }) => [stream, xmin]))
    await work()
    const after = await lines()
    return after.flatMap(({ stream, xmin }) => (before.get(stream) === xmin ? [] : [stream]))
  }
  /** What stands there is what a count of everything comes to. */
  async function expectWhole(day = today()) {
    const kept = await figures()
    await office.db.deleteFrom('course').execute()
    await keepCourse(office.own, day)
    expect(await figures()).toEqual(kept)
  }

  it('counts anew where something came, and above it, and comes to what a count of all comes to', async () => {
    const { grid, community, subdistrict, farGrid } = office.places
    await keepCourse(office.own, today())
    expect((await figures()).has(farGrid)).toBe(true)
    expect(await writtenBy(() => keepCourse(office.own, today()))).toEqual([])
    await settle(admin, admin, grid, office.ids)
    const written = await writtenBy(() => keepCourse(office.own, today()))
    expect(written.sort()).toEqual([grid, community, subdistrict].sort())
    await expectWhole()
  })

  it('on another day where a call fell due meanwhile', async () => {
    const { farGrid, otherCommunity, subdistrict } = office.places
    await keepCourse(office.own, today())
    await sql`update due_tally set n = 0 where stream = ${farGrid}::uuid`.execute(office.db)
    await sql`insert into due_tally (stream, day, n) values (${farGrid}::uuid, ${today()}, 1)
      on conflict (stream, day) do update set n = 1`.execute(office.db)
    expect(await writtenBy(() => keepCourse(office.own, today()))).toEqual([])
    const next = addDays(today(), 1)
    const written = await writtenBy(() => keepCourse(office.own, next))
    expect(written.sort()).toEqual([farGrid, otherCommunity, subdistrict].sort())
    await expectWhole(next)
  })

  it('where a grid went to another community', async () => {
    const { otherGrid, otherCommunity } = office.places
    const next = addDays(today(), 1)
    await keepCourse(office.own, next)
    await office.db.transaction().execute(async (trx) => {
      const acting = { ...clock(), now: office.clock.now() } as unknown as Parameters<
        typeof moveUnder
      >[1]
      await moveUnder(trx, acting, otherGrid, otherCommunity)
      await sql`update stream set head = head + 1 where id = ${otherGrid}::uuid`.execute(trx)
    })
    await keepCourse(office.own, next)
    await expectWhole(next)
  })
})

describe('the recolouring', () => {
  /** Whether a stream is named in any question of a round. */
  async function asksFor(stream: string): Promise<boolean> {
    const sent = await statementsOf(() => staleStreams(office.own))
    return JSON.stringify(sent.map(({ values }) => values)).includes(stream)
  }

  it('asks for streams below a scheme until all have it, and the place of the scheme is last', async () => {
    await recolourStale(office.own, clock(), () => undefined)
    const { subdistrict, grid } = office.places
    const saved = await admin.pushed([
      admin.create(subdistrict, 'scheme', office.ids(), {
        ...defaultScheme,
        ...{ schemeVersion: 2, from: today() },
      }),
    ])
    expect(saved.receipts).toMatchObject([{ ok: true }])
    const stopped = new AbortController()
    stopped.abort()
    await recolourStale(office.own, clock(), () => undefined, stopped.signal)
    await recolourStale(office.own, clock(), () => undefined)
    expect(await staleStreams(office.own)).toEqual([])
    expect(await asksFor(grid)).toBe(false)
    // A server died before this one was coloured, and so before the place of the scheme was.
    await sql`update stream set coloured_by = null where id in (${grid}, ${subdistrict})`.execute(
      office.db,
    )
    expect((await staleStreams(office.own)).sort()).toEqual([grid, subdistrict].sort())
    await sql`alter table subject add constraint no_colour check (stream <> ${sql.lit(grid)} or rules = '-')
      not valid`.execute(office.db)
    await sql`update subject set rules = '-' where stream = ${grid}::uuid`.execute(office.db)
    await expect(recolourStale(office.own, clock(), () => undefined)).rejects.toThrow()
    await sql`alter table subject drop constraint no_colour`.execute(office.db)
    // What failed keeps the place of the scheme from counting as done.
    expect((await staleStreams(office.own)).sort()).toEqual([grid, subdistrict].sort())
    await recolourStale(office.own, clock(), () => undefined)
    expect(await staleStreams(office.own)).toEqual([])
  })

  it('finds a place that went to another one by an index', async () => {
    const { farGrid, community } = office.places
    await office.db
      .transaction()
      .execute((trx) =>
        moveUnder(trx, clock() as unknown as Parameters<typeof moveUnder>[1], farGrid, community),
      )
    expect(await staleStreams(office.own)).toEqual([farGrid])
    await recolourStale(office.own, clock(), () => undefined)
    expect(await staleStreams(office.own)).toEqual([])
  })
})

describe('lists of what is purged next', () => {
  const wall = { now: () => performance.timeOrigin + performance.now() }
  const leaseOf = (server: string): Background =>
    createLease({
      ...{ db: office.own, clock: wall, server },
      onFault: (error) => {
        throw error
      },
    })

  it('are brought up to date once, by whichever of two servers took the slice', async () => {
    const grids = Array.from({ length: 150 }, () => office.ids())
    for (const id of grids) {
      await createPlace(office.db, { id, parent: office.places.community, epoch: 1 })
      // A meeting of long ago: its time is over.
      await sql`insert into record (stream, id, kind, version, fields, created, marks, removed, moves)
        values (${id}, ${office.ids()}, 'meeting', 1, '{"on":"2001-02-03"}',
          '{"version":1,"device":null,"at":"2001-02-03T00:00:00.000Z"}', '{}', false, 0)`.execute(
        office.db,
      )
    }
    const listed = async () => {
      const rows = await office.db.selectFrom('purge_notice').select('stream').execute()
      return new Set(rows.map(({ stream }) => stream))
    }
    const [one, two] = [leaseOf('one'), leaseOf('two')]
    try {
      // Nobody helps before the round of the day has looked at the clock.
      await helpPurge(office.own, clock(), (name) => two.takeSlice(name))
      expect((await listed()).size).toBe(0)
      await purgeDue(office.own, clock(), () => Promise.resolve(false))
      expect((await listed()).size).toBe(0)
      const root = office.places.subdistrict
      expect(await one.takeSlice(`purge ${root} 0`)).toBe(true)
      await helpPurge(office.own, clock(), (name) => two.takeSlice(name))
      const helped = await listed()
      expect(helped.size).toBeGreaterThan(grids.length - 64)
      expect(helped.size).toBeLessThan(grids.length)
      const round = await purgeDue(office.own, clock(), (name) => one.takeSlice(name))
      expect(round.faults).toEqual([])
      expect([...(await listed())].filter((stream) => grids.includes(stream)).sort()).toEqual(
        [...grids].sort(),
      )
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from audit where act = 'purge-listed' group by chain
        having count(*) > 1`.execute(office.db)
      expect(rows).toEqual([])
    } finally {
      await Promise.all([one.stop(), two.stop()])
    }
  })
})
