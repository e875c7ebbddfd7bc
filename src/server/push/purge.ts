/**
 * The purge: what its time is over for goes, from the register and from the log of changes, on the server and with the
 * next pull on every device. What stays is that it was purged, when and by which rule; decision 0030.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { addDays, instantToDay, type Day } from '#domain/day.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import { audit, calendarId } from '../db/audit.ts'
import { loadBelow, loadRecords, writeRecords, type RecordRow } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams, raiseHeads } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { loadPolicies } from './policy.ts'
import { writeLog } from './log.ts'

export interface PurgeClock {
  readonly now: number
  readonly ids: () => string
}

/** So many people or visits in one transaction: nobody's push waits long for it. */
const atOnce = 50

type Rule = 'gone' | 'visit'

/** Stream by stream; returns those that moved. */
export async function purgeDue(db: Kysely<Database>, clock: PurgeClock): Promise<string[]> {
  const streams = await db.selectFrom('stream').select('id').orderBy('id').execute()
  const policies = await loadPolicies(
    db,
    streams.map(({ id }) => id),
  )
  const moved = new Set<string>()
  for (const { id } of streams) {
    const policy = policies.get(id) ?? defaultPolicy
    for (const rule of ['gone', 'visit'] as const) {
      for (;;) {
        const due = await dueOf(db, id, rule, policy, clock)
        if (due.length === 0) break
        for (const stream of await purge(db, id, due, rule, clock)) moved.add(stream)
      }
    }
  }
  return [...moved]
}

/** Days are compared as text; a visit's moment too, as ISO 8601 in UTC sorts so. */
async function dueOf(
  db: Kysely<Database>,
  stream: string,
  rule: Rule,
  policy: Policy,
  { now }: PurgeClock,
): Promise<string[]> {
  const today = instantToDay(new Date(now).toISOString())
  const { rows } =
    rule === 'gone'
      ? await sql<{ id: string }>`
          select id from record
          where stream = ${stream} and kind = 'resident' and not removed
            and (fields->>'movedOutOn' is not null or fields->>'diedOn' is not null)
            and coalesce(fields->>'diedOn', fields->>'movedOutOn')
              < ${lastKept(today, policy.keepGoneDays)}
          order by id limit ${atOnce}`.execute(db)
      : await sql<{ id: string }>`
          select visit.id from record as visit
          where visit.stream = ${stream} and visit.kind = 'visit' and not visit.removed
            and visit.fields->>'at'
              < ${new Date(now - policy.keepVisitsDays * 86_400_000).toISOString()}
            and exists (
              select from record as later
              where later.stream = visit.stream and later.parent = visit.parent
                and later.kind = 'visit' and not later.removed
                and later.fields->>'at' > visit.fields->>'at'
            )
          order by visit.id limit ${atOnce}`.execute(db)
  return rows.map(({ id }) => id)
}

/** The first day that is still kept: so many days lie between it and today. */
function lastKept(today: Day, days: number): Day {
  return addDays(today, -days)
}

async function purge(
  db: Kysely<Database>,
  stream: string,
  due: readonly string[],
  rule: Rule,
  clock: PurgeClock,
): Promise<string[]> {
  // Where they came from lies what was changed there before; those logs are emptied as well, in order of locks.
  const earlier = (await loadRecords(db, [stream], due)).flatMap(({ created, marks }) =>
    [created, ...Object.values(marks)].flatMap((mark) => Object.keys(mark.earlier ?? {})),
  )
  const streams = [...new Set([stream, ...earlier])]
  return transact(db, async (trx) => {
    const locked = await lockStreams(trx, streams)
    const tops = (await loadRecords(trx, [stream], due)).filter((row) => !row.removed)
    const rows = [...(await withAll(trx, stream, tops, rule)), ...tops]
    let head = locked.get(stream)?.head ?? 0
    const gone = rows.map((row) => ({
      ...row,
      ...{ version: (head += 1), removed: true, fields: {}, marks: {} },
      created: { version: head, device: null, at: row.created.at },
    }))
    if (gone.length === 0) return []
    await writeRecords(trx, gone)
    await writeLines(trx, gone, clock)
    const at = new Date(clock.now).toISOString()
    const ids = gone.map(({ id }) => id)
    for (const place of locked.keys()) {
      const emptied = await emptyChanges(trx, place, ids)
      // In the stream where it stood each one is named, whether it was ever changed or not.
      const named = place === stream ? ids : [...emptied.keys()]
      await audit(
        trx,
        place,
        named.map((record) => ({
          ...{ act: 'purge', at, account: null, record },
          facts: { rule, kind: kindOf(gone, record), count: emptied.get(record) ?? 0 },
        })),
      )
      // Made of pages that still have it.
      await trx.deleteFrom('snapshot').where('stream', '=', place).execute()
    }
    await raiseHeads(trx, new Map([[stream, head]]))
    return [stream]
  })
}

function kindOf(rows: readonly RecordRow[], id: string): string {
  return rows.find((row) => row.id === id)?.kind ?? ''
}

/** What goes with them: what is about them, visits to them alone, and a household in which nobody is left. */
async function withAll(
  trx: Transaction<Database>,
  stream: string,
  tops: readonly RecordRow[],
  rule: Rule,
): Promise<RecordRow[]> {
  const ids = tops.map(({ id }) => id)
  const about = await loadBelow(trx, [stream], ids)
  if (rule === 'visit' || ids.length === 0) return about
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
    ...(await loadRecords(
      trx,
      [stream],
      visits.map(({ id }) => id),
    )),
    ...left,
  ]
  return [...new Map(all.map((row) => [row.id, row])).values()].filter((row) => !own.has(row.id))
}

/** A line for each: it says how old the tombstone is, and to a device that the lines before it are to be forgotten. */
async function writeLines(
  trx: Transaction<Database>,
  gone: readonly RecordRow[],
  { now, ids }: PurgeClock,
): Promise<void> {
  const at = new Date(now).toISOString()
  const changes = gone.map(({ stream, kind, id, version }) => ({
    mutation: {
      ...{ id: ids(), device: calendarId, seq: 0, at, batch: null, stream },
      ...{ kind, record: id, op: 'remove' as const, fields: {}, seen: 0 },
    },
    ...{ stream, version, correctedAt: at, fields: {} },
  }))
  await writeLog(
    trx,
    { changes, departures: [] },
    { account: { id: calendarId, role: null }, device: null, now },
  )
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
