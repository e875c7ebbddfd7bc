/**
 * The hotline as an office keeps it: `GET /api/hotline` tells systems (to who keeps them) and what waits, with `?count`
 * how many alone; the others do one thing each, under an id that whoever asks has made. What the hotline itself speaks
 * is Open311, not this.
 */
import * as v from 'valibot'
import { id as uuid, text } from '#domain/field.ts'
import { invalidReasons, requestLevels } from '#domain/requests/step.ts'

export const hotlinePath = '/api/hotline'
const moment = v.nullable(v.string())
const words = v.nullable(v.string())

export const hotlineSystemSchema = v.looseObject({
  id: uuid,
  name: v.string(),
  places: v.array(uuid),
  mayWrite: v.boolean(),
  madeAt: v.string(),
  keyedAt: v.string(),
  stoppedAt: moment,
  usedAt: moment,
  usedToday: v.number(),
  refusedToday: v.number(),
})
export type HotlineSystem = v.InferOutput<typeof hotlineSystemSchema>

export const waitingRequestSchema = v.looseObject({
  id: uuid,
  system: v.string(),
  outsideNumber: v.string(),
  number: v.string(),
  place: uuid,
  item: v.nullable(v.string()),
  itemName: words,
  words,
  where: words,
  /** Masked: the whole name is seen where it is admitted, as of every asker. */
  name: words,
  hasTelephone: v.boolean(),
  until: v.nullable(v.string()),
  additions: v.array(v.string()),
  askedAt: v.string(),
  receivedAt: v.string(),
})
export type WaitingRequest = v.InferOutput<typeof waitingRequestSchema>

export const hotlineAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Whether this server answers outside systems at all. */
  isOn: v.boolean(),
  /** Of whoever keeps them; empty for everybody else. */
  systems: v.array(hotlineSystemSchema),
  waiting: v.array(waitingRequestSchema),
  /** How many wait, also beyond those that are listed. */
  count: v.number(),
})
export type HotlineAnswer = v.InferOutput<typeof hotlineAnswerSchema>

/** How many wait in the places of whoever asks. */
export const hotlineCountSchema = v.looseObject({ ok: v.literal(true), count: v.number() })
export type HotlineCount = v.InferOutput<typeof hotlineCountSchema>

const act = { act: uuid }
export const makeSystemSchema = v.looseObject({
  ...act,
  system: uuid,
  name: text(40),
  places: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(50)),
  mayWrite: v.boolean(),
})
export type MakeSystem = v.InferOutput<typeof makeSystemSchema>
export const systemActSchema = v.looseObject({ ...act, system: uuid })
export type SystemAct = v.InferOutput<typeof systemActSchema>
/** The key itself is told once, here. Null where the act was done before: the answer was lost, another key is to be made. */
export const keyAnswerSchema = v.looseObject({ ok: v.literal(true), key: v.nullable(v.string()) })
export type KeyAnswer = v.InferOutput<typeof keyAnswerSchema>

export const admitSchema = v.looseObject({
  ...act,
  waiting: uuid,
  stream: uuid,
  item: v.nullable(uuid),
  level: v.picklist(requestLevels),
})
export type Admit = v.InferOutput<typeof admitSchema>
export const turnAwaySchema = v.looseObject({
  ...act,
  waiting: uuid,
  reason: v.picklist(invalidReasons),
  told: text(500),
})
export type TurnAway = v.InferOutput<typeof turnAwaySchema>
