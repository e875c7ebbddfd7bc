/** From when a declaration is kept: since it was answered, or, where nobody did, since it was said. */
import { sql, type Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Database } from './schema.ts'

export interface EndedDeclaration {
  readonly id: string
  readonly kind: string
  readonly said: Day
  /** When the server got the last of it. */
  readonly received: Date | null
}

/** Of one stream: `until` those of that day and before, `records` those among these ids. */
export async function endedDeclarations(
  db: Kysely<Database>,
  stream: string,
  which: { readonly until: Day } | { readonly records: readonly string[] },
): Promise<readonly EndedDeclaration[]> {
  const said = sql`coalesce(
    answer.fields->>'on', left(coalesce(claim.at, claim.fields->>'from'), 10))`
  const { rows } = await sql<EndedDeclaration>`
    select distinct on (claim.id) claim.id, claim.kind, ${said} as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record in (claim.id, answer.id)
          and change.op = 'create'
      ) as received
    from record as claim
    left join record as answer on answer.stream = ${stream} and answer.parent = claim.id
      and answer.kind = 'declaration-answer' and not answer.removed
    where claim.stream = ${stream} and claim.kind in ('arrival', 'departure')
      and not claim.removed
      and ${
        'until' in which
          ? sql`${said} <= ${which.until}`
          : sql`claim.id = any(${sql.val([...which.records])}::uuid[])`
      }
    order by claim.id, said desc`.execute(db)
  return rows
}
