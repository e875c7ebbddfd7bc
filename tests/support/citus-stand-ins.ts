/**
 * A database that takes itself for one of a Citus cluster: what Wuse asks of the engine is there as stand-ins that note
 * what they were asked for. So order, keys, repetition and words are proven, and not what the engine makes of them.
 */
import { sql } from 'kysely'
import type { Db } from '#server/db/schema.ts'

const standIns = [
  `create table pg_dist_local_group (groupid int not null)`,
  `insert into pg_dist_local_group values (0)`,
  `create table pg_dist_partition (
    logicalrelid regclass, partmethod "char", repmodel "char", colocationid int, key text, beside text
  )`,
  `create function create_reference_table(t regclass) returns void language sql as $$
    insert into pg_dist_partition values (t, 'n', 't', 1, null, null) $$`,
  `create function create_distributed_table(t regclass, key text, colocate_with text) returns void language sql as $$
    insert into pg_dist_partition values
      (t, case when key is null then 'n' else 'h' end::"char", 's', 2, key, colocate_with) $$`,
]

/** By the owner, of a migrated database that is at the coordinator from then on. */
export async function standInForCitus(db: Db): Promise<void> {
  for (const statement of standIns) await sql.raw(statement).execute(db)
}

/** And it says that the extension is there, as a superuser may make it say. */
export async function sayThatCitusIsThere(db: Db): Promise<void> {
  await db.connection().execute(async (one) => {
    await sql`set allow_system_table_mods = on`.execute(one)
    await sql`insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
      values (999999, 'citus', 10, 'public'::regnamespace, false, '13.2')`.execute(one)
    await sql`set allow_system_table_mods = off`.execute(one)
  })
}

/** 0 is the coordinator's. */
export async function standOnMachine(db: Db, group: number): Promise<void> {
  await sql`update pg_dist_local_group set groupid = ${group}`.execute(db)
}
