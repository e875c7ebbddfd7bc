/** Requests of help by and for some residents, in whatever grid somebody asked: what colours may learn of requests. */
import type { Kysely } from 'kysely'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import { helpOfResidents, type HelpRow } from '../db/help.ts'
import type { Database } from '../db/schema.ts'

/** By resident; whoever is not named has none. */
export type Help = ReadonlyMap<string, readonly HelpRequest[]>

/** As a statement reads it: what of a row a colour knows. */
export type HelpSaid = Pick<HelpRow, 'number' | 'residents' | 'is_open' | 'unmet_on'>

export async function loadHelp(
  db: Kysely<Database>,
  residentIds: readonly string[],
): Promise<Help> {
  return residentIds.length === 0 ? new Map() : helpOf(await helpOfResidents(db, residentIds))
}

/** In order of the numbers. */
export function helpOf(rows: readonly HelpSaid[]): Help {
  const help = new Map<string, HelpRequest[]>()
  for (const row of [...rows].sort((a, b) => (a.number < b.number ? -1 : 1))) {
    const { number, is_open: isOpen, unmet_on: unmetOn, residents } = row
    for (const resident of residents) {
      help.set(resident, [...(help.get(resident) ?? []), { number, isOpen, unmetOn }])
    }
  }
  return help
}
