/** A request by what its asker knows of it: the number, or the hash of the follow-up code. */
import { sql, type Kysely } from 'kysely'
import type { FoundRequest } from '#protocol/requests.ts'
import { listed, toListed, type ListedRow } from './request-figures.ts'
import type { Database } from './schema.ts'

/** Null where the places of the account, and all below them, have none of it. */
export async function findRequest(
  db: Kysely<Database>,
  account: string,
  wanted: { readonly number: string } | { readonly hash: string },
): Promise<FoundRequest['found']> {
  // As the index of migration 0065 has it: the record is asked, so whatever moves, ends or purges it counts here too.
  const having = 'hash' in wanted ? JSON.stringify([{ hash: wanted.hash }]) : null
  const { rows } = await sql<ListedRow & { tokens: { hash: string; ended?: string }[] | null }>`
    with recursive own as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join own on place.parent = own.id
    ), wanted as (
      ${
        having === null
          ? sql`select stream, request, null::jsonb as tokens from request_state
              where number = ${'number' in wanted ? wanted.number : ''}`
          : sql`select stream, parent as request, fields->'tokens' as tokens from record
              where kind = 'asker' and not removed and fields->'tokens' @> ${having}::jsonb`
      }
    )
    select ${listed}, tokens from request_state natural join wanted
    where stream in (select id from own)
    limit 1`.execute(db)
  const [row] = rows
  if (!row) return null
  const { tokens, ...told } = row
  const token = 'hash' in wanted ? tokens?.find(({ hash }) => hash === wanted.hash) : undefined
  return { ...toListed(told), isCodeEnded: Boolean(token?.ended) }
}
