/**
 * What is purged next, as the office sees it: `GET /api/purge` tells what stands on the list and what waits for an
 * administrator, `GET /api/purge/:stream` the visits of one grid and `…/requests` its requests; `POST /api/purge/…` keeps a record, lets it go
 * again, and says yes or no where a purge waits. Asked twice, each does the same.
 */
import * as v from 'valibot'
import { day, instant as moment } from '#domain/field.ts'

const uuid = v.pipe(v.string(), v.uuid())
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** `requests`: those that ended long ago, and who asked for them. */
const counts = v.looseObject({ people: count, visits: count, requests: count })

/** A record on the list. */
const listed = {
  stream: uuid,
  record: uuid,
  /** What the record says: the day of leaving or death, of the visit, or on which the request ended. */
  day,
  /** The day on which the server got that; null of what a seed brought. */
  received: v.nullable(day),
  /** The last day on which it is kept. */
  due: day,
  listedOn: day,
  /** Days on which passes still have to run before it may go, 0 where it stood there long enough. */
  daysLeft: count,
}

const listedPerson = v.looseObject({
  ...listed,
  name: v.string(),
  why: v.picklist(['moved-out', 'died']),
})
export type ListedPerson = v.InferOutput<typeof listedPerson>

const listedFund = v.looseObject({ ...listed, name: v.string() })
export type ListedFund = v.InferOutput<typeof listedFund>

const listedTopic = v.looseObject({
  ...listed,
  rule: v.picklist(['topic', 'meeting']),
  /** Of a topic what it asks; a meeting has its day alone. */
  name: v.string(),
})
export type ListedTopic = v.InferOutput<typeof listedTopic>

/** Whether only who asked goes, or all of the request. */
const requestRule = v.picklist(['asker', 'request'])

/** What is told by grid alone: declarations, voices of doors to topics, plates. */
export const otherRules = ['declaration', 'voice', 'vehicle'] as const
const listedOthers = v.looseObject({ stream: uuid, rule: v.picklist(otherRules), count, due: day })
export type ListedOthers = v.InferOutput<typeof listedOthers>

const kept = v.looseObject({
  stream: uuid,
  record: uuid,
  kind: v.string(),
  /** Of a person, or the number of a request; null of a visit. */
  name: v.nullable(v.string()),
  keptOn: day,
  keptBy: v.nullable(v.string()),
  due: day,
})
export type KeptRecord = v.InferOutput<typeof kept>

const held = {
  /** The topmost place of the office. */
  place: uuid,
  /** When it began to wait: names what somebody decides on. */
  at: moment,
  /** Who said yes first; null where nobody did. */
  firstBy: v.nullable(v.looseObject({ id: uuid, name: v.string() })),
}
const purgeHold = v.variant('why', [
  v.looseObject({
    ...held,
    why: v.literal('clock'),
    /** The server's clock now, the last moment that was believed, the newest receipt. */
    now: moment,
    lastAt: moment,
    receivedAt: v.nullable(moment),
  }),
  v.looseObject({ ...held, why: v.literal('share'), due: counts, usual: counts }),
])
export type ListedHold = v.InferOutput<typeof purgeHold>

export const purgeListSchema = v.looseObject({
  ok: v.literal(true),
  today: day,
  holds: v.array(purgeHold),
  /** Soonest first; of very many the first ones. */
  people: v.array(listedPerson),
  peopleInAll: count,
  /** Visits are told by grid. */
  visits: v.array(v.looseObject({ stream: uuid, count, due: day })),
  /** Requests, and who asked for them, by grid. */
  requests: v.array(v.looseObject({ stream: uuid, rule: requestRule, count, due: day })),
  /** Accounts of stairwells that were closed long ago; a server before 0.3.0 has none. */
  funds: v.optional(v.array(listedFund)),
  /** Old topics and meetings; a server before 0.3.0 has none. */
  topics: v.optional(v.array(listedTopic)),
  /** Declarations, voices and plates, by grid; a server before 0.3.0 does not say. */
  others: v.optional(v.array(listedOthers)),
  kept: v.array(kept),
})
export type PurgeList = v.InferOutput<typeof purgeListSchema>

const listedVisit = v.looseObject({ ...listed, household: uuid })
export type ListedVisit = v.InferOutput<typeof listedVisit>
export const purgeVisitsSchema = v.looseObject({
  ok: v.literal(true),
  visits: v.array(listedVisit),
  inAll: count,
})
export type PurgeVisits = v.InferOutput<typeof purgeVisitsSchema>

const listedRequest = v.looseObject({
  ...listed,
  rule: requestRule,
  request: uuid,
  /** As the asker reads it out; it opens nothing. */
  number: v.string(),
})
export type ListedRequest = v.InferOutput<typeof listedRequest>
export const purgeRequestsSchema = v.looseObject({
  ok: v.literal(true),
  requests: v.array(listedRequest),
  inAll: count,
})
export type PurgeRequests = v.InferOutput<typeof purgeRequestsSchema>

/** `POST /api/purge/keep` and `/api/purge/let-go`. */
export const keepRequestSchema = v.looseObject({ stream: uuid, record: uuid })
export type KeepRequest = v.InferOutput<typeof keepRequestSchema>

/**
 * `POST /api/purge/agree`. `said`: how many records (`share`) or which day it is (`clock`), as the person typed it
 * from what they know, so that nobody agrees by one tap.
 */
export const agreeRequestSchema = v.looseObject({
  place: uuid,
  at: moment,
  said: v.pipe(v.string(), v.trim(), v.maxLength(20)),
})
export type AgreeRequest = v.InferOutput<typeof agreeRequestSchema>

/** `POST /api/purge/withdraw`: the first word is taken back, by anybody of the office. */
export const withdrawRequestSchema = v.looseObject({ place: uuid, at: moment })
export type WithdrawRequest = v.InferOutput<typeof withdrawRequestSchema>
