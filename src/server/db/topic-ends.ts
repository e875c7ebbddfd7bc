/** From when a topic and a meeting are kept: since the first decision about the one, since the day of the other. */
import { sql, type Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Database } from './schema.ts'

export interface EndedTopic {
  readonly id: string
  readonly kind: string
  /** The moment of the decision, as its step says it. */
  readonly said: string
  /** When the server got the last decision; null where no change of it is known. */
  readonly received: Date | null
}

/**
 * Of one stream the topics that were decided: `until` those of that day and before, `records` those among these ids. Two
 * that decide at once have both said it: the first counts for the day, the last for the receipt.
 */
export async function decidedTopics(
  db: Kysely<Database>,
  stream: string,
  which: { readonly until: Day } | { readonly records: readonly string[] },
): Promise<readonly EndedTopic[]> {
  const { rows } = await sql<EndedTopic>`
    select topic.id, topic.kind, step.fields->>'at' as said,
      (
        select max(change.received_at) from change
        where change.stream = ${stream} and change.record = step.id and change.op = 'create'
      ) as received
    from record as step
    join record as topic on topic.stream = ${stream} and topic.id = step.parent
      and topic.kind = 'topic' and not topic.removed
    where step.stream = ${stream} and step.kind = 'topic-step' and not step.removed
      and step.fields->>'step' = 'decide'
      and ${
        'until' in which
          ? sql`left(step.at, 10) <= ${which.until}`
          : sql`topic.id = any(${sql.val([...which.records])}::uuid[])`
      }
    order by topic.id, step.id`.execute(db)
  const byTopic = new Map<string, EndedTopic>()
  for (const row of rows) {
    const before = byTopic.get(row.id)
    byTopic.set(row.id, before ? ended(before, row) : row)
  }
  return [...byTopic.values()]
}

function ended(one: EndedTopic, other: EndedTopic): EndedTopic {
  const said = Date.parse(other.said) < Date.parse(one.said) ? other.said : one.said
  const moments = [one, other].flatMap(({ received }) => (received ? [received.getTime()] : []))
  return { ...one, said, received: moments.length > 0 ? new Date(Math.max(...moments)) : null }
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
