/**
 * The list of what is purged next. A retention runs from the later of the day that a record says and the day on which
 * the server got it: neither a wrong year nor a wrong clock can make something old that came a moment ago.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { addDays, dayAt, instantToDay, isDay, type Day } from '#domain/day.ts'
import type { Policy } from '#domain/policy.ts'
import { daysKept, retentions, type Retention } from '#domain/retention.ts'
import { gatesOffSince } from '#domain/vehicle.ts'
import { audit } from '../db/audit.ts'
import { endedDeclarations } from '../db/declaration-ends.ts'
import {
  dropNotices,
  dropStrayNotices,
  lockNoticesOf,
  writeNotices,
  type PurgeNotice,
} from '../db/purge-notices.ts'
import { endedRecords } from '../db/request-ends.ts'
import { endedTopics, meetingsBefore } from '../db/topic-ends.ts'
import type { Database } from '../db/schema.ts'
import { transact } from '../db/transact.ts'

/** For so many days of the server the office sees it before it is purged. */
export const noticeDays = 30

export interface ListMoment {
  readonly now: number
  /** The office's count of days on which passes really ran. */
  readonly run: number
}

/** What the register says of a record whose retention may be over soon. */
interface Candidate {
  readonly record: string
  readonly kind: string
  readonly day: Day
  readonly received: Day | null
}

/**
 * Brings the list of one stream up to date: what comes within the notice is on it, what does not any more is not.
 * `hasNotices`: whether anything of it stands there so far.
 */
export async function refreshList(
  db: Kysely<Database>,
  stream: string,
  policy: Policy,
  { hasNotices, ...moment }: ListMoment & { readonly hasNotices: boolean },
): Promise<void> {
  if (hasNotices) await dropStrayNotices(db, stream)
  for (const rule of retentions) {
    const candidates = await candidatesOf(db, stream, rule, policy, moment.now)
    if (!hasNotices && candidates.length === 0) continue
    await transact(db, async (trx) => {
      const before = new Map(
        (await lockNoticesOf(trx, stream, rule)).map((notice) => [notice.record, notice]),
      )
      const keep = daysKept(policy, rule)
      const after = new Map(
        candidates.flatMap((candidate) => {
          const told = { stream, rule, ...candidate }
          const notice = noticeOf(told, before.get(candidate.record), keep, moment)
          return notice ? [[notice.record, notice] as const] : []
        }),
      )
      await dropNotices(
        trx,
        stream,
        [...before.keys()].filter((record) => !after.has(record)),
      )
      const written = [...after.values()].filter((notice) => {
        const old = before.get(notice.record)
        return !old || JSON.stringify(valuesOf(old)) !== JSON.stringify(valuesOf(notice))
      })
      await writeNotices(trx, written)
      const count = written.filter(({ record }) => !before.has(record)).length
      if (count === 0) return
      const at = new Date(moment.now).toISOString()
      await audit(trx, stream, [{ act: 'purge-listed', at, account: null, facts: { rule, count } }])
    })
  }
}

function valuesOf(notice: PurgeNotice) {
  const { day, received, due, listed_on, listed_run, kept_on } = notice
  return [day, received, due, listed_on, listed_run, kept_on]
}

/** The notice of a candidate as it is from now on; null where its time is not near. */
function noticeOf(
  candidate: Candidate & Pick<PurgeNotice, 'stream' | 'rule'>,
  before: PurgeNotice | undefined,
  keepDays: number,
  { now, run }: ListMoment,
): PurgeNotice | null {
  const today = dayAt(now)
  const since = laterOf(candidate.day, candidate.received)
  const isNear = (due: Day) => due <= addDays(today, noticeDays)
  const due = addDays(since, keepDays)
  if (before?.kept_on) {
    const keptUntil = addDays(laterOf(since, before.kept_on), keepDays)
    if (!isNear(keptUntil)) return { ...before, ...candidate, due: keptUntil }
  } else if (!isNear(due)) return null
  else if (before) return { ...before, ...candidate, due }
  return {
    ...candidate,
    due: before?.kept_on ? addDays(laterOf(since, before.kept_on), keepDays) : due,
    ...{ listed_on: today, listed_run: run, kept_on: null, kept_by: null },
  }
}

function laterOf(day: Day, other: Day | null): Day {
  return other !== null && other > day ? other : day
}

/**
 * Of some streams those in which anything may be near its end. One question a rule and number of days, however many
 * streams there are; it may name a stream too many, and never one too few.
 */
export async function streamsNearEnd(
  db: Kysely<Database>,
  policies: ReadonlyMap<string, Policy>,
  now: number,
): Promise<ReadonlySet<string>> {
  const near = new Set<string>()
  for (const rule of retentions) {
    const byLast = new Map<string, { last: Day; offSince: Day | null; streams: string[] }>()
    for (const [stream, policy] of policies) {
      const last = lastDayOf(rule, policy, now)
      const offSince = rule === 'vehicle' ? gatesOffSince(policy) : null
      const key = `${last} ${offSince ?? ''}`
      const alike = byLast.get(key) ?? { last, offSince, streams: [] }
      alike.streams.push(stream)
      byLast.set(key, alike)
    }
    for (const { last, offSince, streams } of byLast.values()) {
      const of = sql`${sql.val(streams)}::uuid[]`
      const { rows } = await streamsBefore(of, rule, last, offSince).execute(db)
      for (const { stream } of rows) near.add(stream)
    }
  }
  return near
}

function streamsBefore(
  streams: RawBuilder<unknown>,
  rule: Retention,
  last: Day,
  offSince: Day | null,
) {
  switch (rule) {
    case 'gone':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'resident' and not removed
          and (fields->>'movedOutOn' is not null or fields->>'diedOn' is not null)
          and coalesce(fields->>'diedOn', fields->>'movedOutOn') <= ${last}`
    case 'visit':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'visit' and not removed
          and fields->>'at' < ${endOfDay(last)}`
    case 'voice':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'voice' and not removed
          and left(at, 10) <= ${last}`
    case 'declaration':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind in ('arrival', 'departure') and not removed
          and left(coalesce(at, fields->>'from'), 10) <= ${last}`
    case 'asker':
    case 'request':
      return sql<{ stream: string }>`
        select distinct stream from request_state
        where stream = any(${streams}) and not is_open
          and (closed_at is null or closed_at < ${endOfDay(last)}::timestamptz)`
    case 'topic':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'topic' and not removed
          and left(at, 10) <= ${last}`
    case 'meeting':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'meeting' and not removed
          and fields->>'on' <= ${last}`
    case 'fund':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'fund' and not removed
          and fields->>'closedOn' <= ${last}`
    case 'vehicle':
      return sql<{ stream: string }>`
        select distinct stream from record
        where stream = any(${streams}) and kind = 'vehicle' and not removed
          and least(fields->>'endedOn', fields->>'until', ${offSince}::text) <= ${last}`
  }
}

/** The last day on which something can have ended that comes on the list now. */
function lastDayOf(rule: Retention, policy: Policy, now: number): Day {
  return addDays(dayAt(now), noticeDays - daysKept(policy, rule))
}

/** Those whose own day is old enough; whether the receipt is, too, is judged afterwards. */
async function candidatesOf(
  db: Kysely<Database>,
  stream: string,
  rule: Retention,
  policy: Policy,
  now: number,
): Promise<Candidate[]> {
  const rows = await foundBefore(db, stream, rule, policy, now)
  return rows.flatMap(({ id, kind, said, received }) => {
    const isKnown = isByDay(rule) ? isDay(said) : !Number.isNaN(Date.parse(said))
    // What is no day at all is nobody's reason to destroy anything.
    if (!isKnown) return []
    const day = isByDay(rule) ? said : instantToDay(said)
    return [{ record: id, kind, day, received: received && dayAt(received.getTime()) }]
  })
}

/** Whether a record says a day; the others say a moment. */
function isByDay(rule: Retention): boolean {
  return (
    rule === 'gone' ||
    rule === 'declaration' ||
    rule === 'fund' ||
    rule === 'meeting' ||
    rule === 'vehicle'
  )
}

async function foundBefore(
  db: Kysely<Database>,
  stream: string,
  rule: Retention,
  policy: Policy,
  now: number,
): Promise<readonly FoundRow[]> {
  const last = lastDayOf(rule, policy, now)
  switch (rule) {
    case 'gone':
      return goneBefore(db, stream, last)
    case 'visit':
      return visitsBefore(db, stream, last, now)
    case 'voice':
      return voicesBefore(db, stream, last)
    case 'declaration':
      return endedDeclarations(db, stream, { until: last })
    case 'asker':
    case 'request': {
      // The server itself says when a request ended: there is no other day of receipt.
      const ended = await endedRecords(db, stream, rule, { before: endOfDay(last) })
      return ended.map((row) => ({ ...row, received: null }))
    }
    case 'topic':
      return endedTopics(db, stream, { until: last })
    case 'meeting':
      return meetingsBefore(db, stream, last)
    case 'fund':
      return fundsBefore(db, stream, last)
    case 'vehicle':
      return vehiclesBefore(db, stream, last, gatesOffSince(policy))
  }
}

/** Moments are compared as text, as ISO 8601 in UTC sorts so. China's day ends at 16:00 UTC. */
function endOfDay(day: Day): string {
  return `${day}T16:00:00.000Z`
}

interface FoundRow {
  readonly id: string
  readonly kind: string
  readonly said: string
  /** When the server got what the record says; null where no change of it is known. */
  readonly received: Date | null
}

/** The newest change that set the date, or made the record: copies of a history keep when they were received. */
async function goneBefore(db: Kysely<Database>, stream: string, last: Day): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select record.id, record.kind,
      coalesce(record.fields->>'diedOn', record.fields->>'movedOutOn') as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = record.id
          and (change.op = 'create' or change.fields
            ? case when record.fields->>'diedOn' is null then 'movedOutOn' else 'diedOn' end)
      ) as received
    from record
    where record.stream = ${stream} and record.kind = 'resident' and not record.removed
      and (record.fields->>'movedOutOn' is not null or record.fields->>'diedOn' is not null)
      and coalesce(record.fields->>'diedOn', record.fields->>'movedOutOn') <= ${last}
    order by record.id`.execute(db)
  return rows
}

/** Closed by whoever keeps them; one that was opened again has no such day. */
async function fundsBefore(db: Kysely<Database>, stream: string, last: Day): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select record.id, record.kind, record.fields->>'closedOn' as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = record.id
          and (change.op = 'create' or change.fields ? 'closedOn')
      ) as received
    from record
    where record.stream = ${stream} and record.kind = 'fund' and not record.removed
      and record.fields->>'closedOn' <= ${last}
    order by record.id`.execute(db)
  return rows
}

/** The latest visit of a household stays; one that says a day to come is not later than others. */
async function visitsBefore(
  db: Kysely<Database>,
  stream: string,
  last: Day,
  now: number,
): Promise<FoundRow[]> {
  const before = endOfDay(last)
  const { rows } = await sql<FoundRow>`
    select visit.id, visit.kind, visit.fields->>'at' as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = visit.id and change.op = 'create'
      ) as received
    from record as visit
    where visit.stream = ${stream} and visit.kind = 'visit' and not visit.removed
      and visit.fields->>'at' < ${before}
      and exists (
        select from record as later
        where later.stream = ${stream} and later.parent = visit.parent
          and later.kind = 'visit' and not later.removed
          and later.fields->>'at' > visit.fields->>'at'
          and later.fields->>'at' <= ${new Date(now + 86_400_000).toISOString()}
      )
    order by visit.id`.execute(db)
  return rows
}

/** What doors said to topics; the tally of each topic is the server's word and stays. */
async function voicesBefore(db: Kysely<Database>, stream: string, last: Day): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select voice.id, voice.kind, voice.fields->>'at' as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = voice.id and change.op = 'create'
      ) as received
    from record as voice
    where voice.stream = ${stream} and voice.kind = 'voice' and not voice.removed
      and left(voice.at, 10) <= ${last}
    order by voice.id`.execute(db)
  return rows
}

/** Ended, past their last day, or of a village without gates since `offSince`, whichever was first; one that somebody prolonged or opened again has no such day. */
async function vehiclesBefore(
  db: Kysely<Database>,
  stream: string,
  last: Day,
  offSince: Day | null,
): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select record.id, record.kind,
      least(record.fields->>'endedOn', record.fields->>'until', ${offSince}::text) as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = record.id
          and (change.op = 'create' or change.fields ?| array['endedOn', 'until'])
      ) as received
    from record
    where record.stream = ${stream} and record.kind = 'vehicle' and not record.removed
      and least(record.fields->>'endedOn', record.fields->>'until', ${offSince}::text) <= ${last}
    order by record.id`.execute(db)
  return rows
}
