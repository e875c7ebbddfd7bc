/** What of a search can be asked of the whole part of a subdistrict that an account works for, where nothing is held in memory. */
import type { Query } from './search-query.ts'

/** By what the office looks; what can be looked for in none of these ways ranges over too many. */
export type Beyond =
  | { readonly by: 'number'; readonly digits: string }
  | {
      readonly by: 'door'
      readonly room: NonNullable<Query['room']>
      readonly estate: string | null
    }
  | { readonly by: 'name'; readonly name: string }

/**
 * Somebody's numbers by four figures and more, a door by its building or estate, a name by two letters. What reads as a
 * number may be a door as well; empty: too little.
 */
export function readBeyond(query: Query | null): readonly Beyond[] {
  if (!query) return []
  const { digits, room, estate, name } = query
  const ways: Beyond[] = []
  if (digits !== null) ways.push({ by: 'number', digits })
  if (room !== null && (room.building !== null || estate !== null)) {
    ways.push({ by: 'door', room, estate })
  }
  if (digits === null && room === null && name !== null && [...name].length >= 2) {
    ways.push({ by: 'name', name })
  }
  return ways
}
