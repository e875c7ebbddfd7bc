import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Ids that are never given twice: those whose tombstones were dropped are kept, as far as the log still knows them.
 * Ids of the form of before version 0.2.0 are looked up in all streams when a record is made, so they have an index;
 * it goes two versions later, when no device makes such ids any more.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table spent_id (stream uuid not null, id uuid not null, primary key (stream, id))`,
  `create index spent_id_id on spent_id (id)`,
  `insert into spent_id (stream, id)
    select distinct change.stream, change.record from change
    where not exists (
      select from record where record.stream = change.stream and record.id = change.record
    )`,
  `create index record_id on record (id)`,
  `alter table device add column last_at timestamptz`,
]
