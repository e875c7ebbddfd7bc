/** The request that a follow-up code opens, as far as its asker sees it. */
import { sql, type Kysely } from 'kysely'
import { followedOf, type Followed } from '#domain/ask/followed.ts'
import { courseOf, type JudgedStep } from '#domain/requests/course.ts'
import type { Request } from '#domain/requests/request.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import { askPlaceOf, askedItemName, type AskPlace } from './ask-place.ts'
import { additionsToAsked, findAskedByToken, type AskRow } from './ask.ts'
import { askedAs, photosAsked, photosBroughtBy, type SeenPhoto } from './ask-photos.ts'
import { requestsByCode } from './find-request.ts'
import { streamOfRequest } from './hotline.ts'
import type { RecordRow } from './record-row.ts'
import { loadChildren, loadRecords } from './records.ts'
import type { Database } from './schema.ts'

export type Opened =
  | {
      readonly is: 'request'
      readonly stream: string
      readonly request: string
      readonly home: AskPlace
      readonly followed: Followed
      /** Of whoever asked. */
      readonly photos: readonly SeenPhoto[]
      /** Those that answers show. */
      readonly answered: readonly SeenPhoto[]
    }
  /** In no stream: it waits, was turned away, or was withdrawn before anybody looked. */
  | {
      readonly is: 'asked'
      readonly row: AskRow
      readonly home: AskPlace
      readonly itemName: string | null
      readonly added: readonly string[]
      readonly photos: readonly SeenPhoto[]
    }
  /** Another code took its place. */
  | { readonly is: 'ended' }
  | { readonly is: 'unknown' }

export async function openByToken(
  db: Kysely<Database>,
  hash: string,
  now: number,
): Promise<Opened> {
  const found = await requestsByCode(db, hash)
  const [one] = found
  if (one) {
    if (one.isCodeEnded) return { is: 'ended' }
    const home = await askPlaceOf(db, one.stream)
    const followed = await readFollowed(db, one.stream, one.request, home, now)
    if (followed) {
      const photos = await photosSeen(db, one, followed)
      return { is: 'request', ...one, home, followed, ...photos }
    }
  }
  const row = await findAskedByToken(db, hash)
  // Of one that is in a stream the record decides alone: it may have ended with it.
  if (!row || row.state === 'admitted') return { is: 'unknown' }
  const home = await askPlaceOf(db, row.stream)
  const added = await additionsToAsked(db, row.place, [row.id])
  const photos = await photosAsked(db, row.place, [row.id])
  return {
    ...{ is: 'asked', row, home, itemName: askedItemName(home, row.said?.item ?? null) },
    ...{ added: added.get(row.id) ?? [], photos: photos.get(row.id) ?? [] },
  }
}

async function readFollowed(
  db: Kysely<Database>,
  stream: string,
  request: string,
  home: AskPlace,
  now: number,
): Promise<Followed | null> {
  const [row] = await loadRecords(db, [stream], [request])
  if (row?.kind !== 'request' || row.removed) return null
  const steps = await stepsOf(db, stream, request)
  const course = courseOf(steps)
  const into = course.state === 'merged' ? course.mergedInto : null
  const at = into === null ? null : await streamOfRequest(db, into)
  const others = into !== null && at !== null ? await stepsOf(db, at, into) : null
  const lead = others ? courseOf(others).lead : course.lead
  return followedOf(row.fields as unknown as Request, steps, home.rules, {
    unit: lead === null ? null : await nameOf(db, lead),
    survivor: others && { state: courseOf(others).state, steps: others },
    now,
  })
}

/** Own ones, also those that are on their way into the stream; and those of released answers. */
async function photosSeen(
  db: Kysely<Database>,
  {
    stream,
    request,
    hashes = [],
  }: {
    readonly stream: string
    readonly request: string
    readonly hashes?: readonly string[]
  },
  followed: Followed,
): Promise<{ readonly photos: readonly SeenPhoto[]; readonly answered: readonly SeenPhoto[] }> {
  const asked = await askedAs(db, request)
  const place = asked?.place ?? (await askPlaceOf(db, stream)).place
  const { placed, onWay } = await photosBroughtBy(db, place, asked?.id ?? request, hashes)
  const rows = (await loadChildren(db, stream, [request], ['photo']))
    .filter(({ fields }) => fields['arrivedAt'])
    .sort((a, b) => a.version - b.version)
  const seen = ({ id: photo, fields }: RecordRow) => ({
    ...{ id: photo, thumbnail: String(fields['thumbnail']) },
  })
  const named = new Set(followed.told.flatMap(({ photos = [] }) => photos))
  return {
    photos: [...rows.filter(({ id }) => placed.has(id)).map(seen), ...onWay],
    answered: rows.filter(({ id: photo }) => named.has(photo)).map(seen),
  }
}

async function stepsOf(
  db: Kysely<Database>,
  stream: string,
  request: string,
): Promise<JudgedStep[]> {
  const rows = await loadChildren(db, stream, [request], ['request-step'])
  return rows
    .sort((a, b) => a.version - b.version)
    .map(({ id, by, fields }: RecordRow) => ({
      ...(fields as unknown as RequestStep),
      ...{ id, doneBy: by ?? '' },
    }))
}

async function nameOf(db: Kysely<Database>, unit: string): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`
    select fields->>'name' as name from record
    where stream = ${unit}::uuid and id = ${unit}::uuid and kind = 'place'`.execute(db)
  return rows[0]?.name ?? null
}
