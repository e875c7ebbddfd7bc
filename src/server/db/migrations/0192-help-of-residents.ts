import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * What colours learn of requests, by resident, in a table that every machine has (`db/resident-help.ts`): whoever is
 * helped may have asked in any grid, and a visit would otherwise ask all of them.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** All of them have been told to the colours. */
export const fillResidentHelp = `
  insert into resident_help (resident, stream, request, number, is_open, unmet_on, turn, is_told)
  select distinct unnest(residents), stream, request, number, is_open, unmet_on, 1, true
  from request_state where is_help and (is_open or unmet_on is not null)`

const statements = [
  `create table resident_help (
    resident uuid not null,
    stream uuid not null,
    request uuid not null,
    number text not null,
    is_open boolean not null,
    unmet_on text,
    turn integer not null,
    is_told boolean not null,
    primary key (resident, stream, request)
  )`,
  'create index resident_help_request on resident_help (request)',
  'create index resident_help_untold on resident_help (resident) where not is_told',
  fillResidentHelp,
]
