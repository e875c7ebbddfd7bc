/** What a village's gate gets of the register: numbers of doors, and the plates that belong behind them. */
import type { gateKinds } from './permission.ts'

/** The fields that go out to a gate, by kind; of every other field, and of every other kind, nothing does. */
export const gateFields: Readonly<Record<(typeof gateKinds)[number], readonly string[]>> = {
  building: ['estate', 'name', 'storeys', 'units'],
  dwelling: ['building', 'unit', 'floor', 'room'],
  vehicle: ['dwelling', 'plate', 'vehicleKind', 'until'],
}

/** Hours without an answer of the server, after which a gate says of which day its plates are. */
export const freshForHours = 24
