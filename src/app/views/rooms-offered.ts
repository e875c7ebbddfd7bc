import type { Register } from '#app/register/register.ts'
import { doorOf, gridName } from './door.ts'

export interface RoomOffered {
  readonly id: string
  /** With the estate before it. */
  readonly door: string
  /** '' of a room of the grid that was asked from. */
  readonly grid: string
}

const most = 8
/** Hits of a search, people among them. */
const looked = 60

/** Rooms by what stands on their doors: of the grid `stream` first, then of the others on this device, with their names. */
export function roomsOffered(
  register: Register,
  query: string,
  stream: string,
): readonly RoomOffered[] {
  if (query.trim() === '') return []
  return register
    .search(query, looked)
    .flatMap((hit) => (hit.kind === 'dwelling' ? [register.get('dwelling', hit.id)] : []))
    .filter((room) => room !== undefined)
    .sort((a, b) => Number(b.stream === stream) - Number(a.stream === stream))
    .slice(0, most)
    .map((room) => ({
      id: room.id,
      door: doorOf(register, room.id, true),
      grid: room.stream === stream ? '' : gridName(register, room.stream),
    }))
}
