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
  await sql`
    with recursive up as (
      select id as grid, id as place, parent from place
      union all
      select up.grid, place.id, place.parent from up join place on place.id = up.parent
    ), counted as (
      select up.place, tally.kind, tally.colour, sum(tally.n)::int as n
      from up join tally on tally.stream = up.grid
      group by up.place, tally.kind, tally.colour
    ), late as (
      select up.place, sum(due_tally.n)::int as n
      from up join due_tally on due_tally.stream = up.grid and due_tally.day < ${today}
      group by up.place
    )
    insert into course (stream, week, day, residents, dwellings, calls, overdue)
    select counted.place, ${mondayOf(today)}, ${today},
      coalesce(jsonb_object_agg(colour, counted.n) filter (where kind = 'resident'), '{}'),
      coalesce(jsonb_object_agg(colour, counted.n) filter (where kind = 'dwelling'), '{}'),
      coalesce(sum(counted.n) filter (where kind = 'household'), 0)::int,
      coalesce(max(late.n), 0)
    from counted left join late on late.place = counted.place
    group by counted.place
    on conflict (stream, week) do update set day = excluded.day, residents = excluded.residents,
      dwellings = excluded.dwellings, calls = excluded.calls, overdue = excluded.overdue
    where course.day <= excluded.day`.execute(db)
  await purge(db, today)
}

async function purge(db: Kysely<Database>, today: Day): Promise<void> {
  await db
    .deleteFrom('course')
    .where('week', '<', addDays(mondayOf(today), -7 * weeksKept))
    .execute()
  await db.deleteFrom('shift').where('day', '<', addDays(today, -shiftDaysKept)).execute()
  await db.deleteFrom('visit_tally').where('day', '<', addDays(today, -shiftDaysKept)).execute()
  await db.deleteFrom('reason_tally').where('n', '=', 0).execute()
  await db.deleteFrom('due_tally').where('n', '=', 0).execute()
}
