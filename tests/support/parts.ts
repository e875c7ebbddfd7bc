/**
 * The tables of a database in parts, as an engine of several machines would lay them out: PostgreSQL itself then refuses
 * a unique key without the key of the parts, and its plans say how many parts a statement touches.
 */
import { sql, type Kysely } from 'kysely'
import { placingOf, tableNames } from '#server/db/placing.ts'
import type { Database } from '#server/db/schema.ts'

/** Of the database whose plans are judged. */
export const partCount = 8
/** Parts lie in a schema of their own, so that whoever lists tables or grants rights sees the tables alone. */
const partSchema = 'parts'

interface Definition {
  readonly name: string
  readonly rule: string
}

/** By the owner, once migrations are through, while nobody uses the tables. Rows that are there move along. */
export async function splitInParts(owner: Kysely<Database>, parts = partCount): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    const run = (statement: string) => sql.raw(statement).execute(trx)
    const read = async (query: string) => (await sql.raw<Definition>(query).execute(trx)).rows
    await run(`create schema ${partSchema}`)
    const spread = tableNames.flatMap((table) => {
      const placing = placingOf(table)
      return 'key' in placing ? [{ table, key: placing.key }] : []
    })
    const names = spread.map(({ table }) => `'${table}'::regclass`).join(', ')
    const foreign = await read(`
      select conrelid::regclass || '.' || quote_ident(conname) as name, pg_get_constraintdef(oid) as rule
      from pg_constraint where contype = 'f' and conrelid in (${names})`)
    for (const { name } of foreign) {
      const [table, constraint] = name.split('.')
      await run(`alter table ${table} drop constraint ${constraint}`)
    }
    for (const { table, key } of spread) {
      const keys = await read(`
        select conname as name, pg_get_constraintdef(oid) as rule
        from pg_constraint where contype in ('p', 'u') and conrelid = '${table}'::regclass`)
      const indexes = await read(`
        select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as rule
        from pg_index where indrelid = '${table}'::regclass and not exists (
          select from pg_constraint where conindid = indexrelid
        )`)
      const triggers = await read(`
        select tgname as name, pg_get_triggerdef(oid) as rule
        from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal`)
      await run(`alter table ${table} rename to whole`)
      await run(`create table ${table} (like whole including defaults including constraints
        including identity including generated including storage) partition by hash (${key})`)
      for (let part = 0; part < parts; part += 1) {
        await run(`create table ${partSchema}.${table}_${part} partition of ${table}
          for values with (modulus ${parts}, remainder ${part})`)
      }
      await run(`insert into ${table} select * from whole`)
      await run(`drop table whole`)
      for (const { name, rule } of keys)
        await run(`alter table ${table} add constraint ${name} ${rule}`)
      for (const { rule } of [...indexes, ...triggers]) await run(rule)
    }
    for (const { name, rule } of foreign) {
      const [table, constraint] = name.split('.')
      await run(`alter table ${table} add constraint ${constraint} ${rule}`)
    }
  })
}
