/**
 * Places and people as an office keeps them. `GET /api/places` tells how many live where and who works where;
 * `POST /api/places/…` and `/api/people/…` do one thing each, under an id that whoever asks has made: asked twice, it
 * is done once. Moving buildings and merging grids answer with a line for each building.
 */
import * as v from 'valibot'
import { accountSchema, roles } from '#domain/account.ts'
import { id as uuid, instant as moment } from '#domain/field.ts'
import { loginPattern } from '#domain/login.ts'
import { placeKinds } from '#domain/place.ts'
import { placeSchema } from '#domain/place-schema.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const placeListSchema = v.looseObject({
  ok: v.literal(true),
  /** Of the actor's own part of the tree, those that anybody lives in. */
  figures: v.array(
    v.looseObject({ id: uuid, residents: count, households: count, dwellings: count }),
  ),
  accounts: v.array(
    v.looseObject({
      id: uuid,
      login: v.string(),
      name: v.string(),
      role: v.picklist(roles),
      /** Within the actor's part of the tree; of a closed account those that it had. */
      places: v.array(uuid),
      closedAt: v.nullable(moment),
      /** Nobody has signed in with the password that the office made; null where it is their own. */
      oneTimeUntil: v.nullable(moment),
      /** Whether it has a second factor. Since version 3. */
      factor: v.optional(v.boolean()),
      /** Whether the actor may change it. */
      kept: v.boolean(),
    }),
  ),
})
export type PlaceList = v.InferOutput<typeof placeListSchema>
export type ListedAccount = PlaceList['accounts'][number]

const { name: placeName, code } = placeSchema.entries
const act = { act: uuid }

export const addPlaceSchema = v.looseObject({
  ...act,
  place: uuid,
  parent: uuid,
  placeKind: v.picklist(placeKinds),
  name: placeName,
  code,
})
export type AddPlace = v.InferOutput<typeof addPlaceSchema>
export const renamePlaceSchema = v.looseObject({
  ...act,
  place: uuid,
  name: placeName,
  code,
  /** As whoever asks had it on screen: refused where somebody else changed it meanwhile. */
  before: v.optional(v.looseObject({ name: placeName, code })),
})
export type RenamePlace = v.InferOutput<typeof renamePlaceSchema>
export const closePlaceSchema = v.looseObject({ ...act, place: uuid })
export const assignGridSchema = v.looseObject({ ...act, place: uuid, parent: uuid })
export type AssignGrid = v.InferOutput<typeof assignGridSchema>

/** Also to another place above it, where the new kind does not stand under that of before. Since version 3. */
export const turnPlaceSchema = v.looseObject({
  ...act,
  place: uuid,
  placeKind: v.picklist(placeKinds),
  parent: uuid,
  /** As whoever asks had it on screen: refused where somebody else changed it meanwhile. */
  before: v.picklist(placeKinds),
})
export type TurnPlace = v.InferOutput<typeof turnPlaceSchema>

/** More buildings than a grid has; a larger one goes in several acts. */
export const mostBuildings = 2_000
export const moveBuildingsSchema = v.looseObject({
  ...act,
  from: uuid,
  to: uuid,
  buildings: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(mostBuildings)),
})
export type MoveBuildings = v.InferOutput<typeof moveBuildingsSchema>
export const mergeGridsSchema = v.looseObject({ ...act, from: uuid, to: uuid })
export type MergeGrids = v.InferOutput<typeof mergeGridsSchema>

/** Without its end line it was cut short; asked for again, it goes on from there. */
export const journeyLineSchema = v.variant('type', [
  v.looseObject({ type: v.literal('progress'), done: count, total: count }),
  v.looseObject({ type: v.literal('end'), moved: count, left: count }),
])
export type JourneyLine = v.InferOutput<typeof journeyLineSchema>

const given = {
  name: accountSchema.entries.name,
  role: v.picklist(roles),
  places: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(500)),
}
const login = v.pipe(v.string(), v.regex(loginPattern))

export const makeAccountSchema = v.looseObject({ ...act, account: uuid, login, ...given })
export type MakeAccount = v.InferOutput<typeof makeAccountSchema>
/** Also of an account that is opened again, which says nothing of before. */
export const changeAccountSchema = v.looseObject({
  ...act,
  account: uuid,
  ...given,
  /** As whoever asks had it on screen: refused where somebody else changed it meanwhile. */
  before: v.optional(v.looseObject(given)),
})
export type ChangeAccount = v.InferOutput<typeof changeAccountSchema>
export const accountActSchema = v.looseObject({ ...act, account: uuid })
export const handOverSchema = v.looseObject({ ...act, account: uuid, to: uuid })
export type HandOver = v.InferOutput<typeof handOverSchema>

/** Shown once and kept nowhere; asked for again under the same act it is another one. */
export const oneTimeAnswerSchema = v.looseObject({
  ok: v.literal(true),
  password: v.string(),
  until: moment,
})
export type OneTimeAnswer = v.InferOutput<typeof oneTimeAnswerSchema>

const password = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
/** `POST /api/session/password`: one's own; the sessions of one's other devices end. */
export const changePasswordSchema = v.looseObject({
  password,
  newPassword: password,
  /** Made by the device: asked again under it, where the answer was lost, it was done. Since version 3. */
  act: v.optional(uuid),
})
