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
  const wanted = 'residents' in of ? of.residents : await residentsOf(db, of.stream)
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{
    residents: readonly string[]
    number: string
    state: string
    unmet_on: string | null
  }>`
    select residents, number, state, unmet_on from request_state
    where is_help and residents && ${sql.val([...wanted])}::uuid[]
    order by number`.execute(db)
  const help = new Map<string, HelpRequest[]>()
  for (const { residents, number, state, unmet_on } of rows) {
    const isOpen = (openStates as readonly string[]).includes(state)
    for (const resident of residents) {
      help.set(resident, [...(help.get(resident) ?? []), { number, isOpen, unmetOn: unmet_on }])
    }
  }
  return help
}

async function residentsOf(db: Kysely<Database>, stream: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from record where stream = ${stream} and kind = 'resident' and not removed`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
