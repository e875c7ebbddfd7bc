/** Counts what the doors of a topic said: as it stands now, and once for good after its closing. */
import type { Kysely, Transaction } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import { isFinal, tallyOf, voicesByDoor } from '#domain/topics/count-voices.ts'
import { standingOf, type TopicStanding } from '#domain/topics/standing.ts'
import type { Tally, TopicStep } from '#domain/topics/topic.ts'
import type { FieldMark } from '#protocol/merge.ts'
import { calendarId } from '../db/audit.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import {
  countAwaited,
  doorsOfTopic,
  findTopics,
  stepsOfTopic,
  voicesOfTopic,
  type DoorRow,
  type StepRow,
  type TopicRow,
  type VoiceRow,
} from '../db/topics.ts'
import type { ChangeRow } from './draft.ts'
import { rowsByKey, write } from './write.ts'

export interface CountedTopic {
  readonly standing: TopicStanding
  /** When the server got the closing; null while it is open. */
  readonly closingReceived: Date | null
  readonly tally: Tally
  readonly places: readonly { readonly stream: string; readonly tally: Tally }[]
  readonly late: readonly VoiceRow[]
}

/** As the register has it at this moment; what is final stays as it was counted. */
export function countTopic(db: Kysely<Database>, topic: TopicRow): Promise<CountedTopic> {
  // Of one moment: a tally that is said between two questions would stand beside voices that are not in it.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const steps = await stepsOfTopic(trx, topic)
      const doors = await doorsOfTopic(trx, topic)
      return countFrom(steps, doors, await voicesOfTopic(trx, topic.id, doors))
    })
}

/** Each voice at a door stands in the count, was said again since, or is `late`: nothing that came is in none of them. */
export function countFrom(
  steps: readonly StepRow[],
  doors: readonly DoorRow[],
  voices: readonly VoiceRow[],
): CountedTopic {
  const standing = standingOf(steps)
  const { closedAt } = standing
  const isAfterFinal = cameAfter(steps)
  const closingReceived = receivedOf(steps, closedAt)
  const byDoor = voicesByDoor(
    voices.filter((voice) => !isAfterFinal(voice)),
    cutOf(closedAt, closingReceived, voices),
  )
  const late = [
    ...[...byDoor.values()].flatMap((door) => door.late),
    ...voices.filter(isAfterFinal),
  ]
  const byPlace = new Map<string, string[]>()
  for (const { id, stream } of doors) byPlace.set(stream, [...(byPlace.get(stream) ?? []), id])
  return {
    standing,
    closingReceived,
    tally:
      standing.tally ??
      tallyOf(
        doors.map(({ id }) => id),
        byDoor,
      ),
    places:
      placesIn(steps)?.map(({ stream, tally }) => ({ stream, tally })) ??
      [...byPlace]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([stream, ids]) => ({ stream, tally: tallyOf(ids, byDoor) })),
    late,
  }
}

/** As they were counted for good; null before. */
function placesIn(steps: readonly StepRow[]) {
  return steps.find(({ fields }) => fields.step === 'tally')?.fields.places ?? null
}

/**
 * Whether a voice came after the count that is final. By versions, which the locks give in order: a push that waited for
 * the count has an earlier moment of receipt than the count, and two may have the same.
 */
function cameAfter(steps: readonly StepRow[]): (voice: VoiceRow) => boolean {
  const places = placesIn(steps)
  if (places === null) return () => false
  const upTo = new Map(places.map((place) => [place.stream, place.upTo ?? Infinity]))
  return ({ came }) =>
    Object.entries(came).every(([stream, version]) => version > (upTo.get(stream) ?? -1))
}

/**
 * What the server had before it heard of the closing counts, whatever moment the closing says: who sees the count cannot
 * put the cut before a voice that is in it.
 */
function cutOf(
  closedAt: string | null,
  closingReceived: Date | null,
  voices: readonly VoiceRow[],
): string | null {
  if (closedAt === null || closingReceived === null) return closedAt
  const heard = voices
    .filter(({ received }) => received !== null && received < closingReceived)
    .map(({ at }) => Date.parse(at))
  return new Date(Math.max(Date.parse(closedAt), ...heard)).toISOString()
}

/** Of the closing that counts. */
function receivedOf(steps: readonly StepRow[], closedAt: string | null): Date | null {
  if (closedAt === null) return null
  const closing = steps.find(({ fields }) => fields.step === 'close' && fields.at === closedAt)
  return closing?.received ?? new Date(Date.parse(closedAt))
}

interface CountClock {
  readonly now: number
  readonly ids: () => string
}

/**
 * Says the tally of a closed topic for good where its time has come: the streams that moved, empty where not yet. Under
 * the locks of all grids with a door of it, so that no voice comes in between; while it has to wait nothing is locked.
 */
export async function sayTally(
  db: Kysely<Database>,
  key: Pick<TopicRow, 'stream' | 'id'>,
  clock: CountClock,
): Promise<readonly string[]> {
  const [topic] = await findTopics(db, [key.stream], [key.id])
  if (!topic || !(await isTimeOf(db, topic, await stepsOfTopic(db, topic), clock))) return []
  return transact(db, async (trx) => {
    const before = await doorsOfTopic(trx, topic)
    const locked = await lockStreams(trx, [topic.stream, ...before.map(({ stream }) => stream)])
    const doors = await doorsOfTopic(trx, topic)
    // A door went to a grid that is not locked in this very moment: the next round counts it.
    if (doors.some(({ stream }) => !locked.has(stream))) return []
    const steps = await stepsOfTopic(trx, topic)
    const head = locked.get(topic.stream)?.head
    if (head === undefined || !(await isTimeOf(trx, topic, steps, clock))) return []
    const counted = countFrom(steps, doors, await voicesOfTopic(trx, topic.id, doors))
    await writeTally(trx, topic, tallyFields(topic.id, counted, locked, clock.now), head + 1, clock)
    return [topic.stream]
  })
}

/** Whether it is closed, not counted yet, and every voice of before had its time to come. */
async function isTimeOf(
  db: Kysely<Database>,
  topic: TopicRow,
  steps: readonly StepRow[],
  { now }: Pick<CountClock, 'now'>,
): Promise<boolean> {
  const { closedAt, tally } = standingOf(steps)
  const received = receivedOf(steps, closedAt)
  if (received === null || tally !== null) return false
  const devicesAwaited = await countAwaited(db, topic, received)
  return isFinal({ receivedAt: received.getTime(), now, devicesAwaited })
}

/** What the step says; `heads`: of all places with a door, as the locks have them. */
export function tallyFields(
  topic: string,
  { tally, places }: Pick<CountedTopic, 'tally' | 'places'>,
  heads: ReadonlyMap<string, { readonly head: number }>,
  now: number,
): TopicStep {
  const upTo = (stream: string) => heads.get(stream)?.head ?? 0
  return {
    ...{ topic, step: 'tally', tally, at: new Date(now).toISOString() },
    places: places.map((place) => ({ ...place, upTo: upTo(place.stream) })),
  }
}

async function writeTally(
  trx: Transaction<Database>,
  { stream }: TopicRow,
  fields: TopicStep,
  version: number,
  clock: CountClock,
): Promise<void> {
  const { at } = fields
  const record = idBornIn(stream, clock.ids())
  const mutation = {
    ...{ id: clock.ids(), device: calendarId, seq: 0, at, batch: null, stream },
    ...{ kind: 'topic-step' as const, record, op: 'create' as const, fields, seen: 0 },
  }
  const mark: FieldMark = { version, device: null, at, by: calendarId, mutation: mutation.id }
  const row: RecordRow = {
    ...{ stream, id: record, kind: 'topic-step', version, fields, created: mark, marks: {} },
    ...{ removed: false, at, by: calendarId, movedTo: null, moves: 0 },
  }
  const changes: ChangeRow[] = [{ mutation, stream, version, correctedAt: at, fields: {} }]
  await write(
    trx,
    { before: new Map(), written: rowsByKey([row]), heads: new Map([[stream, version]]), changes },
    { account: { id: calendarId, role: null }, device: null, ...clock },
  )
}
