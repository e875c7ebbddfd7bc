/** The course over weeks: what the tallies say is written down for each place, and this week's line kept up to date. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { addDays, type Day } from '#domain/day.ts'
import { mondayOf } from '../db/overview.ts'
import { listOf } from '../db/place-tree.ts'
import type { Database } from '../db/schema.ts'
import { transact } from '../db/transact.ts'

/** Two years, and what changed for five weeks: longer than anybody looks back, and no register of its own. */
const weeksKept = 104
const shiftDaysKept = 35

/**
 * Writes this week's line of every place in which something came since it was counted last, or something fell due, and of
 * all places above it; on a new week of every place. The last line of a week is what the week is remembered by; its day
 * is that on which it last came out otherwise. A week in which the server never ran has no line: nothing is made up.
 */
export async function keepCourse(db: Kysely<Database>, today: Day): Promise<void> {
  // As a whole or not at all: the last day of the lines says since when something may have fallen due.
  await transact(db, (trx) => countLines(trx, today))
  await purge(db, today)
}

/** Has the next round count some places anew: a place went from below them to others. */
export async function recountCourse(
  trx: Transaction<Database>,
  places: readonly string[],
): Promise<void> {
  await trx.updateTable('course').set({ head: -1 }).where('stream', '=', listOf(places)).execute()
}

async function countLines(db: Transaction<Database>, today: Day): Promise<void> {
  const week = mondayOf(today)
  const heads = await changedStreams(db, week)
  const due = await fallenDue(db, week, today)
  const places = await db.selectFrom('place').select(['id', 'parent']).execute()
  const tree = treeOf(places)
  const affected = tree.withAllAbove([...heads.keys(), ...due])
  for (const level of tree.fromBelow(affected)) {
    for (let from = 0; from < level.length; from += linesAtOnce) {
      const some = level.slice(from, from + linesAtOnce)
      await writeLines(db, today, await linesOf(db, some, tree.below(some), today), heads)
    }
  }
}

const linesAtOnce = 2_000

/** Streams that got something since their line of this week was counted, with their heads; all of them in a new week. */
async function changedStreams(
  db: Kysely<Database>,
  week: Day,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; head: number }>`
    select stream.id, stream.head from stream
    left join course on course.stream = stream.id and course.week = ${week}
    where stream.head > coalesce(course.head, 0)`.execute(db)
  return new Map(rows.map(({ id, head }) => [id, head]))
}

/** Streams in which a call was due on a day that is over, since lines of this week were written. */
async function fallenDue(db: Kysely<Database>, week: Day, today: Day): Promise<readonly string[]> {
  const { rows: written } = await sql<{ day: Day | null }>`
    select max(day) as day from course where week = ${week}`.execute(db)
  const last = written[0]?.day
  if (!last || last >= today) return []
  const { rows } = await sql<{ stream: string }>`
    select distinct stream from due_tally
    where day >= ${last} and day < ${today} and n <> 0`.execute(db)
  return rows.map(({ stream }) => stream)
}

interface Tree {
  /** These places and all above them; what is no place is left out. */
  withAllAbove(ids: readonly string[]): ReadonlySet<string>
  /** By how deep they lie, the deepest first: what is added up stands there already. */
  fromBelow(ids: Iterable<string>): readonly (readonly string[])[]
  /** The places next below some, by the one that they are below. */
  below(ids: readonly string[]): ReadonlyMap<string, readonly string[]>
}

function treeOf(places: readonly { readonly id: string; readonly parent: string | null }[]): Tree {
  const parents = new Map(places.map(({ id, parent }) => [id, parent]))
  const children = new Map<string, string[]>()
  for (const { id, parent } of places) {
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id])
  }
  const depths = new Map<string, number>()
  const depthOf = (id: string): number => {
    const known = depths.get(id)
    if (known !== undefined) return known
    const above = parents.get(id) ?? null
    const depth = above === null ? 0 : depthOf(above) + 1
    depths.set(id, depth)
    return depth
  }
  return {
    withAllAbove(ids) {
      const all = new Set<string>()
      for (const id of ids) {
        for (
          let at: string | null = id;
          at !== null && !all.has(at);
          at = parents.get(at) ?? null
        ) {
          if (parents.has(at)) all.add(at)
        }
      }
      return all
    },
    fromBelow(ids) {
      const levels = new Map<number, string[]>()
      for (const id of ids) levels.set(depthOf(id), [...(levels.get(depthOf(id)) ?? []), id])
      return [...levels].sort(([a], [b]) => b - a).map(([, level]) => level)
    },
    below: (ids) => new Map(ids.map((id) => [id, children.get(id) ?? []])),
  }
}

/** Of each place its own counts with the lines of the places next below it; none where nothing was counted. */
async function linesOf(
  db: Kysely<Database>,
  places: readonly string[],
  below: ReadonlyMap<string, readonly string[]>,
  today: Day,
): Promise<ReadonlyMap<string, CourseLine>> {
  const lines = new Map<string, CourseLine>()
  const lineOf = (id: string) => {
    const line = lines.get(id) ?? { residents: {}, dwellings: {}, calls: 0, overdue: 0 }
    lines.set(id, line)
    return line
  }
  const tallies = await sql<{ stream: string; kind: string; colour: string; n: number }>`
    select stream, kind, colour, sum(n)::int as n from tally where stream = ${listOf(places)}
    group by stream, kind, colour`.execute(db)
  for (const { stream, kind, colour, n } of tallies.rows) count(lineOf(stream), kind, colour, n)
  const above = new Map([...below].flatMap(([id, some]) => some.map((one) => [one, id] as const)))
  const children = [...above.keys()]
  for (let from = 0; from < children.length; from += linesAtOnce) {
    const rows = await db
      .selectFrom('course')
      .select(['stream', 'residents', 'dwellings', 'calls', 'overdue'])
      .where('week', '=', mondayOf(today))
      .where('stream', '=', listOf(children.slice(from, from + linesAtOnce)))
      .execute()
    for (const { stream, ...line } of rows) add(lineOf(above.get(stream) ?? stream), line)
  }
  const late = await sql<{ stream: string; n: number }>`
    select stream, sum(n)::int as n from due_tally
    where stream = ${listOf(places)} and day < ${today} group by stream`.execute(db)
  for (const { stream, n } of late.rows) {
    const line = lines.get(stream)
    if (line) line.overdue += n
  }
  return lines
}

async function writeLines(
  db: Kysely<Database>,
  today: Day,
  lines: ReadonlyMap<string, CourseLine>,
  heads: ReadonlyMap<string, number>,
): Promise<void> {
  if (lines.size === 0) return
  const rows = [...lines].map(([stream, line]) => ({
    ...{ stream, head: heads.get(stream) ?? 0 },
    ...line,
  }))
  await sql`
    insert into course (stream, week, day, residents, dwellings, calls, overdue, head)
    select stream, ${mondayOf(today)}, ${today}, residents, dwellings, calls, overdue, head
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, residents jsonb, dwellings jsonb, calls integer, overdue integer, head bigint
    )
    on conflict (stream, week) do update set day = excluded.day, residents = excluded.residents,
      dwellings = excluded.dwellings, calls = excluded.calls, overdue = excluded.overdue,
      head = greatest(course.head, excluded.head)
    where course.day <= excluded.day
      and (course.head < excluded.head
        or (course.residents, course.dwellings, course.calls, course.overdue)
          is distinct from (excluded.residents, excluded.dwellings, excluded.calls,
            excluded.overdue))`.execute(db)
}

interface Counts {
  readonly residents: Partial<Record<string, number>>
  readonly dwellings: Partial<Record<string, number>>
}

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

function add(line: CourseLine, more: Omit<CourseLine, 'residents' | 'dwellings'> & Counts): void {
  for (const of of ['residents', 'dwellings'] as const) {
    for (const [colour, n] of Object.entries(more[of])) {
      line[of][colour] = (line[of][colour] ?? 0) + (n ?? 0)
    }
  }
  line.calls += more.calls
  line.overdue += more.overdue
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
