/** Requests of help by and for some residents, in whatever grid somebody asked: what colours may learn of requests. */
import { sql, type Kysely } from 'kysely'
import { openStates } from '#domain/requests/transition.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import type { Database } from '../db/schema.ts'

/** By resident; whoever is not named has none. */
export type Help = ReadonlyMap<string, readonly HelpRequest[]>

export async function loadHelp(
  db: Kysely<Database>,
  residentIds: readonly string[],
): Promise<Help> {
  if (residentIds.length === 0) return new Map()
  const { rows } = await sql<{
    residents: readonly string[]
    number: string
    state: string
    unmet_on: string | null
  }>`
    select residents, number, state, unmet_on from request_state
    where is_help and residents && ${sql.val([...residentIds])}::uuid[]
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
