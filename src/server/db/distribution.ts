/** Lays the tables out over the machines of an engine that has several, as `db/placing.ts` says: Citus, today. */
import { sql, type Kysely } from 'kysely'
import {
  besideOf,
  localTables,
  placingOf,
  tableNames,
  type Placing,
  type TableName,
} from './placing.ts'
import type { Database } from './schema.ts'

export interface Distribution {
  /** Tables whose rows are spread over the machines, or of which each machine has a copy. */
  readonly laidOut: number
  /** Of them those that this call laid out. */
  readonly now: readonly TableName[]
}

/** Whether this database's engine spreads tables over several machines. */
export async function isDistributable(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_extension where extname = 'citus'`.execute(db)
  return rows.length > 0
}

/**
 * Whether the address is that of the coordinator, where tables are made; on one of the others migrations would make
 * tables that the rest of the machines do not know.
 */
export async function isCoordinator(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ groupid: number }>`
    select groupid from pg_dist_local_group`.execute(db)
  return rows[0]?.groupid === 0
}

/** Between tables that are both spread. PostgreSQL's own names; taken off while one of the two lies elsewhere. */
const references = [
  {
    table: 'session',
    name: 'session_device_fkey',
    rule: sql`foreign key (device) references device (id)`,
  },
  {
    table: 'hotline_request',
    name: 'hotline_request_system_fkey',
    rule: sql`foreign key (system) references hotline_system (id)`,
  },
  {
    table: 'hotline_addition',
    name: 'hotline_addition_hotline_request_fkey',
    rule: sql`foreign key (hotline_request) references hotline_request (id) on delete cascade`,
  },
] as const satisfies readonly {
  readonly table: TableName
  readonly name: string
  readonly rule: unknown
}[]

/** Names of them, for the test that holds them against the schema. */
export const spreadReferences: readonly string[] = references.map(({ name }) => name)

/**
 * By the owner, at the coordinator, after the migrations; does nothing where everything is laid out. One table at a
 * time, each by itself: where it is interrupted, the next call goes on from there. Rows that are there move along.
 */
export async function distribute(
  owner: Kysely<Database>,
  onTable: (table: TableName) => void = () => undefined,
): Promise<Distribution> {
  return owner.connection().execute(async (db) => {
    const { rows: names } = await sql<{ name: string }>`
      select current_database() as name`.execute(db)
    // The guards of the logs are triggers: they stand on every part. Of later connections as well.
    await sql`set citus.enable_unsafe_triggers = on`.execute(db)
    await sql`alter database ${sql.id(names[0]?.name ?? '')} set citus.enable_unsafe_triggers = on`.execute(
      db,
    )
    await oneAfterTheOther(db)
    const there = await laidOut(db)
    const missing = tableNames.filter((table) => !there.has(table))
    for (const { table, name } of references) {
      if (!missing.includes(table)) continue
      await sql`alter table ${sql.table(table)} drop constraint if exists ${sql.id(name)}`.execute(
        db,
      )
    }
    for (const table of missing) {
      onTable(table)
      await layOut(db, table, placingOf(table))
    }
    for (const { table, name, rule } of references) {
      if (await hasConstraint(db, name)) continue
      await sql`alter table ${sql.table(table)} add constraint ${sql.id(name)} ${rule}`.execute(db)
    }
    return { laidOut: tableNames.length, now: missing }
  })
}

/**
 * Statements that change many parts do so one part after the other, in this connection: in one transaction with what
 * is on every machine they have to. Says nothing to an engine of one machine.
 */
export async function oneAfterTheOther(db: Kysely<Database>): Promise<void> {
  const isLocal = db.isTransaction
  await sql`select set_config('citus.multi_shard_modify_mode', 'sequential', ${isLocal})`.execute(
    db,
  )
}

/**
 * Lets this transaction change triggers of tables that are laid out, whenever its connection was opened: the database's
 * own setting is of later ones. Says nothing to an engine of one machine.
 */
export async function mayChangeTriggers(trx: Kysely<Database>): Promise<void> {
  await sql`select set_config('citus.enable_unsafe_triggers', 'on', true)`.execute(trx)
}

async function layOut(db: Kysely<Database>, table: TableName, placing: Placing): Promise<void> {
  if (placing.by === 'everywhere') {
    await sql`select create_reference_table(${table}::regclass)`.execute(db)
    return
  }
  // No key: one part, whole on one machine.
  const key = placing.by === 'one-place' ? null : placing.key
  const beside = placing.by === 'one-place' ? onePlaceBeside(table) : besideOf(table)
  const colocation = beside === null || beside === table ? 'none' : beside
  await sql`
    select create_distributed_table(${table}::regclass, ${key}::text, colocate_with => ${colocation})`.execute(
    db,
  )
}

/** What refers to each other lies together. */
function onePlaceBeside(table: TableName): TableName | null {
  return table === 'hotline_request' || table === 'hotline_addition' ? 'hotline_system' : null
}

/** By Citus's own list; tables that only became known to it, because they refer to one of these, still wait. */
async function laidOut(db: Kysely<Database>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_dist_partition
    join pg_class on pg_class.oid = pg_dist_partition.logicalrelid
    where relnamespace = current_schema()::regnamespace
      and (partmethod = 'h' or repmodel = 't' or colocationid <> 0)`.execute(db)
  return new Set(rows.map(({ name }) => name))
}

async function hasConstraint(db: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_constraint
    where conname = ${name} and connamespace = current_schema()::regnamespace`.execute(db)
  return rows.length > 0
}

/** Tables of this database that nobody placed: a migration made them, and `placings` was forgotten. */
export async function unplacedTables(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relkind in ('r', 'p') and not relispartition
      and relnamespace = current_schema()::regnamespace
    order by relname`.execute(db)
  const known = new Set<string>([...tableNames, ...localTables])
  return rows.map(({ name }) => name).filter((name) => !known.has(name))
}
