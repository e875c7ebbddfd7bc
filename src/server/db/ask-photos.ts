/** Photographs of residents: piece by piece before they are whole, and whole before they stand in a stream. */
import { sql, type Kysely } from 'kysely'
import { askPhotoLimits, type AnnouncedPhoto } from '#domain/ask/photos.ts'
import type { AskPhotoTable } from './ask-tables.ts'
import type { Database } from './schema.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

/** What was asked, by its community and id; a request that no page wrote has its own id here. */
export interface AskKey {
  readonly place: string
  readonly ask: string
}

export interface AskPhotoKey extends AskKey {
  readonly sha256: string
}

export type AskPhotoRow = Omit<AskPhotoTable, 'at' | 'arrived_at'> & {
  readonly at: Date
  readonly arrived_at: Date | null
}

export async function findAskPhoto(
  db: Kysely<Database>,
  { place, ask, sha256 }: AskPhotoKey,
  { isLocked = false }: { readonly isLocked?: boolean } = {},
): Promise<AskPhotoRow | undefined> {
  let query = db
    .selectFrom('ask_photo')
    .selectAll()
    .where('place', '=', place)
    .where('ask', '=', ask)
    .where('sha256', '=', sha256)
  if (isLocked) query = query.forUpdate()
  return query.executeTakeFirst()
}

/** Announced twice is announced once. False where there is no room for one more. */
export async function announcePhoto(
  db: Kysely<Database>,
  { place, ask }: AskKey,
  { code, hash }: { readonly code: string | null; readonly hash: string },
  { sha256, bytes, thumbnail }: AnnouncedPhoto,
  at: Date,
): Promise<boolean> {
  return transact(db, async (trx) => {
    // Others of the community wait here: what many send at once is counted one after the other.
    await lockStreams(trx, [place])
    if (await findAskPhoto(trx, { place, ask, sha256 })) return true
    if (!(await hasRoom(trx, { place, ask }, code, at))) return false
    await trx
      .insertInto('ask_photo')
      .values({
        ...{ place, ask, sha256, code, bytes, thumbnail, at, width: 0, height: 0 },
        ...{ arrived_at: null, photo: null, token_hash: hash },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return true
  })
}

/** What was announced and did not come takes room so long. */
const announcedMs = 3_600_000

async function hasRoom(
  db: Kysely<Database>,
  { place, ask }: AskKey,
  code: string | null,
  at: Date,
): Promise<boolean> {
  const day = new Date(at.getTime() - 86_400_000).toISOString()
  const hour = new Date(at.getTime() - announcedMs).toISOString()
  const { rows } = await sql<{ ofRequest: number; ofCode: number; ofPlace: number }>`
    select
      (select count(*)::integer from ask_photo
        where place = ${place}::uuid and ask = ${ask}::uuid) as "ofRequest",
      (select count(*)::integer from ask_photo
        where place = ${place}::uuid and code = ${code}::uuid and at > ${day}::timestamptz)
        as "ofCode",
      (select count(*)::integer from (
        select 1 from ask_photo as one
        where place = ${place}::uuid and photo is null
          and (arrived_at is not null or at > ${hour}::timestamptz)
          and not exists (
            select 1 from ask_request as asked
            where asked.place = one.place and asked.id = one.ask
              and asked.state in ('turned-away', 'withdrawn'))
        limit ${sql.lit(askPhotoLimits.ofPlace)}) as waiting) as "ofPlace"`.execute(db)
  const { ofRequest = 0, ofCode = 0, ofPlace = 0 } = rows[0] ?? {}
  const { ofRequest: most, ofCodeToday, ofPlace: mostOfPlace } = askPhotoLimits
  return ofRequest < most && ofCode < ofCodeToday && ofPlace < mostOfPlace
}

export async function piecesHeld(
  db: Kysely<Database>,
  { place, ask, sha256 }: AskPhotoKey,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('ask_photo_piece')
    .select('index')
    .where('place', '=', place)
    .where('ask', '=', ask)
    .where('sha256', '=', sha256)
    .orderBy('index')
    .execute()
  return rows.map(({ index }) => index)
}

export async function keepPiece(
  db: Kysely<Database>,
  { place, ask, sha256 }: AskPhotoKey,
  index: number,
  body: Buffer,
): Promise<void> {
  await db
    .insertInto('ask_photo_piece')
    .values({ place, ask, sha256, index, body })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function pictureOf(
  db: Kysely<Database>,
  { place, ask, sha256 }: AskPhotoKey,
): Promise<Buffer> {
  const rows = await db
    .selectFrom('ask_photo_piece')
    .select('body')
    .where('place', '=', place)
    .where('ask', '=', ask)
    .where('sha256', '=', sha256)
    .orderBy('index')
    .execute()
  return Buffer.concat(rows.map(({ body }) => body))
}

export async function dropPieces(
  db: Kysely<Database>,
  { place, ask, sha256 }: AskPhotoKey,
): Promise<void> {
  await db
    .deleteFrom('ask_photo_piece')
    .where('place', '=', place)
    .where('ask', '=', ask)
    .where('sha256', '=', sha256)
    .execute()
}

/** Whole, and nothing but a picture. */
export async function markArrived(
  db: Kysely<Database>,
  { place, ask, sha256 }: AskPhotoKey,
  { width, height }: { readonly width: number; readonly height: number },
  at: Date,
): Promise<void> {
  await db
    .updateTable('ask_photo')
    .set({ width, height, arrived_at: at })
    .where('place', '=', place)
    .where('ask', '=', ask)
    .where('sha256', '=', sha256)
    .where('arrived_at', 'is', null)
    .execute()
}

export async function forgetPhoto(db: Kysely<Database>, key: AskPhotoKey): Promise<void> {
  await dropPieces(db, key)
  await db
    .deleteFrom('ask_photo')
    .where('place', '=', key.place)
    .where('ask', '=', key.ask)
    .where('sha256', '=', key.sha256)
    .execute()
}

export interface SeenPhoto {
  /** In a stream the record's; before that the hash of the picture. */
  readonly id: string
  /** A JPEG, base64. */
  readonly thumbnail: string
}

/** Those that are whole and stand in no stream yet, the oldest first. */
export async function photosAsked(
  db: Kysely<Database>,
  place: string,
  asks: readonly string[],
): Promise<ReadonlyMap<string, readonly SeenPhoto[]>> {
  const found = new Map<string, SeenPhoto[]>()
  if (asks.length === 0) return found
  const rows = await db
    .selectFrom('ask_photo')
    .select(['ask', 'sha256', 'thumbnail'])
    .where('place', '=', place)
    .where('ask', 'in', [...asks])
    .where('arrived_at', 'is not', null)
    .where('photo', 'is', null)
    .orderBy('at')
    .execute()
  for (const { ask, sha256: id, thumbnail } of rows) {
    found.set(ask, [...(found.get(ask) ?? []), { id, thumbnail }])
  }
  return found
}

/** Whole ones whose request stands in a stream by now, the oldest first; each page begins behind the one before. */
export async function* photosToPlace(
  db: Kysely<Database>,
  pageSize = placedAtOnce,
): AsyncGenerator<AskPhotoKey & { readonly request: string }> {
  let last: (AskPhotoKey & { readonly since: string }) | null = null
  for (;;) {
    // As text the moment keeps its microseconds, which a Date would lose: a page would begin with what ended the last one.
    const { rows } = await sql<AskPhotoKey & { request: string; since: string }>`
      select one.place, one.ask, one.sha256, coalesce(asked.request, one.ask) as request,
        one.at::text as since
      from ask_photo as one
      left join ask_request as asked on asked.place = one.place and asked.id = one.ask
      where one.photo is null and one.arrived_at is not null
        and (asked.id is null or asked.request is not null)
        ${last ? sql`and (one.at, one.place, one.ask, one.sha256) > (${last.since}::timestamptz, ${last.place}::uuid, ${last.ask}::uuid, ${last.sha256})` : sql``}
      order by one.at, one.place, one.ask, one.sha256 limit ${sql.lit(pageSize)}`.execute(db)
    for (const { since: _, ...one } of rows) yield one
    last = rows.at(-1) ?? null
    if (rows.length < pageSize) return
  }
}
const placedAtOnce = 200

/** Of a request in a stream: what its page called it; undefined where no page wrote it. */
export async function askedAs(
  db: Kysely<Database>,
  request: string,
): Promise<{ readonly place: string; readonly id: string; readonly code: string } | undefined> {
  return db
    .selectFrom('ask_request')
    .select(['place', 'id', 'code'])
    .where('request', '=', request)
    .executeTakeFirst()
}

/** Those of the records of a request that came with one of these codes. */
export async function photosBroughtBy(
  db: Kysely<Database>,
  place: string,
  ask: string,
  hashes: readonly string[],
): Promise<{ readonly placed: ReadonlySet<string>; readonly onWay: readonly SeenPhoto[] }> {
  const rows = await db
    .selectFrom('ask_photo')
    .select(['sha256', 'thumbnail', 'photo', 'arrived_at'])
    .where('place', '=', place)
    .where('ask', '=', ask)
    .where('token_hash', 'in', [...hashes])
    .orderBy('at')
    .execute()
  return {
    placed: new Set(rows.flatMap(({ photo }) => photo ?? [])),
    onWay: rows
      .filter(({ photo, arrived_at }) => photo === null && arrived_at !== null)
      .map(({ sha256: id, thumbnail }) => ({ id, thumbnail })),
  }
}

const dayMs = 86_400_000
/** What never came whole is given up; what stands in a stream is known to be its asker's as long as the words stay. */
const givenUpDays = 7
const keptDays = 730

/** Forgets what never came whole, what was turned away with its words, and what stands elsewhere long since. */
export async function forgetAskPhotos(db: Kysely<Database>, now: number): Promise<void> {
  const before = (days: number) => new Date(now - days * dayMs).toISOString()
  await sql`
    delete from ask_photo as one
    where (arrived_at is null and at < ${before(givenUpDays)}::timestamptz)
      or (photo is not null and at < ${before(keptDays)}::timestamptz)
      or (photo is null and exists (
        select 1 from ask_request as asked
        where asked.place = one.place and asked.id = one.ask
          and asked.said is null and asked.request is null))`.execute(db)
  await sql`
    delete from ask_photo_piece as piece where not exists (
      select 1 from ask_photo as one
      where one.place = piece.place and one.ask = piece.ask and one.sha256 = piece.sha256)`.execute(
    db,
  )
}
