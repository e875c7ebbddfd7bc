import { sql, type Kysely } from 'kysely'
import { sealPast } from '../audit-past.ts'

/**
 * The audit log in chains. It and the changes can only grow: no role changes or deletes a row, and the application's
 * role could not even where the triggers were gone. Of a change the values alone can be emptied, for good.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  await sealPast(db)
  for (const statement of guards) await sql.raw(statement).execute(db)
}

const statements = [
  `create table audit (
    chain uuid not null,
    seq bigint not null,
    at text not null,
    act text not null,
    account uuid,
    device uuid,
    record uuid,
    facts jsonb not null,
    previous text not null,
    hash text not null,
    primary key (chain, seq)
  )`,
  // Whoever looks into the log reads it from its newest end.
  `create index audit_at on audit (at)`,
  `create index audit_record on audit (record) where record is not null`,
  // Whoever appends to the office's chain locks its row; a stream's chain has the stream's.
  `create table chain (id uuid primary key)`,
  `insert into chain values ('00000000-0000-0000-0000-000000000000')`,
  // The entry of the stream's chain that covers a change; null of a copy, which came with a record that moved.
  `alter table change add column entry bigint, add column salt text,
    add column commitment text not null default ''`,
  `create index change_received on change (received_at)`,
]

const guards = [
  `create function refuse_audit_change() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit log only grows' using errcode = '42501';
  end $$`,
  `create function refuse_change_change() returns trigger language plpgsql as $$
  begin
    if new.salt is null and new.fields = '{}'::jsonb
      and to_jsonb(new) - 'salt' - 'fields' = to_jsonb(old) - 'salt' - 'fields' then
      return new;
    end if;
    raise exception 'the log of changes only grows' using errcode = '42501';
  end $$`,
  `create trigger audit_only_grows before update or delete on audit
    for each row execute function refuse_audit_change()`,
  `create trigger audit_never_emptied before truncate on audit
    for each statement execute function refuse_audit_change()`,
  `create trigger change_only_emptied before update on change
    for each row execute function refuse_change_change()`,
  `create trigger change_only_grows before delete on change
    for each row execute function refuse_audit_change()`,
  `create trigger change_never_truncated before truncate on change
    for each statement execute function refuse_audit_change()`,
]
