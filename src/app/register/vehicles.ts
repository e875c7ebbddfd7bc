/** The vehicles of each dwelling, as they were when somebody asked last: one look at all of them serves a whole table. */
import { keepWithRegister } from './kept-with-register.ts'
import type { Rec, Register } from './register.ts'

type Vehicles = ReadonlyMap<string, readonly Rec<'vehicle'>[]>

const known = keepWithRegister<Vehicles>()
const none: readonly Rec<'vehicle'>[] = []

/** Those that are no more are not among them; by plate. */
export function vehiclesOf(register: Register, dwelling: string): readonly Rec<'vehicle'>[] {
  const byDwelling = known.get(register) ?? group(register)
  known.set(register, byDwelling)
  return byDwelling.get(dwelling) ?? none
}

function group(register: Register): Vehicles {
  const byDwelling = new Map<string, Rec<'vehicle'>[]>()
  for (const vehicle of register.all('vehicle')) {
    if (vehicle.fields.endedOn) continue
    const others = byDwelling.get(vehicle.fields.dwelling)
    if (others) others.push(vehicle)
    else byDwelling.set(vehicle.fields.dwelling, [vehicle])
  }
  for (const list of byDwelling.values()) {
    list.sort((a, b) => (a.fields.plate < b.fields.plate ? -1 : 1))
  }
  return byDwelling
}
