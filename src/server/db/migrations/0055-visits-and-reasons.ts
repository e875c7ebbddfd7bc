import { sql, type QueryExecutorProvider } from 'kysely'

/** An overview tells the visits of a week and the reasons behind each colour, as counts that move with their rows. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Days in China, as `domain/day.ts` has them; the next course pass lets those go that are older than it keeps. */
const dayOf = `to_char((fields->>'at')::timestamptz at time zone 'UTC' + interval '8 hours', 'YYYY-MM-DD')`
const first = `split_part(rules, ' ', 1)`

const statements = [
  `create table visit_tally (
    stream uuid not null,
    day text not null,
    outcome text not null,
    n integer not null,
    primary key (stream, day, outcome)
  )`,
  `create index visit_tally_day on visit_tally (day, stream) include (outcome, n)`,
  `insert into visit_tally (stream, day, outcome, n)
    select stream, ${dayOf}, fields->>'outcome', count(*) from record
    where kind = 'visit' and not removed and fields->>'outcome' is not null
    group by 1, 2, 3`,
  `create table reason_tally (
    stream uuid not null,
    kind text not null,
    colour text not null,
    reason text not null,
    n integer not null,
    primary key (stream, kind, colour, reason)
  )`,
  `insert into reason_tally (stream, kind, colour, reason, n)
    select stream, kind, colour,
      case when ${first} like 'by-hand/%' then 'by-hand' else ${first} end, count(*)
    from subject where kind in ('resident', 'dwelling') group by 1, 2, 3, 4`,
]
