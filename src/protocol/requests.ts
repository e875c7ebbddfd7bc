/**
 * Requests in numbers and as a list, for whoever does not hold the grids: `GET /api/requests/overview/:place` and
 * `GET /api/requests/list/:place`. Neither says who asked, what was said, or which worker took it.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { endings, requestLevels, requestStates } from '#domain/requests/step.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Of a hundred; null where too few were counted for it to be told. */
const rate = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100)))

export const requestFiguresSchema = v.looseObject({
  /** Item of the catalogue, unit, or place below; null of what has none. */
  key: v.nullable(uuid),
  /** Of an item or unit its name; null where the device knows it. */
  name: v.nullable(v.string()),
  open: count,
  late: count,
  /** Taken today. */
  fresh: count,
  /** Of those answered within 90 days. */
  answered: count,
  inTime: rate,
  solved: rate,
  content: rate,
})
export type RequestFigures = v.InferOutput<typeof requestFiguresSchema>

const pastFigures = { came: count, closed: count, inTime: rate, solved: rate, content: rate }

export const requestOverviewSchema = v.looseObject({
  ok: v.literal(true),
  at: v.string(),
  day: v.string(),
  place: uuid,
  /** Rates of fewer answers are not told. */
  least: count,
  all: requestFiguresSchema,
  /** Open ones that were supervised, and with an ask of a unit that waits for an answer. */
  supervised: v.optional(count),
  asked: v.optional(count),
  byItem: v.array(requestFiguresSchema),
  byUnit: v.array(requestFiguresSchema),
  byPlace: v.array(requestFiguresSchema),
  /** The same kind in the same building, three times and more in 90 days; the most first. */
  spots: v.array(
    v.looseObject({
      building: uuid,
      stream: uuid,
      item: uuid,
      name: v.nullable(v.string()),
      count,
    }),
  ),
  /** Oldest first; `week` is its Monday. */
  weeks: v.array(v.looseObject({ week: v.string(), came: count, closed: count })),
  /** Newest first, `YYYY-MM`: what was purged since is counted. Rates are of those that came in the month. */
  months: v.optional(v.array(v.looseObject({ month: v.string(), ...pastFigures })), []),
  /** Of the same two years by kind, the most frequent first. */
  kinds: v.optional(
    v.array(
      v.looseObject({
        item: v.nullable(uuid),
        name: v.nullable(v.string()),
        ...pastFigures,
      }),
    ),
    [],
  ),
})
export type RequestOverview = v.InferOutput<typeof requestOverviewSchema>

/** What a list may be asked for; all of them together. */
export const requestListings = ['open', 'late', 'fresh', 'supervised', 'asked', 'closed'] as const
export type RequestListing = (typeof requestListings)[number]

const listedRequestSchema = v.looseObject({
  request: uuid,
  stream: uuid,
  number: v.string(),
  item: v.nullable(uuid),
  name: v.nullable(v.string()),
  state: v.picklist(requestStates),
  level: v.picklist(requestLevels),
  round: count,
  unit: v.nullable(uuid),
  building: v.nullable(uuid),
  promise: v.nullable(v.string()),
  isProvisional: v.boolean(),
  isPaused: v.boolean(),
  supervision: v.nullable(v.number()),
  ending: v.nullable(v.picklist(endings)),
})

export const requestListSchema = v.looseObject({
  ok: v.literal(true),
  at: v.string(),
  total: count,
  /** Pass it on as `after` for the next page; null at the end. */
  next: v.nullable(v.string()),
  requests: v.array(listedRequestSchema),
})
export type RequestList = v.InferOutput<typeof requestListSchema>

/** `POST /api/requests/find`: by its number, or by the hash of a follow-up code, which stands in no address and no log. */
export const findRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  number: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(24))),
  hash: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
})

export const foundRequestSchema = v.looseObject({
  ok: v.literal(true),
  /** Null where the account's places have none of it: unknown, not arrived and somebody else's are the same. */
  found: v.nullable(
    v.looseObject({
      ...listedRequestSchema.entries,
      /** The code was replaced by another one. */
      isCodeEnded: v.boolean(),
    }),
  ),
})
export type FoundRequest = v.InferOutput<typeof foundRequestSchema>
