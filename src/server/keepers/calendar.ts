/** The calendar's round: what runs by itself, one after the other, now and every ten minutes. */
import type { Kysely } from 'kysely'
import { dayAt } from '#domain/day.ts'
import { colourByCalendar } from '../colours/calendar.ts'
import { keepCourse } from '../colours/course.ts'
import { mendMonthSums } from '../colours/month-sums.ts'
import type { Database } from '../db/schema.ts'
import { forgetOldTries } from '../db/attempts.ts'
import { lastGoodPass } from '../db/passes.ts'
import { forgetAskPhotos } from '../db/ask-photos.ts'
import { forgetAsked } from '../db/ask.ts'
import { mendPlaceRules } from '../db/mend-place-rules.ts'
import { mendHelp } from '../db/help.ts'
import { forgetHandedIn } from '../db/hotline.ts'
import { dropExpiredSessions } from '../db/sessions.ts'
import type { ChunkStore } from '../db/chunk-store.ts'
import { dropGone } from '../db/photos.ts'
import { purgeTombstones } from '../db/tombstones.ts'
import { purgeAnswers } from '../ledger/answers.ts'
import { forgetErrands } from '../ledger/forget-errands.ts'
import { helpPurge, purgeDue, type PurgedCount } from '../ledger/purge-pass.ts'
import type { Background } from './background.ts'
import type { Passes } from './passes.ts'
import { keepTopics } from './topics.ts'

export interface CalendarParts {
  readonly db: Kysely<Database>
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly passes: Passes
  /** Of work that servers share. */
  readonly takeSlice: Background['takeSlice']
  readonly onMoved: (streams: readonly string[]) => void
  readonly onPurged: (counts: readonly PurgedCount[]) => void
  /** Each resolves when nothing of its kind waits any more; they watch themselves. */
  readonly recolour: () => Promise<void>
  readonly imports: () => Promise<void>
  readonly requests: () => Promise<void>
  readonly snapshots: () => Promise<void>
  readonly chunks: ChunkStore
  readonly sweepPhotos: () => Promise<void>
  /** Null where no address was named. */
  readonly notify: (() => Promise<void>) | null
}

const everyMs = 10 * 60_000
const courseMs = 60 * 60_000

/** One round. Whatever happens in a pass, the others run. */
export async function runCalendar(parts: CalendarParts): Promise<void> {
  const { db, clock, ids, passes, onMoved } = parts
  await passes.watch('colours', async () => {
    await colourByCalendar(db, { now: clock.now(), ids }, (stream) => onMoved([stream]))
  })
  await parts.recolour()
  await parts.imports()
  await parts.requests()
  await passes.watch('topics', () => keepTopics(db, { now: clock.now(), ids }, onMoved))
  if (await isCourseDue(parts)) {
    await passes.watch('course', async () => {
      await mendMonthSums(db)
      await mendPlaceRules(db)
      await mendHelp(db)
      await keepCourse(db, dayAt(clock.now()))
    })
  }
  // Until the purge has looked at the clock nothing is destroyed anywhere.
  let isHeld: (stream: string) => boolean = () => true
  let isAnyHeld = true
  await passes.watch('purge', async () => {
    const round = await purgeDue(db, { now: clock.now(), ids }, parts.takeSlice)
    isHeld = (stream) => round.underWrongClock.has(stream)
    isAnyHeld = round.underWrongClock.size > 0
    if (round.moved.length > 0) onMoved(round.moved)
    parts.onPurged(round.purged)
    if (round.faults.length > 0) throw new AggregateError(round.faults, 'the purge of some streams')
  })
  await passes.watch('tombstones', async () => {
    const moved = await forgetErrands(db, { now: clock.now(), ids }, isHeld)
    if (moved.length > 0) onMoved(moved)
    await purgeTombstones(db, clock.now(), isHeld)
    // Nothing names these any more: they go whatever the clock says.
    await dropGone(db, parts.chunks)
    await parts.sweepPhotos()
  })
  // First answers are no stream's own: one clock that is in doubt keeps all of them.
  await passes.watch('answers', async () => {
    if (isAnyHeld) return
    await purgeAnswers(db, clock.now())
    await forgetHandedIn(db, clock.now())
    await forgetAsked(db, clock.now())
    await forgetAskPhotos(db, clock.now())
    await dropExpiredSessions(db, new Date(clock.now()))
    await forgetOldTries(db, new Date(clock.now()))
  })
  await passes.watch('snapshots', parts.snapshots)
  if (parts.notify) await passes.watch('notify', parts.notify)
}

/** Once an hour, and with each new day: it looks at the counts of all places, and a week is told by its last line. */
async function isCourseDue({ db, clock }: CalendarParts): Promise<boolean> {
  const last = await lastGoodPass(db, 'course').catch(() => null)
  if (last === null || dayAt(last.getTime()) !== dayAt(clock.now())) return true
  return Math.abs(clock.now() - last.getTime()) >= courseMs
}

/**
 * What another server than the one that does what runs by itself takes a share of, from the other end: colours, where
 * both decide under the lock of each stream, so that neither does again what the other has done; and the lists of what
 * is purged next, slice by slice.
 */
export async function helpCalendar({
  db,
  clock,
  ids,
  passes,
  onMoved,
  recolour,
  takeSlice,
}: CalendarParts): Promise<void> {
  await passes.watch('colours', async () => {
    const now = { now: clock.now(), ids }
    await colourByCalendar(db, now, (stream) => onMoved([stream]), { isBackwards: true })
  })
  await recolour()
  await passes.watch('lists', () => helpPurge(db, { now: clock.now(), ids }, takeSlice))
}

/**
 * Where this server does what runs by itself: runs it now and every ten minutes, so that it also runs after midnight,
 * and after the server slept over it. Returns what ends it.
 */
export function keepCalendar(parts: CalendarParts, background: Background): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const next = () => {
    running = running.then(() => {
      if (background.isOurs()) return runCalendar(parts)
      return background.helps ? helpCalendar(parts) : undefined
    })
  }
  background.onTaken(next)
  const timer = setInterval(next, everyMs)
  return () => {
    clearInterval(timer)
    return running
  }
}
