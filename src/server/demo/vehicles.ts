/** Sample vehicles: plates that nobody has, for some dwellings of each grid. */
import { idBornIn } from '#domain/born-ids.ts'
import { addDays, type Day } from '#domain/day.ts'
import type { Vehicle, VehicleKind } from '#domain/vehicle.ts'
import type { DemoRecord } from './record.ts'

/** Every so many dwellings that somebody lives in has one. */
const everyHome = 6
/** So many are enough for a grid. */
const most = 60

const kinds: readonly VehicleKind[] = [
  'car',
  'electric-car',
  'e-bike',
  'car',
  'lorry',
  'motorcycle',
]

/** The records as they come, and behind them their vehicles. `nth`: of the grid, so that no plate is there twice. */
export function* withVehicles(
  records: Iterable<DemoRecord>,
  stream: string,
  nth: number,
  ids: () => string,
  today: Day,
): Generator<DemoRecord> {
  const homes: { readonly dwelling: string; readonly household: string }[] = []
  let at = 0
  for (const record of records) {
    if (record.kind === 'household' && !record.fields['endedOn'] && at++ % everyHome === 0) {
      const { dwelling } = record.fields
      if (typeof dwelling === 'string' && homes.length < most) {
        homes.push({ dwelling, household: record.id })
      }
    }
    yield record
  }
  for (const [index, home] of homes.entries()) {
    const vehicleKind = kinds[index % kinds.length] ?? 'car'
    const fields: Vehicle = {
      ...{
        ...home,
        vehicleKind,
        plate: `样A${String(nth % 1_000).padStart(3, '0')}${String(index).padStart(2, '0')}`,
      },
      ...(index % 7 === 3 ? { until: addDays(today, index - 20) } : {}),
    }
    yield { kind: 'vehicle', id: idBornIn(stream, ids()), fields }
  }
}
