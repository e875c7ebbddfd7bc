/**
 * The calendar's purge, office by office (a subdistrict with all below it). Nothing is purged that did not stand on the
 * list for thirty days on which passes really ran: a clock that jumps adds one day to that count, whatever it says. A
 * pass under a clock that is far from the one before, and one that would purge more than usual, stop and wait for an
 * administrator; decision 0044.
 */
import { sql, type Kysely } from 'kysely'
import { dayAt, type Day } from '#domain/day.ts'
import type { Policy } from '#domain/policy.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { retentions, type Retention } from '#domain/retention.ts'
import { audit } from '../db/audit.ts'
import { eachInTurn, throwAll } from '../db/each-in-turn.ts'
import { isConnectionLost, transact } from '../db/transact.ts'
import {
  loadGuard,
  noCounts,
  saveGuard,
  type PurgeCounts,
  type PurgeGuard,
  type PurgeHold,
} from '../db/purge-guard.ts'
import { dueNotices, streamsWithNotices, type PurgeNotice } from '../db/purge-notices.ts'
import type { Database } from '../db/schema.ts'
import { loadPolicies } from './policy.ts'
import { purgeListed, type PurgeClock, type PurgedCount } from './purge.ts'
import { noticeDays, refreshList, streamsNearEnd, type ListMoment } from './purge-list.ts'

export type { PurgedCount } from './purge.ts'

export interface PurgeRound {
  /** Streams in which something went. */
  readonly moved: readonly string[]
  readonly purged: readonly PurgedCount[]
  /** What failed in single streams or offices; the others were done all the same. */
  readonly faults: readonly unknown[]
  /** Streams of offices whose clock is not believed: nothing else should be destroyed there either. */
  readonly underWrongClock: ReadonlySet<string>
}

/** Between two passes: longer than a server stands still for a mending, shorter than any retention. */
export const farMs = 7 * 86_400_000
/** A day may purge so many without asking, or this share of what there is. */
const usualFloor: PurgeCounts = { people: 20, visits: 200, requests: 100 }
const usualShare: PurgeCounts = { people: 0.01, visits: 0.02, requests: 0.02 }

interface OfficeStreams {
  readonly root: string
  readonly streams: readonly string[]
}

/** Lists are brought up to date in slices of so many streams, which several servers share. */
const streamsInSlice = 64

/** Takes a slice for the rest of this round; true where no other server has it. */
export type TakeSlice = (name: string) => Promise<boolean>

const alone: TakeSlice = () => Promise.resolve(true)

/**
 * One round, by the one server that does what runs by itself: looks at the clock, brings lists up to date, decides and
 * purges. Slices of streams whose lists another server brings up to date (`helpPurge`) are left to it; what is due there
 * is judged again under the lock of its stream before it goes.
 */
export async function purgeDue(
  db: Kysely<Database>,
  clock: PurgeClock,
  takeSlice: TakeSlice = alone,
): Promise<PurgeRound> {
  const offices = await loadOffices(db)
  const policies = await loadPolicies(
    db,
    offices.flatMap(({ streams }) => streams),
  )
  const moved = new Set<string>()
  const purged: PurgedCount[] = []
  const faults: unknown[] = []
  const underWrongClock = new Set<string>()
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (fault) {
      faults.push(fault)
      // The others would fail as well.
      if (isConnectionLost(fault)) throw fault
    }
  }
  for (const office of offices) {
    await attempt(async () => {
      const run = await beginPass(db, office, clock)
      if (run === null) {
        for (const stream of office.streams) underWrongClock.add(stream)
        return
      }
      for (const slice of await slicesOf(db, office, policies, clock.now)) {
        if (await takeSlice(slice.name))
          await listSlice(db, slice, { now: clock.now, run }, attempt)
      }
      const due = await dueOf(db, office.streams, {
        today: dayAt(clock.now),
        lastRun: run - noticeDays,
      })
      if (due.length === 0 || !(await mayPurge(db, office, countsOf(due), clock))) return
      for (const { stream, rule, notices } of due) {
        await attempt(async () => {
          const gone = await purgeListed(db, stream, notices, rule, clock)
          for (const one of gone.moved) moved.add(one)
          purged.push(...gone.counts)
        })
      }
    })
  }
  return { moved: [...moved], purged, faults, underWrongClock }
}

/**
 * What another server does of the same round: lists of slices that nobody has taken yet, from the other end. Only where
 * the round of today has looked at the clock and believed it: whether anything goes at all is decided by one alone.
 */
export async function helpPurge(
  db: Kysely<Database>,
  clock: PurgeClock,
  takeSlice: TakeSlice,
): Promise<void> {
  const offices = await loadOffices(db)
  const policies = await loadPolicies(
    db,
    offices.flatMap(({ streams }) => streams),
  )
  await eachInTurn([...offices].reverse(), async (office) => {
    const guard = await loadGuard(db, office.root)
    if (!guard || guard.held?.why === 'clock' || guard.run_day !== dayAt(clock.now)) return
    const faults: unknown[] = []
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work()
      } catch (fault) {
        if (isConnectionLost(fault)) throw fault
        faults.push(fault)
      }
    }
    const slices = await slicesOf(db, office, policies, clock.now)
    for (const slice of slices.reverse()) {
      if (!(await takeSlice(slice.name))) continue
      await listSlice(db, slice, { now: clock.now, run: guard.run }, attempt)
    }
    throwAll(faults)
  })
}

interface Slice {
  readonly name: string
  readonly streams: readonly {
    readonly stream: string
    readonly policy: Policy
    readonly hasNotices: boolean
  }[]
}

/** Streams of an office that have a list or may come to have one, in slices that are the same at every server. */
async function slicesOf(
  db: Kysely<Database>,
  { root, streams }: OfficeStreams,
  policies: ReadonlyMap<string, Policy>,
  now: number,
): Promise<Slice[]> {
  const own = new Map(streams.map((stream) => [stream, policies.get(stream) ?? defaultPolicy]))
  const listed = await streamsWithNotices(db, streams)
  // Where nothing is near its end and nothing stands on the list, nobody has to look.
  const near = await streamsNearEnd(db, own, now)
  return Array.from({ length: Math.ceil(streams.length / streamsInSlice) }, (_, n) => ({
    name: `purge ${root} ${n}`,
    streams: streams.slice(n * streamsInSlice, (n + 1) * streamsInSlice).flatMap((stream) => {
      const hasNotices = listed.has(stream)
      const policy = own.get(stream) ?? defaultPolicy
      return hasNotices || near.has(stream) ? [{ stream, policy, hasNotices }] : []
    }),
  })).filter((slice) => slice.streams.length > 0)
}

async function listSlice(
  db: Kysely<Database>,
  { streams }: Slice,
  moment: ListMoment,
  attempt: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const { stream, policy, hasNotices } of streams) {
    await attempt(() => refreshList(db, stream, policy, { ...moment, hasNotices }))
  }
}

/** Offices by their topmost place, each with the streams of all below it. */
async function loadOffices(db: Kysely<Database>): Promise<OfficeStreams[]> {
  const places = await db.selectFrom('place').select(['id', 'parent']).orderBy('id').execute()
  const parentOf = new Map(places.map(({ id, parent }) => [id, parent]))
  const rootOf = (id: string): string => {
    const parent = parentOf.get(id)
    return parent ? rootOf(parent) : id
  }
  const streams = new Map<string, string[]>()
  for (const { id } of places) streams.set(rootOf(id), [...(streams.get(rootOf(id)) ?? []), id])
  return [...streams].map(([root, ids]) => ({ root, streams: ids }))
}

/**
 * Looks at the clock, and counts the day if it is another one than at the last pass. Null where the clock is not
 * believed: nothing is listed or purged then, and no day is counted.
 */
async function beginPass(
  db: Kysely<Database>,
  office: OfficeStreams,
  { now }: PurgeClock,
): Promise<number | null> {
  const receivedAt = await newestReceiptOf(db, office.streams)
  return transact(db, async (trx) => {
    const known = await loadGuard(trx, office.root, { lock: true })
    const guard = known ?? newGuard(office.root, receivedAt?.getTime() ?? now)
    const isFar = Math.abs(now - guard.last_at.getTime()) > farMs
    const isAgreed = guard.held?.why === 'clock' && guard.second_by !== null
    if (isFar && !isAgreed) {
      if (guard.held?.why === 'clock') return null
      const hold: PurgeHold = {
        why: 'clock',
        at: new Date(now).toISOString(),
        lastAt: guard.last_at.toISOString(),
        receivedAt: receivedAt?.toISOString() ?? null,
      }
      await saveGuard(trx, { ...guard, held: hold, first_by: null, second_by: null })
      await noteHold(trx, office.root, hold)
      return null
    }
    const isReleased = guard.held?.why === 'clock'
    const today = dayAt(now)
    // A clock that was put back begins to count again from there, and that day is no new one.
    const isNext = today > guard.run_day
    const next = {
      ...guard,
      ...(isReleased ? { held: null, first_by: null, second_by: null } : {}),
      run: guard.run + (isNext ? 1 : 0),
      run_day: today,
      last_at: new Date(now),
      purged: today === guard.run_day ? guard.purged : noCounts,
    }
    await saveGuard(trx, next)
    return next.run
  })
}

function newGuard(stream: string, lastAt: number): PurgeGuard {
  return {
    ...{ stream, run: 0, run_day: '', last_at: new Date(lastAt) },
    ...{ purged: noCounts, held: null, first_by: null, second_by: null },
  }
}

/**
 * Whether so much may go now. What is more than usual waits until two people said yes to these numbers; what came on
 * top of them meanwhile may be no more than a usual day.
 */
async function mayPurge(
  db: Kysely<Database>,
  office: OfficeStreams,
  due: PurgeCounts,
  { now }: PurgeClock,
): Promise<boolean> {
  const usual = await usualOf(db, office.streams, due)
  return transact(db, async (trx) => {
    const guard = await loadGuard(trx, office.root, { lock: true })
    if (!guard) return false
    const { held } = guard
    const cleared = { ...guard, held: null, first_by: null, second_by: null }
    if (fits(sum(guard.purged, due), usual)) {
      await saveGuard(trx, { ...cleared, purged: sum(guard.purged, due) })
      return true
    }
    const isAsked = held?.why === 'share' && fits(due, sum(held.due, usual))
    if (isAsked && guard.second_by !== null) {
      await saveGuard(trx, cleared)
      return true
    }
    if (isAsked) return false
    const hold: PurgeHold = { why: 'share', at: new Date(now).toISOString(), due, usual }
    await saveGuard(trx, { ...cleared, held: hold })
    await noteHold(trx, office.root, hold)
    return false
  })
}

async function noteHold(
  trx: Parameters<typeof audit>[0],
  root: string,
  hold: PurgeHold,
): Promise<void> {
  await audit(trx, root, [{ act: 'purge-held', at: hold.at, account: null, facts: { ...hold } }])
}

function sum(a: PurgeCounts, b: PurgeCounts): PurgeCounts {
  return {
    people: a.people + b.people,
    visits: a.visits + b.visits,
    requests: a.requests + b.requests,
  }
}

function fits(a: PurgeCounts, within: PurgeCounts): boolean {
  return a.people <= within.people && a.visits <= within.visits && a.requests <= within.requests
}

/** The living are counted only where the floors do not do. */
async function usualOf(
  db: Kysely<Database>,
  streams: readonly string[],
  due: PurgeCounts,
): Promise<PurgeCounts> {
  const half = (floor: number) => floor / 2
  const { people, visits, requests } = usualFloor
  if (fits(due, { people: half(people), visits: half(visits), requests: half(requests) })) {
    return usualFloor
  }
  const { rows } = await sql<{ kind: string; n: number }>`
    select kind, count(*)::int as n from record
    where stream = any(${sql.val([...streams])}::uuid[]) and kind in ('resident', 'visit', 'request')
      and not removed
    group by kind`.execute(db)
  const all = new Map(rows.map(({ kind, n }) => [kind, n]))
  const usual = (kind: string, of: keyof PurgeCounts) =>
    Math.max(usualFloor[of], Math.ceil((all.get(kind) ?? 0) * usualShare[of]))
  return {
    people: usual('resident', 'people'),
    visits: usual('visit', 'visits'),
    requests: usual('request', 'requests'),
  }
}

interface Due {
  readonly stream: string
  readonly rule: Retention
  readonly notices: readonly PurgeNotice[]
}

/** In order of the streams, and of the rules in each. */
async function dueOf(
  db: Kysely<Database>,
  streams: readonly string[],
  moment: { readonly today: Day; readonly lastRun: number },
): Promise<Due[]> {
  const found = new Map<string, PurgeNotice[]>()
  for (const notice of await dueNotices(db, streams, moment)) {
    found.set(notice.stream, [...(found.get(notice.stream) ?? []), notice])
  }
  return [...found].flatMap(([stream, own]) =>
    retentions.flatMap((rule) => {
      const notices = own.filter((notice) => notice.rule === rule)
      return notices.length > 0 ? [{ stream, rule, notices }] : []
    }),
  )
}

function countsOf(due: readonly Due[]): PurgeCounts {
  const of = (wanted: Retention) =>
    due.reduce((n, { rule, notices }) => n + (rule === wanted ? notices.length : 0), 0)
  return {
    people: of('gone'),
    visits: of('visit') + of('declaration') + of('voice') + of('vehicle'),
    requests: of('asker') + of('request') + of('fund') + of('topic') + of('meeting'),
  }
}

async function newestReceiptOf(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(received_at) as at from change
    where stream = any(${sql.val([...streams])}::uuid[])`.execute(db)
  return rows[0]?.at ?? null
}
