/**
 * From when a topic and a meeting are kept: since the first decision about the one, or the last that happened to it where
 * nobody decided; since the day of the other.
 */
import { sql, type Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Database } from './schema.ts'

export interface EndedTopic {
  readonly id: string
  readonly kind: string
  /** Of a topic the moment, of a meeting the day, as the register says it. */
  readonly said: string
  /** When the server got that; null where no change of it is known. */
  readonly received: Date | null
}

interface Happened extends EndedTopic {
  /** Null of the topic itself. */
  readonly step: string | null
}

/**
 * Of one stream the topics: `until` those that were put on that day and before, whenever they ended, `records` those
 * among these ids. Two that decide at once have both said it: the first counts for the moment, the last for the receipt.
 */
export async function endedTopics(
  db: Kysely<Database>,
  stream: string,
  which: { readonly until: Day } | { readonly records: readonly string[] },
): Promise<readonly EndedTopic[]> {
  const { rows } = await sql<Happened>`
    select topic.id, topic.kind, one.fields->>'step' as step, one.fields->>'at' as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = one.id and change.op = 'create'
      ) as received
    from record as topic
    join record as one on one.stream = ${stream} and not one.removed
      and (one.id = topic.id or (one.parent = topic.id and one.kind = 'topic-step'))
    where topic.stream = ${stream} and topic.kind = 'topic' and not topic.removed
      and ${
        'until' in which
          ? sql`left(topic.at, 10) <= ${which.until}`
          : sql`topic.id = any(${sql.val([...which.records])}::uuid[])`
      }
    order by topic.id, one.id`.execute(db)
  const byTopic = new Map<string, Happened[]>()
  for (const row of rows) byTopic.set(row.id, [...(byTopic.get(row.id) ?? []), row])
  return [...byTopic.values()].map((all) => endOf(all))
}

function endOf(all: readonly Happened[]): EndedTopic {
  const decided = all.filter(({ step }) => step === 'decide')
  const [first] = all
  if (!first) throw new Error('a topic that is not there')
  const relevant = decided.length > 0 ? decided : all
  const sorted = [...relevant].sort((a, b) => Date.parse(a.said) - Date.parse(b.said))
  const said = (decided.length > 0 ? sorted[0] : sorted.at(-1))?.said ?? first.said
  const moments = relevant.flatMap(({ received }) => (received ? [received.getTime()] : []))
  const received = moments.length > 0 ? new Date(Math.max(...moments)) : null
  return { id: first.id, kind: first.kind, said, received }
}

/** Meetings of a day and before; whoever mends the day has it counted anew. */
export async function meetingsBefore(
  db: Kysely<Database>,
  stream: string,
  last: Day,
): Promise<readonly EndedTopic[]> {
  const { rows } = await sql<EndedTopic>`
    select record.id, record.kind, record.fields->>'on' as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = record.id
          and (change.op = 'create' or change.fields ? 'on')
      ) as received
    from record
    where record.stream = ${stream} and record.kind = 'meeting' and not record.removed
      and record.fields->>'on' <= ${last}
    order by record.id`.execute(db)
  return rows
}
