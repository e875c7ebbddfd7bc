import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * What tells a version of a stream from the same number in another history of it. A row says: the versions up to this
 * one, back to the row before, were written in one transaction that nobody can write again. A data folder, snapshot or
 * backup that is put back gives its numbers out a second time, and other proofs with them.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table stream_proof (
    stream uuid not null,
    version bigint not null,
    proof text not null,
    primary key (stream, version)
  )`,
  // Of the head, so that whoever is up to date is told so without another look.
  `alter table stream add column proof text not null default ''`,
  `update stream set proof = substr(md5(id::text || head || clock_timestamp() || random()), 1, 16) where head > 0`,
  `insert into stream_proof (stream, version, proof) select id, head, proof from stream where head > 0`,
]
