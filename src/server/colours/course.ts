/** The course over weeks: what the tallies say is written down for each place, and this week's line kept up to date. */
import { sql, type Kysely } from 'kysely'
import { addDays, type Day } from '#domain/day.ts'
import { mondayOf } from '../db/overview.ts'
import type { Database } from '../db/schema.ts'

/** Two years, and what changed for five weeks: longer than anybody looks back, and no register of its own. */
const weeksKept = 104
const shiftDaysKept = 35

/**
 * Writes this week's line of every place; the last pass of a week is what the week is remembered by. A week in which
 * the server never ran has no line: nothing is made up.
 */
export async function keepCourse(db: Kysely<Database>, today: Day): Promise<void> {
  const tallies = await sql<{ stream: string; kind: string; colour: string; n: number }>`
    select stream, kind, colour, sum(n)::int as n from tally group by stream, kind, colour`.execute(
    db,
  )
  const late = await sql<{ stream: string; n: number }>`
    select stream, sum(n)::int as n from due_tally where day < ${today} group by stream`.execute(db)
  const places = await db.selectFrom('place').select(['id', 'parent']).execute()
  const parents = new Map(places.map(({ id, parent }) => [id, parent]))
  const lines = new Map<string, CourseLine>()
  // Each place's own counts go to it and to all above it; a place in which nothing was counted has no line.
  const addTo = (stream: string, add: (line: CourseLine) => void, isNew: boolean) => {
    for (let id: string | null = stream; id !== null; id = parents.get(id) ?? null) {
      if (!parents.has(id)) return
      const line = lines.get(id) ?? { residents: {}, dwellings: {}, calls: 0, overdue: 0 }
      if (!isNew && !lines.has(id)) continue
      lines.set(id, line)
      add(line)
    }
  }
  for (const { stream, kind, colour, n } of tallies.rows) {
    addTo(stream, (line) => count(line, kind, colour, n), true)
  }
  for (const { stream, n } of late.rows) {
    addTo(stream, (line) => (line.overdue += n), false)
  }
  const rows = [...lines].map(([stream, line]) => ({ stream, ...line }))
  for (let from = 0; from < rows.length; from += linesAtOnce) {
    await sql`
      insert into course (stream, week, day, residents, dwellings, calls, overdue)
      select stream, ${mondayOf(today)}, ${today}, residents, dwellings, calls, overdue
      from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + linesAtOnce))}::jsonb) as row (
        stream uuid, residents jsonb, dwellings jsonb, calls integer, overdue integer
      )
      on conflict (stream, week) do update set day = excluded.day, residents = excluded.residents,
        dwellings = excluded.dwellings, calls = excluded.calls, overdue = excluded.overdue
      where course.day <= excluded.day
        and (course.day, course.residents, course.dwellings, course.calls, course.overdue)
          is distinct from (excluded.day, excluded.residents, excluded.dwellings, excluded.calls,
            excluded.overdue)`.execute(db)
  }
  await purge(db, today)
}

const linesAtOnce = 2_000

interface CourseLine {
  residents: Record<string, number>
  dwellings: Record<string, number>
  calls: number
  overdue: number
}

function count(line: CourseLine, kind: string, colour: string, n: number) {
  const add = (counts: Record<string, number>) => {
    counts[colour] = (counts[colour] ?? 0) + n
  }
  if (kind === 'resident') add(line.residents)
  if (kind === 'dwelling') add(line.dwellings)
  if (kind === 'household') line.calls += n
}

async function purge(db: Kysely<Database>, today: Day): Promise<void> {
  await db
    .deleteFrom('course')
    .where('week', '<', addDays(mondayOf(today), -7 * weeksKept))
    .execute()
  await db.deleteFrom('shift').where('day', '<', addDays(today, -shiftDaysKept)).execute()
  await db.deleteFrom('visit_tally').where('day', '<', addDays(today, -shiftDaysKept)).execute()
  await db.deleteFrom('reason_tally').where('n', '=', 0).execute()
  await db.deleteFrom('coverage_tally').where('n', '=', 0).execute()
  await db.deleteFrom('due_tally').where('n', '=', 0).execute()
}
