/** What outside systems handed in and who they are; their own requests alone, and never a person of the register. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { cleanFields } from '#domain/clean-fields.ts'
import {
  correctedWords,
  sameMatter,
  sameWords,
  type HotlineRequest,
  type HotlineWords,
} from '#domain/requests/hotline.ts'
import { requestNumber } from '#domain/requests/number.ts'
import { instantToDay } from '#domain/day.ts'
import { isStorableText } from '#domain/storable.ts'
import { audit, hotlineId } from './audit.ts'
import { hashOfText } from './hashing-text.ts'
import { listOf, placesUnder } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface HotlineCaller {
  readonly id: string
  readonly name: string
  readonly tag: string
  readonly places: readonly string[]
  readonly mayWrite: boolean
}

/** The system of a key; undefined where there is none, or it was stopped. */
export async function findCaller(
  db: Kysely<Database>,
  key: string,
): Promise<HotlineCaller | undefined> {
  const row = await db
    .selectFrom('hotline_system')
    .select(['id', 'name', 'tag', 'places', 'may_write'])
    .where('key_hash', '=', hashOfText(key))
    .where('stopped_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, mayWrite: row.may_write }
}

/** Puts a call on record: when the key was used last, and how often on this day. */
export async function noteCall(
  db: Kysely<Database>,
  system: string,
  now: number,
  isRefused: boolean,
): Promise<void> {
  const at = new Date(now).toISOString()
  const today = instantToDay(at)
  await sql`
    update hotline_system set
      used_at = ${at}::timestamptz,
      used_today = ${isRefused ? 0 : 1} + case when used_day = ${today}::date then used_today else 0 end,
      refused_today = ${isRefused ? 1 : 0}
        + case when used_day = ${today}::date then refused_today else 0 end,
      used_day = ${today}::date
    where id = ${system}::uuid`.execute(db)
}

/** A place of a key by its id or its division code; null where it is none. */
export async function placeOfKey(
  db: Kysely<Database>,
  places: readonly string[],
  named: string,
): Promise<string | null> {
  if (!isStorableText(named)) return null
  const below = await placesUnder(db, places)
  const { rows } = await sql<{ id: string }>`
    select id from record
    where stream = ${listOf(below)} and id = ${listOf(below)} and id = stream and not removed
      and (id::text = ${named.toLowerCase()} or fields->>'code' = ${named})
      and fields->>'placeKind' <> 'unit'
    order by id limit 1`.execute(db)
  return rows[0]?.id ?? null
}

/** So many requests of one system a day: the count in the number ends there. */
export const mostADay = 9_999
/** Additions to one request a day: all of them are read on every device that lists what waits. */
export const mostAdditionsADay = 20

export type Received =
  | { readonly problem: 'day-full' | 'decided-already' | 'additions-full' }
  | {
      readonly number: string
      /** First: it is new. Same: it was there. Added: the same number with other words, kept as an addition. */
      readonly what: 'first' | 'same' | 'added'
      readonly place: string
      /** Of an addition to one that stands in a stream already. */
      readonly request: string | null
      readonly id: string
    }

/**
 * Keeps what a hotline posted: once for each number of its own, and other words under the same number as an addition.
 * What a later post corrects is taken over while it waits, and refused once somebody admitted it.
 */
export async function receive(
  trx: Transaction<Database>,
  caller: HotlineCaller,
  said: HotlineRequest,
  more: {
    readonly place: string
    readonly serviceName: string | null
    readonly id: string
    readonly now: number
  },
): Promise<Received> {
  const { place, serviceName, id, now } = more
  const at = new Date(now).toISOString()
  // One after the other for each system: the count of the day, and two posts of one number at once.
  await trx
    .selectFrom('hotline_system')
    .select('id')
    .where('id', '=', caller.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const held = await trx
    .selectFrom('hotline_request')
    .select(['id', 'number', 'said', 'said_hash', 'state', 'request', 'place', 'service'])
    .where('system', '=', caller.id)
    .where('outside_number', '=', said.outsideNumber)
    // Nobody decides about it meanwhile: an addition goes with what is admitted, or is passed on.
    .forUpdate()
    .executeTakeFirst()
  const { outsideNumber, askedAt, jurisdiction: _, ...rest } = said
  const words: HotlineWords = { ...rest, isToldToUnit: said.isToldToUnit ?? false }
  const service = { service: said.item, service_name: serviceName }
  const hashOf = (request: string, text: string) => hashOfText(request + text)
  const note = (did: string, record: string) =>
    audit(trx, held?.place ?? place, [
      { act: 'hotline', at, account: hotlineId, record, facts: { did, system: caller.name } },
    ])
  if (!held) {
    const day = instantToDay(at)
    const { count } = await trx
      .selectFrom('hotline_request')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('system', '=', caller.id)
      .where(sql<boolean>`received_at >= ${`${day}T00:00:00+08:00`}::timestamptz`)
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostADay) return { problem: 'day-full' }
    const number = requestNumber({ letters: 'RX', at, tag: caller.tag, count: Number(count) + 1 })
    await trx
      .insertInto('hotline_request')
      .values({
        ...{ id, system: caller.id, outside_number: outsideNumber, number, place },
        ...{ ...service, said: JSON.stringify(words), said_hash: hashOf(id, sameWords(said)) },
        ...{ received_at: at, state: 'waiting' },
        ...{ asked_at: askedAt !== null && Date.parse(askedAt) < now ? askedAt : at },
        ...{ request: null, decided_at: null, decided_by: null, reason: null, told: null },
      })
      .execute()
    await addWords(trx, id, { hash: hashOf(id, sameMatter(said)), words: null, at })
    await note('received', id)
    return { number, what: 'first', place, request: null, id }
  }
  const { number, request } = held
  const answer = { number, place: held.place, request, id: held.id }
  const hash = hashOf(held.id, sameWords(said))
  if (hash === held.said_hash) {
    return { ...answer, what: (await hasUnsaid(trx, held.id)) ? 'added' : 'same' }
  }
  if (held.state === 'admitted' && (await isCorrection(trx, held, said))) {
    return { problem: 'decided-already' }
  }
  const matter = hashOf(held.id, sameMatter(said))
  // What comes after it was turned away waits with all its words: nothing of it is an addition.
  const text = held.state === 'turned-away' ? null : additionOf(words, held.said)
  // What it corrects is taken over all the same; posted again, it is no repetition.
  const isFull = Boolean(text) && (await isDayFull(trx, held.id, matter, at))
  const isAdded =
    text !== '' && !isFull && (await addWords(trx, held.id, { hash: matter, words: text, at }))
  // What was turned away is looked at once more where the hotline says more about it.
  const kept = {
    admitted: {},
    waiting: {
      ...service,
      said: JSON.stringify(held.said === null ? words : correctedWords(held.said, said)),
    },
    'turned-away': {
      ...{ ...service, said: JSON.stringify(words), state: 'waiting' as const },
      ...{ decided_at: null, told: null },
    },
  }[held.state]
  await trx
    .updateTable('hotline_request')
    .set({ ...(isFull ? {} : { said_hash: hash }), ...kept })
    .where('id', '=', held.id)
    .execute()
  if (isFull) return { problem: 'additions-full' }
  await note(isAdded ? 'added' : 'corrected', held.id)
  return { ...answer, what: isAdded || (await hasUnsaid(trx, held.id)) ? 'added' : 'same' }
}

/** False where these words were said before. Words of null stand elsewhere: their moment alone is kept. */
async function addWords(
  trx: Transaction<Database>,
  id: string,
  addition: { readonly hash: string; readonly words: string | null; readonly at: string },
): Promise<boolean> {
  const { words, at } = addition
  const { numInsertedOrUpdatedRows: many } = await trx
    .insertInto('hotline_addition')
    .values({ hotline_request: id, ...addition })
    .onConflict((conflict) =>
      words === null
        ? conflict.columns(['hotline_request', 'hash']).doUpdateSet({ at })
        : conflict.doNothing(),
    )
    .executeTakeFirstOrThrow()
  return (many ?? 0n) > 0n
}

/** Whether these words would be one addition too many; those that were said before are none. */
async function isDayFull(
  db: Kysely<Database>,
  id: string,
  hash: string,
  at: string,
): Promise<boolean> {
  const since = `${instantToDay(at)}T00:00:00+08:00`
  const { rows } = await sql<{ many: number; isKnown: boolean }>`
    select count(*) filter (where at >= ${since}::timestamptz and at > received_at)::integer as many,
      coalesce(bool_or(hash = ${hash}), false) as "isKnown"
    from hotline_addition as addition join hotline_request as one on one.id = addition.hotline_request
    where one.id = ${id}::uuid`.execute(db)
  return rows.some(({ many, isKnown }) => !isKnown && many >= mostAdditionsADay)
}

/** Whether a post says of who asked, of the service or of the day something else than the admitted request. */
async function isCorrection(
  db: Kysely<Database>,
  held: { readonly request: string | null; readonly service: string | null },
  said: HotlineRequest,
): Promise<boolean> {
  if (said.item !== held.service) return true
  const stream = held.request === null ? null : await streamOfRequest(db, held.request)
  if (stream === null) return false
  const { rows } = await sql<{
    asker: { name?: string | null; telephone?: string | null; isToldToUnit?: boolean } | null
    until: string | null
  }>`
    select asker.fields as asker, submit.fields->>'until' as until
    from request_state as standing
    left join record as asker on asker.stream = standing.stream and asker.parent = standing.request
      and asker.kind = 'asker' and not asker.removed
    left join record as submit on submit.stream = standing.stream and submit.parent = standing.request
      and submit.kind = 'request-step' and submit.fields->>'step' = 'submit'
    where standing.stream = ${stream}::uuid and standing.request = ${held.request}::uuid
    limit 1`.execute(db)
  const [now] = rows
  if (!now) return false
  const given = cleanFields('asker', { name: said.name, telephone: said.telephone })
  const differs = (field: 'name' | 'telephone') =>
    said[field] !== null && given[field] !== (now.asker?.[field] ?? null)
  return (
    differs('name') ||
    differs('telephone') ||
    (said.until !== null && said.until !== now.until) ||
    (now.asker !== null &&
      said.isToldToUnit !== null &&
      said.isToldToUnit !== (now.asker.isToldToUnit ?? false))
  )
}

/** The point stands with the words where it is another one than that which waits. Empty: nothing is said of the matter. */
function additionOf(said: HotlineWords, held: HotlineWords | null): string {
  const { words, where, latitude, longitude } = said
  const isThere = latitude === held?.latitude && longitude === held.longitude
  const point =
    latitude === null || longitude === null || isThere ? '' : `${latitude}, ${longitude}`
  return [words, where, point].filter(Boolean).join('，').slice(0, 1_000)
}

async function hasUnsaid(db: Kysely<Database>, id: string): Promise<boolean> {
  return (await additionsOf(db, id)).length > 0
}

/** Additions that the request does not have yet, the oldest first. */
export async function additionsOf(
  db: Kysely<Database>,
  id: string,
): Promise<readonly { readonly hash: string; readonly words: string; readonly at: Date }[]> {
  const rows = await db
    .selectFrom('hotline_addition')
    .select(['hash', 'words', 'at'])
    .where('hotline_request', '=', id)
    .where('words', 'is not', null)
    .orderBy('at')
    .execute()
  return rows.flatMap(({ words, ...row }) => (words === null ? [] : [{ ...row, words }]))
}

export async function emptyAdditions(
  db: Kysely<Database>,
  id: string,
  hashes: readonly string[],
): Promise<void> {
  if (hashes.length === 0) return
  await db
    .updateTable('hotline_addition')
    .set({ words: null })
    .where('hotline_request', '=', id)
    .where('hash', 'in', [...hashes])
    .execute()
}

/** Takes an addition to say it in this transaction; false where it was said meanwhile. */
export async function claimAddition(
  trx: Transaction<Database>,
  id: string,
  hash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('hotline_addition')
    .set({ words: null })
    .where('hotline_request', '=', id)
    .where('hash', '=', hash)
    .where('words', 'is not', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Where a request stands now; null of one that was purged. */
export async function streamOfRequest(
  db: Kysely<Database>,
  request: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('request_state')
    .select('stream')
    .where('request', '=', request)
    .executeTakeFirst()
  return row?.stream ?? null
}

/** What was turned away is answered for so long; what became a request goes with it. */
export const turnedAwayDays = 180

/** Forgets what outside systems handed in once the request is purged, or it was turned away long ago. */
export async function forgetHandedIn(db: Kysely<Database>, now: number): Promise<void> {
  const before = new Date(now - turnedAwayDays * 86_400_000).toISOString()
  await sql`
    delete from hotline_request
    where state = 'turned-away' and decided_at < ${before}::timestamptz`.execute(db)
  const { rows: admitted } = await sql<{ request: string }>`
    select request from hotline_request where state = 'admitted' and request is not null`.execute(
    db,
  )
  for (const some of inSlices(
    admitted.map(({ request }) => request),
    1_000,
  )) {
    const { rows: there } = await sql<{ request: string }>`
      select request from request_state where request = ${listOf(some)}`.execute(db)
    const known = new Set(there.map(({ request }) => request))
    const gone = some.filter((request) => !known.has(request))
    if (gone.length === 0) continue
    await sql`
      delete from hotline_request
      where state = 'admitted' and request = ${listOf(gone)}`.execute(db)
  }
}

function inSlices<T>(items: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  )
}
