/** Writes the demo's sample weeks, of each grid and of every place above it. */
import { sql, type Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { keepCourse } from './colours/course.ts'
import { mondayOf } from './db/overview.ts'
import type { Database } from './db/schema.ts'
import type { DemoPlace } from './demo/generate.ts'
import { pastWeeks, type WeekBefore } from './demo/past-weeks.ts'
import { createRandom } from './demo/random.ts'

export async function fillPast(
  db: Kysely<Database>,
  places: readonly DemoPlace[],
  today: Day,
): Promise<void> {
  await keepCourse(db, today)
  const parents = new Map(places.map(({ id, parent }) => [id, parent]))
  const grids = new Set(places.filter(({ placeKind }) => placeKind === 'grid').map(({ id }) => id))
  const now = await db.selectFrom('course').selectAll().orderBy('stream').execute()
  const past = new Map<string, WeekBefore>()
  for (const { stream, residents, dwellings, calls, overdue } of now) {
    if (!grids.has(stream)) continue
    // The same people every time: each grid has a chance of its own.
    const random = createRandom(Number.parseInt(stream.slice(-8), 16))
    const counts = { residents: whole(residents), dwellings: whole(dwellings), calls, overdue }
    for (const week of pastWeeks(random, counts, mondayOf(today))) {
      for (let at: string | null = stream; at; at = parents.get(at) ?? null) {
        const key = `${at}/${week.week}`
        const sum = past.get(key)
        past.set(key, sum ? added(sum, week) : week)
      }
    }
  }
  const rows = [...past].map(([key, week]) => ({ stream: key.split('/')[0], ...week }))
  await sql`
    insert into course (stream, week, day, residents, dwellings, calls, overdue)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, week text, day text, residents jsonb, dwellings jsonb, calls integer,
      overdue integer
    )`.execute(db)
}

function whole(counts: Partial<Record<string, number>>): Record<ColourKey, number> {
  return Object.fromEntries(colourKeys.map((key) => [key, counts[key] ?? 0])) as Record<
    ColourKey,
    number
  >
}

function added(a: WeekBefore, b: WeekBefore): WeekBefore {
  const split = (one: Record<ColourKey, number>, two: Record<ColourKey, number>) =>
    Object.fromEntries(colourKeys.map((key) => [key, one[key] + two[key]])) as typeof one
  return {
    ...a,
    residents: split(a.residents, b.residents),
    dwellings: split(a.dwellings, b.dwellings),
    calls: a.calls + b.calls,
    overdue: a.overdue + b.overdue,
  }
}
