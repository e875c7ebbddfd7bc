/** The vehicles of each dwelling, as they were when somebody asked last: one look at all of them serves a whole table. */
import { keepWithRegister } from './kept-with-register.ts'
import type { Rec, Register } from './register.ts'

type Vehicle = Rec<'vehicle'>

interface AtDoor {
  readonly here: Vehicle[]
  /** Those that are no more, until they are purged. */
  readonly ended: Vehicle[]
}

const known = keepWithRegister<ReadonlyMap<string, AtDoor>>()
const none: AtDoor = { here: [], ended: [] }

/** By plate. */
export function vehiclesOf(register: Register, dwelling: string): readonly Vehicle[] {
  return atDoor(register, dwelling).here
}

export function endedVehiclesOf(register: Register, dwelling: string): readonly Vehicle[] {
  return atDoor(register, dwelling).ended
}

function atDoor(register: Register, dwelling: string): AtDoor {
  const byDwelling = known.get(register) ?? group(register)
  known.set(register, byDwelling)
  return byDwelling.get(dwelling) ?? none
}

function group(register: Register): ReadonlyMap<string, AtDoor> {
  const byDwelling = new Map<string, AtDoor>()
  for (const vehicle of register.all('vehicle')) {
    const { dwelling } = vehicle.fields
    const door = byDwelling.get(dwelling) ?? { here: [], ended: [] }
    byDwelling.set(dwelling, door)
    const list = hasEnded(register, vehicle) ? door.ended : door.here
    list.push(vehicle)
  }
  for (const { here, ended } of byDwelling.values()) {
    for (const list of [here, ended])
      list.sort((a, b) => (a.fields.plate < b.fields.plate ? -1 : 1))
  }
  return byDwelling
}

/** Also before the server has said so: its household left this door, and the device knows it. */
export function hasEnded(register: Register, { fields }: Vehicle): boolean {
  if (fields.endedOn) return true
  const home = fields.household ? register.get('household', fields.household)?.fields : undefined
  return home !== undefined && (Boolean(home.endedOn) || home.dwelling !== fields.dwelling)
}
