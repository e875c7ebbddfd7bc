/**
 * The purge itself: what its time is over for goes, from the register and from the log of changes, on the server and
 * with the next pull on every device. What stays is that it was purged, when and by which rule; decision 0030. What
 * may be purged at all, `purge-pass.ts` decides.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { instantToDay, type Day } from '#domain/day.ts'
import { areCalledAlike } from '#domain/declaration.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Retention } from '#domain/retention.ts'
import { gatesOffSince, lastDayOfPlate } from '#domain/vehicle.ts'
import { audit, calendarId } from '../db/audit.ts'
import { endedDeclarations } from '../db/declaration-ends.ts'
import { dropNotices, lockNotices, type PurgeNotice } from '../db/purge-notices.ts'
import { loadBelow, loadChildren, loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import { keepPast } from '../db/request-past.ts'
import type { Database } from '../db/schema.ts'
import { endedRecords } from '../db/request-ends.ts'
import { lockStreams } from '../db/streams.ts'
import { endedTopics } from '../db/topic-ends.ts'
import { transact } from '../db/transact.ts'
import type { ChangeRow } from './draft.ts'
import { loadPolicies } from './policy.ts'
import { rowsByKey, write } from './write.ts'

export interface PurgeClock {
  readonly now: number
  readonly ids: () => string
}

/** So many people or visits in one transaction: nobody's push waits long for it. */
const atOnce = 50

export interface PurgedCount {
  readonly rule: Retention
  readonly kind: string
  readonly n: number
}

/** What went, and the streams in which it went. */
export interface Purged {
  readonly counts: readonly PurgedCount[]
  readonly moved: readonly string[]
}

/**
 * Purges what the notices of one stream and one rule name. A notice that somebody answered meanwhile, and a record
 * whose date is not the one on the list any more, are left alone. Returns how many records of each kind went.
 */
export async function purgeListed(
  db: Kysely<Database>,
  stream: string,
  notices: readonly PurgeNotice[],
  rule: Retention,
  clock: PurgeClock,
): Promise<Purged> {
  const counts = new Map<string, number>()
  const moved = new Set<string>()
  for (let from = 0; from < notices.length; from += atOnce) {
    const due = notices.slice(from, from + atOnce).map(({ record }) => record)
    for (const { kind, stream: at } of await purge(db, stream, due, rule, clock)) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      moved.add(at)
    }
  }
  return { counts: [...counts].map(([kind, n]) => ({ rule, kind, n })), moved: [...moved] }
}

async function purge(
  db: Kysely<Database>,
  stream: string,
  due: readonly string[],
  rule: Retention,
  clock: PurgeClock,
): Promise<readonly RecordRow[]> {
  // Where they came from lies what was changed there before; those logs are emptied as well, in order of locks.
  const before = await loadRecords(db, [stream], due)
  const earlier = before.flatMap(({ created, marks }) =>
    [created, ...Object.values(marks)].flatMap((mark) => Object.keys(mark.earlier ?? {})),
  )
  const away = await elsewhere(db, await withAll(db, stream, before, rule), before, rule)
  const streams = [...new Set([stream, ...earlier, ...away.map((row) => row.stream)])]
  return transact(db, async (trx) => {
    const locked = await lockStreams(trx, streams)
    const listed = await lockNotices(trx, stream, due)
    const ends = await endsOf(trx, stream, due, rule)
    const tops = (await loadRecords(trx, [stream], due)).filter((row) =>
      isAsListed(row, listed.get(row.id), ends),
    )
    const below = await withAll(trx, stream, tops, rule)
    const aside = await elsewhere(trx, below, tops, rule)
    // Sent to one more unit in this very moment: the next pass takes it.
    if (aside.some((row) => !locked.has(row.stream))) return []
    const rows = [...below, ...aside, ...tops]
    await keepPast(
      trx,
      rows.filter(({ kind }) => kind === 'request'),
    )
    await bury(trx, rows, locked, rule, clock)
    await dropNotices(
      trx,
      stream,
      rows.map(({ id }) => id),
    )
    return rows
  })
}

/**
 * Makes tombstones of records, and empties what the log says of them: in every stream that is locked. `kept`: what a
 * tombstone still says. Each stream's head goes up by what goes in it.
 */
export async function bury(
  trx: Transaction<Database>,
  rows: readonly RecordRow[],
  locked: ReadonlyMap<string, { readonly head: number }>,
  rule: string,
  clock: PurgeClock,
  kept: (row: RecordRow) => RecordRow['fields'] = () => ({}),
): Promise<void> {
  if (rows.length === 0) return
  const heads = new Map<string, number>()
  const gone = rows.map((row) => {
    const version = (heads.get(row.stream) ?? locked.get(row.stream)?.head ?? 0) + 1
    heads.set(row.stream, version)
    return {
      ...row,
      ...{ version, removed: true, fields: kept(row), marks: {} },
      created: { version, device: null, at: row.created.at },
    }
  })
  await write(
    trx,
    {
      ...{ before: rowsByKey(rows), written: rowsByKey(gone), heads },
      changes: linesOf(gone, clock),
    },
    { account: { id: calendarId, role: null }, device: null, ...clock },
  )
  await emptyLog(trx, gone, locked.keys(), rule, clock.now)
}

/**
 * Empties what the log says of some records, in every stream that is locked, and says so under `rule` (a retention, or
 * why else) in the audit chain of each. Pages that were stored with it are made anew.
 */
export async function emptyLog(
  trx: Transaction<Database>,
  records: readonly Pick<RecordRow, 'stream' | 'id' | 'kind'>[],
  streams: Iterable<string>,
  rule: string,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString()
  const ids = records.map(({ id }) => id)
  for (const place of streams) {
    const emptied = await emptyChanges(trx, place, ids)
    // In the stream where it stands each one is named, whether it was ever changed or not.
    const own = records.flatMap(({ id, stream }) => (stream === place ? [id] : []))
    await audit(
      trx,
      place,
      [...new Set([...own, ...emptied.keys()])].map((record) => ({
        ...{ act: 'purge', at, account: null, record },
        facts: { rule, kind: kindOf(records, record), count: emptied.get(record) ?? 0 },
      })),
    )
    // Made of pages that still have it.
    await trx.deleteFrom('snapshot').where('stream', '=', place).execute()
  }
}

/** The moments at which requests, or those for whom somebody asked, ended; of other rules the record says it itself. */
async function endsOf(
  trx: Transaction<Database>,
  stream: string,
  due: readonly string[],
  rule: Retention,
): Promise<ReadonlyMap<string, string>> {
  if (rule === 'declaration') {
    const ended = await endedDeclarations(trx, stream, { records: due })
    return new Map(ended.map(({ id, said }) => [id, said]))
  }
  if (rule === 'topic') {
    const ended = await endedTopics(trx, stream, { records: due })
    return new Map(ended.map(({ id, said }) => [id, said]))
  }
  if (rule === 'vehicle') {
    const offSince = gatesOffSince((await loadPolicies(trx, [stream])).get(stream) ?? defaultPolicy)
    return new Map(
      (await loadRecords(trx, [stream], due)).flatMap(({ id, fields }) => {
        const day = lastDayOfPlate(fields, offSince)
        return day === null ? [] : [[id, day] as const]
      }),
    )
  }
  if (rule !== 'asker' && rule !== 'request') return new Map()
  const ended = await endedRecords(trx, stream, rule, { records: due })
  return new Map(ended.map(({ id, said }) => [id, said]))
}

/** What stands elsewhere: what units have of requests that go, what doors said to topics that go, who asked for somebody who goes, what was said of their coming, and plates of their households. */
async function elsewhere(
  db: Kysely<Database>,
  below: readonly RecordRow[],
  tops: readonly RecordRow[],
  rule: Retention,
): Promise<readonly RecordRow[]> {
  const own = [...below, ...tops]
  const requests = own.flatMap(({ id, kind }) => (kind === 'request' ? [id] : []))
  const people = rule === 'gone' ? tops.map(({ id }) => id) : []
  const homes = own.flatMap(({ id, kind }) => (kind === 'household' ? [id] : []))
  const topics = rule === 'topic' ? tops.map(({ id }) => id) : []
  if (requests.length + people.length + topics.length === 0) return []
  // An arm each, and none for an empty list: every one has an index of its own.
  const arms = [
    ...(requests.length === 0
      ? []
      : [
          sql`select stream, id from record where kind = 'errand' and not removed
            and fields->>'request' = any(${sql.val(requests)}::text[])`,
        ]),
    ...(topics.length === 0
      ? []
      : [
          sql`select stream, id from record where kind = 'voice' and not removed
            and fields->>'topic' = any(${sql.val(topics)}::text[])`,
        ]),
    ...(people.length === 0
      ? []
      : [
          sql`select stream, id from record where kind = 'asker' and not removed
            and fields->>'resident' = any(${sql.val(people)}::text[])`,
          sql`select stream, id from record where kind = 'fund-giver' and not removed
            and fields->>'resident' = any(${sql.val(people)}::text[])`,
          sql`select stream, parent as id from record where kind = 'declaration-answer'
            and not removed and fields->'residents' ?| ${sql.val(people)}::text[]`,
          sql`select stream, id from record where kind = 'voice' and not removed
            and fields->>'resident' = any(${sql.val(people)}::text[])`,
        ]),
    // Also at a door, or in a grid, where the household lived before.
    ...(homes.length === 0
      ? []
      : [
          sql`select stream, id from record where kind = 'vehicle' and not removed
            and fields->>'household' = any(${sql.val(homes)}::text[])`,
        ]),
  ]
  const { rows } = await sql<{ stream: string; id: string }>`${sql.join(
    arms,
    sql` union all `,
  )}`.execute(db)
  const ids = rows.map(({ id }) => id)
  const streams = [...new Set(rows.map(({ stream }) => stream))]
  const found = [...(await loadRecords(db, streams, ids)), ...(await loadBelow(db, streams, ids))]
  const known = new Set(own.map(({ stream, id }) => `${stream}/${id}`))
  return found.filter(({ stream, id, removed }) => !removed && !known.has(`${stream}/${id}`))
}

/** Nobody said that it stays, and it still says the day for which it came on the list. */
function isAsListed(
  row: RecordRow,
  notice: PurgeNotice | undefined,
  ends: ReadonlyMap<string, string>,
): boolean {
  if (row.removed || notice?.kept_on !== null) return false
  return dayOf(row, ends) === notice.day
}

/** The day from which the retention of a record runs: as it says itself, or on which its request ended. */
function dayOf({ id, kind, fields }: RecordRow, ends: ReadonlyMap<string, string>): Day | null {
  if (kind === 'request' || kind === 'asker' || kind === 'topic') {
    const ended = ends.get(id)
    return ended === undefined ? null : instantToDay(ended)
  }
  if (kind === 'arrival' || kind === 'departure') return ends.get(id) ?? null
  if (kind === 'visit' || kind === 'voice')
    return typeof fields['at'] === 'string' ? instantToDay(fields['at']) : null
  if (kind === 'vehicle') return ends.get(id) ?? null
  const day =
    kind === 'fund'
      ? fields['closedOn']
      : kind === 'meeting'
        ? fields['on']
        : (fields['diedOn'] ?? fields['movedOutOn'])
  return typeof day === 'string' ? day : null
}

function kindOf(rows: readonly Pick<RecordRow, 'id' | 'kind'>[], id: string): string {
  return rows.find((row) => row.id === id)?.kind ?? ''
}

/** What goes with them: what is about them, visits to them alone, and a household in which nobody is left. */
async function withAll(
  trx: Kysely<Database>,
  stream: string,
  tops: readonly RecordRow[],
  rule: Retention,
): Promise<RecordRow[]> {
  const ids = tops.map(({ id }) => id)
  const about = await loadBelow(trx, [stream], ids)
  if (rule !== 'gone' || ids.length === 0) return about
  const own = new Set(ids)
  const { rows: visits } = await sql<{ id: string }>`
    select id from record where stream = ${stream} and kind = 'visit' and not removed
      and parent = any(${sql.val(tops.map(({ fields }) => fields['household']))}::uuid[])
      and fields->>'resident' = any(${sql.val(ids)}::text[])`.execute(trx)
  const homes = await loadRecords(
    trx,
    [stream],
    tops.map(({ fields }) => String(fields['household'])),
  )
  const left: RecordRow[] = []
  for (const home of homes.filter((one) => one.kind === 'household' && !one.removed)) {
    const below = await loadBelow(trx, [stream], [home.id])
    const isEmpty = below.every((one) => one.kind !== 'resident' || own.has(one.id))
    if (home.fields['endedOn'] && isEmpty) left.push(...below, home)
  }
  const all = [
    ...about,
    ...(await saidOfThem(trx, stream, tops, homes)),
    ...(await loadRecords(
      trx,
      [stream],
      visits.map(({ id }) => id),
    )),
    ...left,
  ]
  return [...new Map(all.map((row) => [row.id, row])).values()].filter((row) => !own.has(row.id))
}

/** What was said of their coming or going and never confirmed: claims of their names at their own doors. */
async function saidOfThem(
  trx: Kysely<Database>,
  stream: string,
  tops: readonly RecordRow[],
  homes: readonly RecordRow[],
): Promise<readonly RecordRow[]> {
  const doors = homes.map(({ fields }) => String(fields['dwelling']))
  const claims = await loadChildren(trx, stream, doors, ['arrival', 'departure'])
  const doorOf = new Map(homes.map(({ id, fields }) => [id, fields['dwelling']]))
  const own = claims.filter((claim) =>
    tops.some(
      ({ fields }) =>
        areCalledAlike({ name: nameOf(fields) }, { name: nameOf(claim.fields) }) &&
        doorOf.get(String(fields['household'])) === claim.fields['dwelling'],
    ),
  )
  const below = await loadBelow(
    trx,
    [stream],
    own.map(({ id }) => id),
  )
  return [...below, ...own]
}

function nameOf({ name }: RecordRow['fields']): string | null {
  return typeof name === 'string' ? name : null
}

/** A line for each: it says how old the tombstone is, and to a device that the lines before it are to be forgotten. */
function linesOf(gone: readonly RecordRow[], { now, ids }: PurgeClock): readonly ChangeRow[] {
  const at = new Date(now).toISOString()
  return gone.map(({ stream, kind, id, version }) => ({
    mutation: {
      ...{ id: ids(), device: calendarId, seq: 0, at, batch: null, stream },
      ...{ kind, record: id, op: 'remove' as const, fields: {}, seen: 0 },
    },
    ...{ stream, version, correctedAt: at, fields: {} },
  }))
}

/** Empties the values of all changes of some records, with what commits to them; how many of each. */
async function emptyChanges(
  trx: Transaction<Database>,
  stream: string,
  records: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ record: string }>`
    update change set fields = '{}'::jsonb, salt = null
    where stream = ${stream} and record = any(${sql.val([...records])}::uuid[])
      and salt is not null
    returning record`.execute(trx)
  const counts = new Map<string, number>()
  for (const { record } of rows) counts.set(record, (counts.get(record) ?? 0) + 1)
  return counts
}
