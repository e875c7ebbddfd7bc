/** Requests of help by and for some residents, in whatever grid somebody asked: what colours may learn of requests. */
import { sql, type Kysely } from 'kysely'
import { openStates } from '#domain/requests/transition.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import type { Database } from '../db/schema.ts'

/** By resident; whoever is not named has none. */
export type Help = ReadonlyMap<string, readonly HelpRequest[]>

export async function loadHelp(
  db: Kysely<Database>,
  of: { readonly residents: readonly string[] } | { readonly stream: string },
): Promise<Help> {
  if ('residents' in of && of.residents.length === 0) return new Map()
  const { rows } = await sql<{
    resident: string
    number: string
    state: string
    unmet_on: string | null
  }>`
    select person.id as resident, state.number, state.state, state.unmet_on
    from request_state as state cross join lateral unnest(state.residents) as person (id)
    where state.is_help and ${
      'residents' in of
        ? sql`state.residents && ${sql.val([...of.residents])}::uuid[]`
        : sql`person.id in (
            select id from record where stream = ${of.stream}::uuid and kind = 'resident'
              and not removed
          )`
    }
    order by person.id, state.number`.execute(db)
  const help = new Map<string, HelpRequest[]>()
  for (const { resident, number, state, unmet_on } of rows) {
    const isOpen = (openStates as readonly string[]).includes(state)
    const known = help.get(resident) ?? []
    help.set(resident, [...known, { number, isOpen, unmetOn: unmet_on }])
  }
  return help
}
