/** Sample records, recognisable as such. */
import type { Device } from './office.ts'

export const building = (more = {}) => ({
  estate: '样例苑',
  name: '3幢',
  storeys: 6,
  units: 2,
  ...more,
})
export const dwelling = (inBuilding: string, more = {}) => ({
  building: inBuilding,
  unit: '1',
  floor: 3,
  room: '301',
  use: 'own',
  ...more,
})
export const household = (inDwelling: string, more = {}) => ({ dwelling: inDwelling, ...more })
export const resident = (inHousehold: string, more = {}) => ({
  household: inHousehold,
  name: '样例甲',
  birth: '1980-05-06',
  verifiedOn: '2026-11-01',
  ...more,
})
export const visit = (toHousehold: string, at: string, more = {}) => ({
  household: toHousehold,
  channel: 'door',
  outcome: 'met',
  unchanged: true,
  at,
  ...more,
})

export interface Home {
  readonly building: string
  readonly dwelling: string
  readonly household: string
  readonly resident: string
}

/** A building by the community's staff, and by the worker a dwelling, a household and one resident. */
export async function settle(
  staff: Device,
  worker: Device,
  stream: string,
  ids: () => string,
  more: object = {},
): Promise<Home> {
  const home = { building: ids(), dwelling: ids(), household: ids(), resident: ids() }
  const first = await staff.pushed([staff.create(stream, 'building', home.building, building())])
  const rest = await worker.pushed([
    worker.create(stream, 'dwelling', home.dwelling, dwelling(home.building)),
    worker.create(stream, 'household', home.household, household(home.dwelling)),
    worker.create(stream, 'resident', home.resident, resident(home.household, more)),
  ])
  const receipts = [...first.receipts, ...rest.receipts]
  const refused = receipts.find((receipt) => !receipt.ok)
  if (refused) throw new Error(JSON.stringify(refused))
  return home
}
