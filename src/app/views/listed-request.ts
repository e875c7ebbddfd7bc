/** A request as the office lists it, without persons: late as the office counts it, and whether this device has it. */
import { openStates } from '#domain/requests/transition.ts'
import type { RequestList } from '#protocol/requests.ts'
import type { Register } from '#app/register/register.ts'
import { buildingName } from './request-figures.ts'

type Listed = RequestList['requests'][number]

export interface ListedShown {
  readonly isHere: boolean
  /** What stands still, or waits for the person alone, is not. */
  readonly isLate: boolean
  /** Of the place and the building those that this device knows. */
  readonly where: readonly string[]
}

export function listedShown(register: Register, row: Listed, now: number): ListedShown {
  const { request, stream, building, promise, isPaused, state } = row
  const runs = openStates.includes(state) && state !== 'verifying' && !isPaused
  const names = [
    register.get('place', stream)?.fields.name,
    building === null ? null : buildingName(register, building),
  ]
  return {
    isHere: register.get('request', request) !== undefined,
    isLate: runs && promise !== null && Date.parse(promise) < now,
    where: names.flatMap((name) => name ?? []),
  }
}
