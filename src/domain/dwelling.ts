/** Dwelling 户室: one room door of a building, its use and its hazards. */
import * as v from 'valibot'
import { choice, day, flag, id, list, maybe, telephone, text, whole } from './field.ts'
import { overrideSchema } from './override.ts'

/** 自住, 租赁, 群租, 空置, 经营. */
export const dwellingUses = ['own', 'rental', 'group-rental', 'vacant', 'business'] as const
export type DwellingUse = (typeof dwellingUses)[number]

export const hazardSchema = v.looseObject({
  id,
  /** Code of the table safety_hazard (01 public order, 02 fire, 03 dispute, 04 labour dispute, 99 other). */
  type: text(2),
  /** A danger to life, not only to property. */
  toLife: maybe(flag),
  found: day,
  cleared: maybe(day),
  note: maybe(text(200)),
})
export type Hazard = v.InferOutput<typeof hazardSchema>

export const dwellingSchema = v.looseObject({
  building: id,
  /** Unit 单元 as digits; null where the building has none. */
  unit: maybe(text(4)),
  floor: whole(-10, 150),
  /** Room number as on the door, e.g. 302. */
  room: text(10),
  use: maybe(choice(dwellingUses)),
  landlordName: maybe(text(40)),
  landlordPhone: maybe(telephone),
  /** First day of the present letting. */
  letSince: maybe(day),
  hazards: maybe(list(hazardSchema, 50)),
  /** Colours by hand. */
  overrides: maybe(list(overrideSchema, 20)),
  note: maybe(text(500)),
})
export type Dwelling = v.InferOutput<typeof dwellingSchema>
