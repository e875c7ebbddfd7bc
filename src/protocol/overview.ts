/**
 * The overview: `GET /api/overview` says how things stand now in every place of an account, `GET /api/overview/:place`
 * how one of them came to stand so: its weeks, and what changed today. Numbers alone, never a person. Where the
 * account may not see persons, small numbers and those by which they could be computed are null.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { colourKeys } from '#domain/level.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const figure = v.nullable(count)
const colour = v.picklist(colourKeys)

const coloursSchema = v.looseObject({
  red: figure,
  orange: figure,
  yellow: figure,
  blue: figure,
  green: figure,
  grey: figure,
})

export const placeFiguresSchema = v.looseObject({
  id: uuid,
  /** Null of a place that the account was given. */
  parent: v.nullable(uuid),
  residents: v.looseObject({ total: figure, colours: coloursSchema }),
  /** The same residents by whose hukou is where: floating 流动人口, apart 人户分离, settled. */
  residence: v.looseObject({ floating: figure, apart: figure, settled: figure }),
  dwellings: v.looseObject({ total: figure, colours: coloursSchema }),
  /** Households that somebody lives in, by when a call is due; `week`: within six days after today. */
  calls: v.looseObject({
    total: figure,
    overdue: figure,
    today: figure,
    week: figure,
    later: figure,
  }),
})
export type PlaceFigures = v.InferOutput<typeof placeFiguresSchema>

export const overviewSchema = v.looseObject({
  ok: v.literal(true),
  /** The server's clock, and its day in China. */
  at: v.string(),
  day: v.string(),
  /** The smallest number that is shown; 0 where all are. */
  least: count,
  places: v.array(placeFiguresSchema),
})
export type Overview = v.InferOutput<typeof overviewSchema>

const weekSchema = v.looseObject({
  /** Its Monday, and the day on which these numbers stood. */
  week: v.string(),
  day: v.string(),
  residents: coloursSchema,
  dwellings: coloursSchema,
  overdue: figure,
})
export type WeekFigures = v.InferOutput<typeof weekSchema>

const shiftSchema = v.looseObject({
  subject: v.picklist(['resident', 'dwelling']),
  from: colour,
  to: colour,
  cause: v.picklist(['facts', 'scheme', 'calendar', 'override']),
  /** Key of the scheme's rule that explains it, `by-hand`, or null where a visit verified it. */
  rule: v.nullable(v.string()),
  /** True where the rule began to hold, false where it ceased to. */
  began: v.boolean(),
  count: figure,
})
export type ShiftFigures = v.InferOutput<typeof shiftSchema>

export const placeOverviewSchema = v.looseObject({
  ok: v.literal(true),
  at: v.string(),
  day: v.string(),
  place: uuid,
  least: count,
  /** Oldest first, this week last; null where they are not for the account to see. */
  weeks: v.nullable(v.array(weekSchema)),
  /** The most first. */
  shifts: v.nullable(v.array(shiftSchema)),
})
export type PlaceOverview = v.InferOutput<typeof placeOverviewSchema>
