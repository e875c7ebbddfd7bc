/**
 * The resident's page as an office keeps it: `GET /api/ask` tells what waits and what was turned away lately, with
 * `?count` how many alone; the others do one thing each, under an id that whoever asks has made. What the page itself
 * speaks are forms (`server/routes/ask`), not this.
 */
import * as v from 'valibot'
import { id as uuid, telephone, text, whole } from '#domain/field.ts'
import { waitReasons } from '#domain/ask/limits.ts'
import { invalidReasons, requestLevels } from '#domain/requests/step.ts'

export const askPath = '/api/ask'
const words = v.nullable(v.string())

export const waitingAskSchema = v.looseObject({
  place: uuid,
  id: uuid,
  number: v.string(),
  code: uuid,
  codeName: v.string(),
  item: v.nullable(v.string()),
  itemName: words,
  words,
  door: words,
  /** Masked: the whole name is seen where it is admitted, as of every asker. */
  name: words,
  hasTelephone: v.boolean(),
  why: v.nullable(v.picklist(waitReasons)),
  additions: v.array(v.string()),
  /** Whole ones, each with a small JPEG as base64; older servers tell none. */
  photos: v.optional(v.array(v.looseObject({ id: v.string(), thumbnail: v.string() })), []),
  receivedAt: v.string(),
})
export type WaitingAsk = v.InferOutput<typeof waitingAskSchema>

/** `GET /api/ask/photo/:place/:waiting/:photo`: the picture itself, base64. */
export const askPhotoPath = (place: string, waiting: string, photo: string): string =>
  `${askPath}/photo/${place}/${waiting}/${photo}`
export const askPhotoSchema = v.looseObject({
  ok: v.literal(true),
  picture: v.pipe(v.string(), v.base64()),
})
export type AskPhotoAnswer = v.InferOutput<typeof askPhotoSchema>

/** What came by one code within one hour. */
export const askGroupSchema = v.looseObject({
  place: uuid,
  code: uuid,
  codeName: v.string(),
  /** The beginning of the hour. */
  hour: v.string(),
  count: v.number(),
})
export type AskGroup = v.InferOutput<typeof askGroupSchema>

export const askAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Whether this server has the page at all. */
  isOn: v.boolean(),
  /** Where the page is, as a sticker's picture says it; null where there is none. */
  address: words,
  waiting: v.array(waitingAskSchema),
  /** How many wait, also beyond those that are listed. */
  count: v.number(),
  groups: v.array(askGroupSchema),
  /** Turned away in the last 30 days: these can be taken back. */
  away: v.array(askGroupSchema),
})
export type AskAnswer = v.InferOutput<typeof askAnswerSchema>

export const askCountSchema = v.looseObject({ ok: v.literal(true), count: v.number() })
export type AskCount = v.InferOutput<typeof askCountSchema>

const act = { act: uuid }
/** Of a code on a wall, with the stream in which its record stands. */
const codeKey = v.looseObject({ stream: uuid, id: uuid })
export type CodeKey = v.InferOutput<typeof codeKey>
const codeKeys = v.pipe(v.array(codeKey), v.minLength(1), v.maxLength(200))

export const makeCodesSchema = v.looseObject({
  ...act,
  codes: v.pipe(
    v.array(v.looseObject({ stream: uuid, id: uuid, name: text(60), building: v.nullable(uuid) })),
    v.minLength(1),
    v.maxLength(200),
  ),
  /** The one that the first of them takes the place of: it stops. */
  replaces: v.nullable(codeKey),
})
export type MakeCodes = v.InferOutput<typeof makeCodesSchema>
export const codesActSchema = v.looseObject({ ...act, codes: codeKeys })
export type CodesAct = v.InferOutput<typeof codesActSchema>

export const setPageSchema = v.looseObject({
  ...act,
  place: uuid,
  telephone: v.nullable(telephone),
  codeHour: v.nullable(whole(0, 10_000)),
  codeDay: v.nullable(whole(0, 10_000)),
  placeHour: v.nullable(whole(0, 100_000)),
})
export type SetPage = v.InferOutput<typeof setPageSchema>

/** A moment that the hour after it still is one of. */
const hour = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => Math.abs(Date.parse(text)) < Date.UTC(3000, 0)),
)

/** Some, or all of one code and hour. */
const chosen = {
  place: uuid,
  waiting: v.optional(v.pipe(v.array(uuid), v.maxLength(200))),
  group: v.optional(v.looseObject({ code: uuid, hour })),
}
export const admitAskedSchema = v.looseObject({
  ...{ ...act, ...chosen },
  /** Null: where the sticker is, under what was tapped, as urgent as that is. */
  stream: v.nullable(uuid),
  item: v.optional(v.nullable(uuid)),
  level: v.nullable(v.picklist(requestLevels)),
})
export type AdmitAsked = v.InferOutput<typeof admitAskedSchema>
export const turnAwayAskedSchema = v.looseObject({
  ...{ ...act, ...chosen },
  reason: v.picklist(invalidReasons),
  told: text(500),
})
export type TurnAwayAsked = v.InferOutput<typeof turnAwayAskedSchema>
export const takeBackAskedSchema = v.looseObject({ ...act, ...chosen })
export type TakeBackAsked = v.InferOutput<typeof takeBackAskedSchema>
