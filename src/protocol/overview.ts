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
  /**
   * Visits of this week from Monday on and of today at which somebody was met, and those of the last seven days at
   * which nobody was. Absent from a server of before.
   */
  visits: v.optional(v.looseObject({ week: figure, today: figure, missed: figure })),
  /**
   * Elderly people in special difficulty, and how many of them somebody met this month: each counts once. Absent from a
   * server of before.
   */
  coverage: v.optional(v.looseObject({ meant: figure, met: figure })),
  /** Whether anybody walks the lanes of this very place; of the places below it each says its own. */
  walked: v.optional(v.boolean()),
  /** The last day on which one of their devices was here; null where none was, or it is not for the account to see. */
  syncedOn: v.optional(v.nullable(v.string())),
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
  /** Devices in use that were not here for three days; null where the account looks after none. */
  silentDevices: v.optional(v.nullable(count)),
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

const newcomerSchema = v.looseObject({
  subject: v.picklist(['resident', 'dwelling']),
  colour,
  /** Of the scheme, `by-hand`, or null where no rule decides. */
  rule: v.nullable(v.string()),
  count: figure,
})
/** So many of a kind with a colour, for a reason. */
export type ReasonFigures = v.InferOutput<typeof newcomerSchema>

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
  /** Who and what came into the register today with a colour other than grey; the most first. */
  newcomers: v.optional(v.nullable(v.array(newcomerSchema))),
  /** Why those of each colour have it; null where persons are not for the account to see. The most first. */
  reasons: v.optional(v.nullable(v.array(newcomerSchema))),
})
export type PlaceOverview = v.InferOutput<typeof placeOverviewSchema>
