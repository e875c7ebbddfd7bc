/** What of a search can be asked of the whole part of a subdistrict that an account works for, where nothing is held in memory. */
import { isWholePhone } from './phone.ts'
import type { Query } from './search-query.ts'

/** By what the office looks; what can be looked for in none of these ways ranges over too many. */
export type Beyond =
  | {
      readonly by: 'number'
      readonly digits: string
      /** Else what stands there is its last four figures. */
      readonly isWhole: boolean
    }
  | {
      readonly by: 'door'
      readonly room: NonNullable<Query['room']>
      readonly estate: string | null
    }
  | { readonly by: 'name'; readonly name: string }

/**
 * Somebody's number by its last four figures or whole, a door by its building or estate, a name by two letters. What
 * reads as a number may be a door as well; empty: too little. With anything between four figures and all of them, a
 * number could be told figure by figure: the one more that still finds somebody is the right one.
 */
export function readBeyond(query: Query | null): readonly Beyond[] {
  if (!query) return []
  const { digits, room, estate, name } = query
  const ways: Beyond[] = []
  const isWhole = digits !== null && isWholeNumber(digits)
  if (digits !== null && (isWhole || digits.length === 4)) {
    ways.push({ by: 'number', digits, isWhole })
  }
  if (room !== null && (room.building !== null || estate !== null)) {
    ways.push({ by: 'door', room, estate })
  }
  if (digits === null && room === null && name !== null && [...name].length >= 2) {
    ways.push({ by: 'name', name })
  }
  return ways
}

/** Of a telephone or of an identity document, old or new. */
function isWholeNumber(digits: string): boolean {
  return isWholePhone(digits) || /^(?:\d{11}|\d{15}|\d{17}[\dX])$/.test(digits)
}
