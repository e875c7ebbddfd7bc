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
export async function countTopic(db: Kysely<Database>, topic: TopicRow): Promise<CountedTopic> {
  const steps = await stepsOfTopic(db, topic)
  const doors = await doorsOfTopic(db, topic)
  const voices = await voicesOfTopic(db, topic.id, doors)
  return countFrom(steps, doors, voices)
}

function countFrom(
  steps: readonly StepRow[],
  doors: readonly DoorRow[],
  voices: readonly VoiceRow[],
): CountedTopic {
  const standing = standingOf(steps)
  const { closedAt, finalAt } = standing
  const isAfterFinal = ({ received }: VoiceRow) =>
    finalAt !== null && received !== null && received.getTime() > Date.parse(finalAt)
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
      placesIn(steps) ??
      [...byPlace]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([stream, ids]) => ({ stream, tally: tallyOf(ids, byDoor) })),
    late,
  }
}

/** As they were counted for good; null before. */
function placesIn(steps: readonly StepRow[]): CountedTopic['places'] | null {
  return steps.find(({ fields }) => fields.step === 'tally')?.fields.places ?? null
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
 * the locks of all grids with a door of it, so that no voice comes in between.
 */
export function sayTally(
  db: Kysely<Database>,
  key: Pick<TopicRow, 'stream' | 'id'>,
  clock: CountClock,
): Promise<readonly string[]> {
  return transact(db, async (trx) => {
    const [topic] = await findTopics(trx, [key.stream], [key.id])
    if (!topic) return []
    const before = await doorsOfTopic(trx, topic)
    const locked = await lockStreams(trx, [topic.stream, ...before.map(({ stream }) => stream)])
    const doors = await doorsOfTopic(trx, topic)
    // A door went to a grid that is not locked in this very moment: the next round counts it.
    if (doors.some(({ stream }) => !locked.has(stream))) return []
    const steps = await stepsOfTopic(trx, topic)
    const counted = countFrom(steps, doors, await voicesOfTopic(trx, topic.id, doors))
    const { closingReceived, standing } = counted
    if (closingReceived === null || standing.tally !== null) return []
    const isTime = isFinal({
      receivedAt: closingReceived.getTime(),
      now: clock.now,
      devicesAwaited: await countAwaited(trx, topic, closingReceived),
    })
    const head = locked.get(topic.stream)?.head
    if (!isTime || head === undefined) return []
    await writeTally(trx, topic, counted, head + 1, clock)
    return [topic.stream]
  })
}

async function writeTally(
  trx: Transaction<Database>,
  { stream, id }: TopicRow,
  { tally, places }: CountedTopic,
  version: number,
  clock: CountClock,
): Promise<void> {
  const at = new Date(clock.now).toISOString()
  const fields: TopicStep = { topic: id, step: 'tally', tally, places: [...places], at }
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
