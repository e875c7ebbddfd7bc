/** A plate looked up at a gate, and the vehicles of a dwelling as a form has them. */
import { instantToDay, isDay, type Day } from '#domain/day.ts'
import { freshForHours } from '#domain/gate.ts'
import { isHere, isPlate, plateKey, type VehicleKind } from '#domain/vehicle.ts'
import type { Rec } from './records.ts'
import { doorOf } from './door.ts'
import type { Register } from '#app/register/register.ts'
import { hasEnded } from '#app/register/vehicles.ts'

export {
  endedVehiclesOf as endedVehiclesOfDwelling,
  vehiclesOf as vehiclesOfDwelling,
} from '#app/register/vehicles.ts'

/** A plate of the village, `isOver` where its last day has passed. */
export interface KnownPlate {
  readonly id: string
  readonly stream: string
  readonly dwelling: string
  readonly plate: string
  /** Estate and number, as they are now; '' where the device does not know the door. */
  readonly door: string
  readonly isOver: boolean
}

export interface LookUp {
  /** The plate as it is compared. */
  readonly key: string
  /** Whether enough is typed to say anything. */
  readonly isAsked: boolean
  /** The village's: the plate itself, else those that end with what was typed. */
  readonly found: readonly KnownPlate[]
  /** More end so than are listed. */
  readonly isMore: boolean
}

/** What somebody reads off a plate at a glance: its last four. */
const leastTyped = 4
/** More than these are no answer. */
const most = 5

export function lookUpPlate(register: Register, typed: string, day: Day): LookUp {
  const key = plateKey(typed)
  if (key.length < leastTyped) return { key, isAsked: false, found: [], isMore: false }
  const exact: KnownPlate[] = []
  const ending: KnownPlate[] = []
  for (const vehicle of register.all('vehicle')) {
    const { id, stream, fields } = vehicle
    const { plate, dwelling } = fields
    if (!plate.endsWith(key) || hasEnded(register, vehicle)) continue
    const isOver = !isHere(fields, day)
    const one = { id, stream, dwelling, plate, door: doorOf(register, dwelling, true), isOver }
    if (plate === key) exact.push(one)
    else ending.push(one)
  }
  // Whoever typed the whole of it means this one alone; a plate of two doors has both.
  const all = exact.length > 0 ? exact : ending
  all.sort((a, b) => Number(a.isOver) - Number(b.isOver) || (a.plate < b.plate ? -1 : 1))
  return { key, isAsked: true, found: all.slice(0, most), isMore: all.length > most }
}

/** As a form has it; '' where nothing is said. */
export interface VehicleDraft {
  /** Of the dwelling; '' of the dwelling as such. */
  readonly household: string
  readonly plate: string
  readonly vehicleKind: VehicleKind
  readonly until: string
}

/** `homes`: the households at the door. A new one is of the only household there. */
export function draftOfVehicle(
  vehicle: Rec<'vehicle'> | undefined,
  homes: readonly Rec<'household'>[],
): VehicleDraft {
  const fields = vehicle?.fields
  const [only, ...others] = homes
  const first = only && others.length === 0 ? only.id : ''
  return {
    household: fields ? (fields.household ?? '') : first,
    plate: fields?.plate ?? '',
    vehicleKind: fields?.vehicleKind ?? 'car',
    until: fields?.until ?? '',
  }
}

export type VehicleFault = 'not-a-plate' | 'not-a-day' | 'there-already'

/** `others`: of the same dwelling, without the one that is being changed. */
export function faultsOfVehicle(
  { plate, until }: VehicleDraft,
  others: readonly Rec<'vehicle'>[],
): Partial<Record<'plate' | 'until', VehicleFault>> {
  const key = plateKey(plate)
  const isTwice = others.some(({ fields }) => fields.plate === key && !fields.endedOn)
  return {
    ...(!isPlate(key)
      ? { plate: 'not-a-plate' as const }
      : isTwice && { plate: 'there-already' as const }),
    ...(until !== '' && !isDay(until) && { until: 'not-a-day' as const }),
  }
}

/** How many vehicles have a last day that has passed. */
export function vehiclesOver(register: Pick<Register, 'all'>, day: Day): number {
  let count = 0
  for (const { fields } of register.all('vehicle')) {
    if (!fields.endedOn && !isHere(fields, day)) count += 1
  }
  return count
}

/** Whether a gate's device has doors at all: none before its first answer, and where its village has no gates. */
export function hasDoors(register: Pick<Register, 'all'>): boolean {
  return [...register.all('dwelling')].length > 0
}

/** The day of which a gate's plates are, where the server has not answered for long; null while they are fresh. */
export function staleSince(lastSync: string | null, now: number): Day | null {
  if (lastSync === null) return null
  return now - Date.parse(lastSync) > freshForHours * 3_600_000 ? instantToDay(lastSync) : null
}

/** Of a household, ended ones and those at earlier doors too; and those of its door as such where it is the only one there. */
export function platesOfHousehold(
  register: Register,
  household: string,
): readonly Rec<'vehicle'>[] {
  const dwelling = register.get('household', household)?.fields.dwelling
  const homes = dwelling === undefined ? [] : register.households(dwelling)
  const isAlone = homes.length === 1 && homes[0]?.id === household
  return [...register.all('vehicle')].filter(({ fields }) =>
    fields.household ? fields.household === household : isAlone && fields.dwelling === dwelling,
  )
}

/** Those that end at a household's door once all of it goes to another one. */
export function platesThatMove(
  register: Register,
  household: string,
  day: Day,
): readonly Rec<'vehicle'>[] {
  const dwelling = register.get('household', household)?.fields.dwelling
  return platesOfHousehold(register, household).filter(
    (one) =>
      one.fields.dwelling === dwelling && isHere(one.fields, day) && !hasEnded(register, one),
  )
}
