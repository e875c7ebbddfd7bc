/** The last password that each account chose at a sign-in: whoever did not hear the answer asks again under the same id. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface PasswordChoice {
  readonly device: string
  readonly attempt: string
  readonly at: Date
}

export function findChoice(
  db: Kysely<Database>,
  account: string,
): Promise<PasswordChoice | undefined> {
  return db
    .selectFrom('password_choice')
    .select(['device', 'attempt', 'at'])
    .where('account', '=', account)
    .executeTakeFirst()
}

export async function noteChoice(
  db: Kysely<Database>,
  account: string,
  { device, attempt, at }: PasswordChoice,
): Promise<void> {
  await sql`insert into password_choice (account, device, attempt, at)
    values (${account}::uuid, ${device}::uuid, ${attempt}, ${at})
    on conflict (account) do update
      set device = excluded.device, attempt = excluded.attempt, at = excluded.at`.execute(db)
}
