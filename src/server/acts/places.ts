/** Adding, renaming and closing places, and giving a grid to another community, or a micro-grid to another grid. */
import type { Kysely, Transaction } from 'kysely'
import { markOfStream } from '#domain/born-ids.ts'
import { isGrid, type PlaceKind } from '#domain/place.ts'
import { mayAssignGrids, mayKeepPlaces } from '#domain/permission-of-places.ts'
import { mayStandUnder } from '#domain/place-rules.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { recountCourse } from '../colours/course.ts'
import { markStale } from '../colours/recolour.ts'
import { schemeOf } from '../colours/scheme.ts'
import { passLateOn } from '../db/late-places.ts'
import {
  livingOf,
  placesAbove,
  placesBelow,
  stateOfPlace,
  workersOf,
  type PlaceRow,
} from '../db/places.ts'
import { placesUnder } from '../db/place-tree.ts'
import type { Database } from '../db/schema.ts'
import { isTaken } from '../db/records.ts'
import { createPlace, lockStreams } from '../db/streams.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'
import { putRecords } from './put-records.ts'

export interface NewPlace {
  readonly place: string
  readonly parent: string
  readonly placeKind: PlaceKind
  readonly name: string
  readonly code?: string | null | undefined
}

export function addPlace(
  db: Kysely<Database>,
  acting: Acting,
  { place: id, parent: above, placeKind, name, code = null }: NewPlace,
): Promise<Performed> {
  const content = { parent: above, placeKind, name, code }
  return perform(
    db,
    acting,
    { act: 'place-added', subject: id, content },
    {
      async allow(trx, { account }) {
        const parent = (await placesBelow(trx, account.id)).get(above) ?? refuseAct('not-found')
        if (!mayKeepPlaces(account.role, placeKind)) refuseAct('not-allowed')
        if (parent.closed) refuseAct('place-closed')
        if (parent.kind === null || !mayStandUnder(placeKind, parent.kind)) refuseAct('not-allowed')
      },
      async work(trx, by) {
        const places = await placesBelow(trx, by.account.id)
        const siblings = [...places.values()].filter((one) => one.parent === above).length
        const fields = {
          parent: above,
          placeKind,
          name,
          order: siblings,
          ...(code ? { code } : {}),
        }
        if (problemsOfNew('place', fields).length > 0) refuseAct('invalid-fields')
        if ((await isThere(trx, id)) || (await isTaken(trx, id))) refuseAct('record-exists')
        if (await isMarkTaken(trx, id)) refuseAct('record-exists')
        // An epoch that never was: after a restored backup the same place may be added once more.
        await createPlace(trx, { id, parent: above, epoch: Math.floor(by.now / 1000) })
        const scheme = await schemeOf(trx, id)
        await trx
          .updateTable('stream')
          .set({ coloured_by: scheme.id })
          .where('id', '=', id)
          .execute()
        await putRecords(trx, [{ stream: id, kind: 'place', id, fields }], by)
        return { details: { parent: above, placeKind, name }, moved: [id, above] }
      },
      stateOf: (trx) => stateOfPlace(trx, id),
    },
  )
}

/** Two streams with one mark could give out the same ids; of honest ones that is as likely as one in 2³² for each pair. */
async function isMarkTaken(db: Kysely<Database>, id: string): Promise<boolean> {
  const mark = markOfStream(id)
  // Each stream is a place's, and places are on every machine.
  const places = await db.selectFrom('place').select('id').execute()
  return places.some((place) => markOfStream(place.id) === mark)
}

async function isThere(db: Kysely<Database>, id: string): Promise<boolean> {
  return (
    (await db.selectFrom('place').select('id').where('id', '=', id).executeTakeFirst()) !==
    undefined
  )
}

export interface NewName extends Pick<NewPlace, 'place' | 'name' | 'code'> {
  /** As the actor had it on screen. */
  readonly before?: Pick<NewPlace, 'name' | 'code'> | undefined
}

export function renamePlace(
  db: Kysely<Database>,
  acting: Acting,
  { place: id, name, code = null, before }: NewName,
): Promise<Performed> {
  const content = { name, code, before }
  return perform(
    db,
    acting,
    { act: 'place-renamed', subject: id, content },
    {
      allow: (trx, by) => keptPlace(trx, by, id),
      async work(trx, by) {
        const { kind: placeKind, parent, name: last, code: lastCode } = await keptPlace(trx, by, id)
        const isSeen = !before || (before.name === last && (before.code ?? null) === lastCode)
        if (!isSeen) refuseAct('changed-meanwhile')
        if (problemsOfNew('place', { placeKind, name, code }).length > 0)
          refuseAct('invalid-fields')
        const fields = { parent, placeKind, name, code }
        const moved = await putRecords(trx, [{ stream: id, kind: 'place', id, fields }], by)
        return { details: { name: [last, name], code }, moved }
      },
      stateOf: (trx) => stateOfPlace(trx, id),
    },
  )
}

/** Only what is empty is closed: its buildings and its people have to be somewhere else before. */
export function closePlace(db: Kysely<Database>, acting: Acting, id: string): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'place-closed', subject: id, content: {} },
    {
      async allow(trx, by, isAgain) {
        // Nothing comes in while it is looked at.
        await lockStreams(trx, [id])
        const place = await placeOfOwn(trx, by, id)
        if (place.closed && !isAgain) refuseAct('place-closed')
        if (place.parent === null) refuseAct('not-allowed')
      },
      async work(trx, by) {
        const places = await placesBelow(trx, by.account.id)
        const below = [...places.values()].filter((one) => one.parent === id && !one.closed)
        const isEmpty =
          below.length === 0 &&
          (await livingOf(trx, id, 'building')).length === 0 &&
          (await workersOf(trx, id)).length === 0
        if (!isEmpty) refuseAct('place-not-empty')
        const moved = await markClosed(trx, by, id, null)
        return { details: { name: places.get(id)?.name }, moved }
      },
      stateOf: (trx) => stateOfPlace(trx, id),
    },
  )
}

/** Under the lock of its stream. */
export async function markClosed(
  trx: Transaction<Database>,
  acting: Acting,
  id: string,
  successor: string | null,
): Promise<string[]> {
  await trx
    .updateTable('stream')
    .set({ closed_at: new Date(acting.now), successor })
    .where('id', '=', id)
    .execute()
  const fields = { closed: true }
  return putRecords(trx, [{ stream: id, kind: 'place', id, fields }], acting)
}

/** The grid keeps its stream: whose it is above changes, and under which scheme it is coloured. */
export function assignGrid(
  db: Kysely<Database>,
  acting: Acting,
  { place: id, parent: above }: { readonly place: string; readonly parent: string },
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'grid-assigned', subject: id, content: { parent: above } },
    {
      async allow(trx, by) {
        await lockStreams(trx, [id])
        const places = await placesBelow(trx, by.account.id)
        const place = await keptPlace(trx, by, id, places)
        const parent = places.get(above) ?? refuseAct('not-found')
        if (parent.closed) refuseAct('place-closed')
        if (!mayAssignGrids(by.account.role) || !isGrid(place.kind)) refuseAct('not-allowed')
        if (parent.kind === null || !mayStandUnder(place.kind, parent.kind)) {
          refuseAct('not-allowed')
        }
      },
      async work(trx, by) {
        const places = await placesBelow(trx, by.account.id)
        const place = await keptPlace(trx, by, id, places)
        const before = await moveUnder(trx, by, id, above)
        const siblings = [...places.values()].filter((one) => one.parent === above).length
        const fields = { parent: above, order: siblings }
        const moved = await putRecords(trx, [{ stream: id, kind: 'place', id, fields }], by)
        const details = { name: place.name, parent: [place.parent, above] }
        return { details, moved: [...moved, ...before] }
      },
      stateOf: (trx) => stateOfPlace(trx, id),
    },
  )
}

/** A place under another one, with all below it. Returns whoever looks after it from above, or did. */
export async function moveUnder(
  trx: Transaction<Database>,
  { now }: Acting,
  id: string,
  above: string,
): Promise<string[]> {
  const before = await placesAbove(trx, id)
  await trx.updateTable('place').set({ parent: above }).where('id', '=', id).execute()
  await markStale(trx, await placesUnder(trx, [id]))
  await recountCourse(trx, before)
  const after = new Set(await placesAbove(trx, id))
  // Whoever looked after it from above may still bring what was recorded until now.
  for (const lost of before.filter((one) => !after.has(one))) {
    await passLateOn(trx, lost, id, new Date(now))
  }
  return [above, ...before]
}

/** An open place of the actor's own that the actor may keep; anything else is refused. */
export async function keptPlace(
  trx: Transaction<Database>,
  acting: Acting,
  id: string,
  known?: ReadonlyMap<string, PlaceRow>,
): Promise<KeptPlace> {
  const place = await placeOfOwn(trx, acting, id, known)
  if (place.closed) refuseAct('place-closed')
  return place
}

type KeptPlace = PlaceRow & { readonly kind: PlaceKind }

/** The same, whether it is open or closed. */
async function placeOfOwn(
  trx: Transaction<Database>,
  { account }: Acting,
  id: string,
  known?: ReadonlyMap<string, PlaceRow>,
): Promise<KeptPlace> {
  const places = known ?? (await placesBelow(trx, account.id))
  // A place of others and one that does not exist are the same to whoever asks.
  const place = places.get(id) ?? refuseAct('not-found')
  const { kind } = place
  if (kind === null || !mayKeepPlaces(account.role, kind)) return refuseAct('not-allowed')
  return { ...place, kind }
}
