/** Whether two requests may be one matter: the same kind, the same building or within 50 m, within 14 days. */
import { metresBetween, type Position } from '../position.ts'

export interface Comparable {
  readonly item: string | null
  /** Building of its site; null where it has none. */
  readonly building: string | null
  readonly position: Position | null
  readonly isOpen: boolean
  /** Milliseconds since 1970; null while it is open. */
  readonly closedAt: number | null
}

const nearMetres = 50
const sinceMs = 14 * 86_400_000

export function isSimilar(one: Comparable, other: Comparable, now: number): boolean {
  if (one.item === null || one.item !== other.item) return false
  if (!other.isOpen && (other.closedAt === null || now - other.closedAt > sinceMs)) return false
  if (one.building !== null && one.building === other.building) return true
  if (!one.position || !other.position) return false
  return metresBetween(one.position, other.position) <= nearMetres
}
