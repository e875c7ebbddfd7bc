/** Building 楼栋: an estate's numbered block or a village house. */
import * as v from 'valibot'
import { maybe, number, ring, text, whole } from './field.ts'

export const buildingSchema = v.looseObject({
  /** Estate 小区 or village lane, e.g. 清风阳光苑, 秋丰路. */
  estate: text(40),
  /** Normal form: digits + 幢 for a block (`3幢`), digits + 号 for a house (`12号`). */
  name: text(20),
  /** Code of the table building_type. */
  buildingKind: maybe(text(2)),
  storeys: whole(1, 150),
  storeysBelow: maybe(whole(0, 10)),
  /** Number of units 单元; 0 where the building has none. */
  units: whole(0, 50),
  roomsPerFloor: maybe(whole(1, 100)),
  /** WGS 84, degrees. */
  latitude: maybe(number(-90, 90)),
  longitude: maybe(number(-180, 180)),
  /** The walls on the ground, where somebody surveyed them. */
  outline: maybe(ring),
  manager: maybe(text(40)),
  /** Walking order within the grid, ascending. */
  order: maybe(whole(0, 1_000_000)),
})
export type Building = v.InferOutput<typeof buildingSchema>
