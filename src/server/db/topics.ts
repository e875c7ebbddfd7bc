/** What stands about topics in the register: the topics, the doors that they concern wherever they went, and the voices. */
import { sql, type Kysely } from 'kysely'
import { isConcerned } from '#domain/topics/doors.ts'
import type { HeardVoice } from '#domain/topics/count-voices.ts'
import { roles } from '#domain/account.ts'
import { mayTakeVoices } from '#domain/permission-of-places.ts'
import type { Topic, TopicStep } from '#domain/topics/topic.ts'
import type { VoiceHow, VoiceSays } from '#domain/topics/voice.ts'
import { graceMs } from '#domain/topics/count-voices.ts'
import type { FieldMark } from '#protocol/merge.ts'
import { isId } from './records.ts'
import { listOf, placesUnder } from './place-tree.ts'
import { placesAbove } from './places.ts'
import type { Database } from './schema.ts'

export interface TopicRow {
  readonly stream: string
  readonly id: string
  readonly fields: Topic
}

/** Of some streams those topics that some ids name. */
export async function findTopics(
  db: Kysely<Database>,
  streams: Iterable<string>,
  ids: readonly string[],
): Promise<readonly TopicRow[]> {
  const wanted = [...new Set(ids)].filter(isId)
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('record')
    .select(['stream', 'id', 'fields'])
    .where('stream', '=', listOf(streams))
    .where('id', '=', listOf(wanted))
    .where('kind', '=', 'topic')
    .where('removed', '=', false)
    .execute()
  return rows as unknown as TopicRow[]
}

export interface StepRow {
  readonly id: string
  readonly version: number
  readonly fields: TopicStep
  /** When the server got it. */
  readonly received: Date | null
}

export async function stepsOfTopic(
  db: Kysely<Database>,
  { stream, id }: Pick<TopicRow, 'stream' | 'id'>,
): Promise<readonly StepRow[]> {
  const { rows } = await sql<StepRow>`
    select id, version::float8 as version, fields, ${receiptOf('step', stream)} as received
    from record as step
    where stream = ${stream}::uuid and parent = ${id}::uuid and kind = 'topic-step'
      and not removed`.execute(db)
  return rows
}

/** When the server first got a record; a history that came along from another stream keeps it. */
function receiptOf(alias: string, stream: string) {
  return sql`(
    select min(change.received_at) from change
    where change.stream = ${stream}::uuid and change.record = ${sql.ref(`${alias}.id`)}
      and change.op = 'create'
  )`
}

export interface DoorRow {
  readonly id: string
  readonly stream: string
  readonly building: string
  readonly unit: string | null
}

/** Where some buildings stand now, among some streams. */
async function streamsOfBuildings(
  db: Kysely<Database>,
  streams: Iterable<string>,
  buildings: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await standingAmong(db, streams, buildings)
  return new Map(
    found.flatMap(({ id, kind, stream }) => (kind === 'building' ? [[id, stream]] : [])),
  )
}

export interface StandingRow {
  readonly id: string
  readonly kind: 'building' | 'dwelling'
  readonly stream: string
  /** Of a dwelling its building. */
  readonly parent: string | null
}

/** Which of some buildings and doors stand among some streams, and where. */
export async function standingAmong(
  db: Kysely<Database>,
  streams: Iterable<string>,
  ids: readonly string[],
): Promise<readonly StandingRow[]> {
  const wanted = [...new Set(ids)].filter(isId)
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('record')
    .select(['stream', 'id', 'kind', 'parent'])
    .where('stream', '=', listOf(streams))
    .where('id', '=', listOf(wanted))
    .where('kind', 'in', ['building', 'dwelling'])
    .where('removed', '=', false)
    .execute()
  return rows as readonly StandingRow[]
}

/** All places of the office that a place belongs to: a grid may go to another community while a topic is open. */
export async function placesOfOffice(
  db: Kysely<Database>,
  place: string,
): Promise<readonly string[]> {
  const root = (await placesAbove(db, place)).at(-1) ?? place
  return placesUnder(db, [root])
}

/** The doors of a topic as the register has them now, in whichever grids they stand since. */
export async function doorsOfTopic(
  db: Kysely<Database>,
  topic: TopicRow,
): Promise<readonly DoorRow[]> {
  const { parts } = topic.fields
  const streams = await streamsOfBuildings(
    db,
    await placesOfOffice(db, topic.stream),
    parts.map(({ building }) => building),
  )
  const byStream = new Map<string, string[]>()
  for (const [building, stream] of streams) {
    byStream.set(stream, [...(byStream.get(stream) ?? []), building])
  }
  const doors: DoorRow[] = []
  for (const [stream, buildings] of byStream) {
    const { rows } = await sql<DoorRow>`
      select id, stream, parent as building, fields->>'unit' as unit from record
      where stream = ${stream}::uuid and parent = ${listOf(buildings)} and kind = 'dwelling'
        and not removed`.execute(db)
    doors.push(...rows.filter((door) => isConcerned(parts, door)))
  }
  return doors
}

export interface VoiceRow extends HeardVoice {
  readonly stream: string
  readonly received: Date | null
  /** The version with which it came, in the stream where it stands and in those where it stood before. */
  readonly came: Readonly<Record<string, number>>
}

/** What was said to a topic at some doors. */
export async function voicesOfTopic(
  db: Kysely<Database>,
  topic: string,
  doors: readonly DoorRow[],
): Promise<readonly VoiceRow[]> {
  const byStream = new Map<string, string[]>()
  for (const { stream, id } of doors) byStream.set(stream, [...(byStream.get(stream) ?? []), id])
  const voices: VoiceRow[] = []
  for (const [stream, ids] of byStream) {
    const { rows } = await sql<{
      readonly id: string
      readonly dwelling: string
      readonly says: VoiceSays
      readonly how: VoiceHow
      readonly at: string
      readonly by: string | null
      readonly received: Date | null
      readonly created: FieldMark
    }>`
      select id, created, parent as dwelling, fields->>'says' as says, fields->>'how' as how,
        fields->>'at' as at, by, ${receiptOf('voice', stream)} as received
      from record as voice
      where stream = ${stream}::uuid and parent = ${listOf(ids)} and kind = 'voice'
        and fields->>'topic' = ${topic} and not removed`.execute(db)
    voices.push(
      ...rows.map(({ created, ...row }) => ({ ...row, stream, came: cameWith(stream, created) })),
    )
  }
  return voices
}

export function cameWith(stream: string, { version, earlier }: FieldMark): VoiceRow['came'] {
  return { ...earlier, [stream]: version }
}

/** All topics that were closed and not counted for good, whether their time has come or not. */
export async function topicsToCount(
  db: Kysely<Database>,
): Promise<readonly Pick<TopicRow, 'stream' | 'id'>[]> {
  const places = await db.selectFrom('place').select('id').execute()
  const { rows } = await sql<Pick<TopicRow, 'stream' | 'id'>>`
    select stream, parent as id from record
    where stream = ${listOf(places.map(({ id }) => id))} and kind = 'topic-step' and not removed
      and fields->>'step' in ('close', 'tally')
    group by stream, parent
    having bool_and(fields->>'step' = 'close')
    order by stream, parent`.execute(db)
  return rows
}

/**
 * Devices that had a topic and have not said since its closing that nothing waits on them. Of everybody who takes voices,
 * or did lately, in the topic's place, where a door of it stands by now, above either or below the topic's place; a device
 * that never pulled since the topic came has nothing.
 */
export async function countAwaited(
  db: Kysely<Database>,
  topic: TopicRow,
  closedAt: Date,
): Promise<number> {
  const grids = new Set((await doorsOfTopic(db, topic)).map(({ stream }) => stream))
  const scope = new Set(await placesUnder(db, [topic.stream]))
  for (const place of [topic.stream, ...grids]) {
    scope.add(place)
    for (const above of await placesAbove(db, place)) scope.add(above)
  }
  const taking = roles.filter((role) => mayTakeVoices(role))
  const since = new Date(closedAt.getTime() - lateForMs).toISOString()
  const { rows: people } = await sql<{ account: string }>`
    select account_place.account from account_place
    join account on account.id = account_place.account
    where account_place.place = ${listOf(scope)} and account.role = any(${taking}::text[])
    union
    select account from late_place
    where place = ${listOf(scope)} and role = any(${taking}::text[]) and until > ${since}::timestamptz`.execute(
    db,
  )
  const came = await db
    .selectFrom('change')
    .select(({ fn }) => fn.min('received_at').as('at'))
    .where('stream', '=', topic.stream)
    .where('record', '=', topic.id)
    .where('op', '=', 'create')
    .executeTakeFirst()
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from device
    where account = ${listOf(people.map(({ account }) => account))} and revoked_at is null
      and pulled_at >= ${came?.at?.toISOString() ?? '-infinity'}::timestamptz
      and (pulled_at <= ${closedAt.toISOString()}::timestamptz
        or coalesce((report->>'waiting')::int, 0) > 0)`.execute(db)
  return rows[0]?.n ?? 0
}

/** Who lost the place longer ago has sent what was recorded there, or is not waited for. */
const lateForMs = 60 * 86_400_000

export function finalBy(received: Date): string {
  return new Date(received.getTime() + graceMs).toISOString()
}
