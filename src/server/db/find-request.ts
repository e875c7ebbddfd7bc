/** A request by what its asker knows of it: the number, or the hash of the follow-up code. */
import { sql, type Kysely } from 'kysely'
import type { FoundRequest } from '#protocol/requests.ts'
import { idsBelow } from './place-tree.ts'
import { listed, toListed, type ListedRow } from './request-figures.ts'
import type { Database } from './schema.ts'

/** Null where the places of the account, and all below them, have none of it. */
export async function findRequest(
  db: Kysely<Database>,
  account: string,
  wanted: { readonly number: string } | { readonly hash: string },
): Promise<FoundRequest['found']> {
  const own = new Set(await idsBelow(db, account))
  const found =
    'hash' in wanted ? await requestsByCode(db, wanted.hash) : await byNumber(db, wanted.number)
  const one = found.find(({ stream }) => own.has(stream))
  if (!one) return null
  const { rows } = await sql<ListedRow>`
    select ${listed} from request_state
    where stream = ${one.stream} and request = ${one.request} limit 1`.execute(db)
  return rows[0] ? { ...toListed(rows[0]), isCodeEnded: one.isCodeEnded } : null
}

interface Found {
  readonly stream: string
  readonly request: string
  readonly isCodeEnded: boolean
  /** Of all codes that the same asker was given. */
  readonly hashes?: readonly string[]
}

async function byNumber(db: Kysely<Database>, number: string): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select stream, request, false as "isCodeEnded" from request_state
    where number = ${number}`.execute(db)
  return rows
}

/** As the index of migration 0065 has it: the record is asked, so whatever moves, ends or purges it counts here too. */
export async function requestsByCode(db: Kysely<Database>, hash: string): Promise<Found[]> {
  const { rows } = await sql<{
    stream: string
    request: string
    tokens: readonly { hash: string; ended?: string }[]
  }>`
    select stream, parent as request, fields->'tokens' as tokens from record
    where kind = 'asker' and not removed
      and fields->'tokens' @> ${JSON.stringify([{ hash }])}::jsonb`.execute(db)
  return rows.map(({ stream, request, tokens }) => {
    const token = tokens.find((one) => one.hash === hash)
    const hashes = tokens.map((one) => one.hash)
    return { stream, request, isCodeEnded: Boolean(token?.ended), hashes }
  })
}
