import { sql, type QueryExecutorProvider } from 'kysely'

/** An overview reads one row of each grid instead of all its tallies, and of the days on which calls are due what is due. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** As `db/standing.ts` had them when this was written. */
const colours = ['red', 'orange', 'yellow', 'blue', 'green', 'grey']
const sumWhere = (condition: string) => `coalesce(sum(n) filter (where ${condition}), 0)::integer`
const sums = [
  ...['resident', 'dwelling'].flatMap((kind) =>
    colours.map((colour) => sumWhere(`kind = '${kind}' and colour = '${colour}'`)),
  ),
  ...['floating', 'apart', 'settled'].map((residence) =>
    sumWhere(`kind = 'resident' and residence = '${residence}'`),
  ),
  sumWhere(`kind = 'household'`),
]

const statements = [
  `create table standing (stream uuid primary key, n integer[] not null)`,
  `insert into standing (stream, n) select stream, array[${sums.join(', ')}] from tally group by stream`,
  // What an overview asks for lies together: what is late and what is soon, and nothing of the months after.
  `create index due_tally_day on due_tally (day, stream) include (n)`,
]
