/**
 * How each request stands, as a row: written with every change of its steps, in the same transaction, by whatever way
 * the change came. Tests hold it equal to what the steps lead to.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { JudgedStep } from '#domain/requests/course.ts'
import type { Request } from '#domain/requests/request.ts'
import { helpOf } from '#domain/requests/help.ts'
import { standingOf } from '#domain/requests/standing.ts'
import { openStates } from '#domain/requests/transition.ts'
import { keepHelp } from './help.ts'
import { loadRequestRules } from './request-rules.ts'
import type { RequestStateTable } from './request-state-row.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

interface Written {
  readonly stream: string
  readonly id: string
  readonly kind: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly removed: boolean
}

interface Key {
  readonly stream: string
  readonly request: string
}

/** `records` were written; of kinds that say nothing of requests nothing is looked at. */
export async function keepRequestStates(
  trx: Transaction<Database>,
  records: readonly Written[],
): Promise<void> {
  const keys = new Map<string, Key>()
  for (const { stream, id, kind, fields } of records) {
    const request =
      kind === 'request'
        ? id
        : kind === 'request-step' || kind === 'asker'
          ? fields['request']
          : null
    if (typeof request === 'string') keys.set(`${stream}/${request}`, { stream, request })
  }
  if (keys.size > 0) await writeRequestStates(trx, [...keys.values()])
}

/** Counts some requests anew, as their steps and the rules in force say. */
export async function writeRequestStates(
  trx: Transaction<Database>,
  keys: readonly Key[],
): Promise<void> {
  const rows: FoundRequest[] = []
  for (const stream of new Set(keys.map((key) => key.stream))) {
    const own = keys.filter((key) => key.stream === stream).map(({ request }) => request)
    rows.push(...(await readRequests(trx, stream, own)))
  }
  const gone = rows.filter(({ removed }) => removed)
  if (gone.length > 0) await dropRequestStates(trx, gone)
  const living = rows.filter(({ removed }) => !removed)
  if (living.length === 0) {
    await keepHelp(trx, keys, [])
    return
  }
  const rules = await loadRequestRules(trx, [...new Set(living.map(({ stream }) => stream))])
  const states = living.flatMap((row): RequestStateTable[] => {
    const own = rules.get(row.stream)
    if (!own) return []
    const { fields, stream, id, building } = row
    const steps = row.steps ?? []
    const standing = standingOf(fields, steps, own)
    const about = fields.siteKind === 'resident' && fields.site ? [fields.site] : []
    const residents = [...new Set([...about, ...(row.askers ?? [])])]
    const help = helpOf(fields, steps, own.itemOf)
    return [
      {
        ...{ stream, request: id, number: fields.number, building, rules: own.key },
        ...{ item: standing.item, source: fields.source, residents },
        ...{ is_help: help !== null, unmet_on: help?.unmetOn ?? null },
        item_name: own.itemOf(standing.item)?.name ?? fields.itemName ?? null,
        ...{ state: standing.state, is_open: openStates.includes(standing.state) },
        ...{ round: standing.round, level: standing.level, unit: standing.unit },
        ...{ asks: standing.asks, is_provisional: standing.isProvisional },
        ...{ is_paused: standing.isPaused, in_time: standing.inTime },
        submitted_at: moment(standing.submittedAt ?? Date.parse(fields.at)),
        ...{ promise: moment(standing.promise), due: moment(standing.due) },
        ...{ supervision: standing.supervision, closed_at: moment(standing.closedAt) },
        ...{ ending: standing.ending, solved: standing.solved, content: standing.content },
        ...{ last_step: standing.lastStep, next_at: moment(standing.nextAt) },
      },
    ]
  })
  await sql`
    insert into request_state
    select * from jsonb_populate_recordset(null::request_state, ${JSON.stringify(states)}::jsonb)
    on conflict (stream, request) do update set
      number = excluded.number, item = excluded.item, item_name = excluded.item_name,
      source = excluded.source, building = excluded.building, residents = excluded.residents,
      is_help = excluded.is_help, unmet_on = excluded.unmet_on,
      state = excluded.state, is_open = excluded.is_open, round = excluded.round,
      level = excluded.level, unit = excluded.unit, asks = excluded.asks,
      submitted_at = excluded.submitted_at, promise = excluded.promise,
      is_provisional = excluded.is_provisional, is_paused = excluded.is_paused,
      due = excluded.due, in_time = excluded.in_time, supervision = excluded.supervision,
      closed_at = excluded.closed_at, ending = excluded.ending, solved = excluded.solved,
      content = excluded.content, last_step = excluded.last_step, next_at = excluded.next_at,
      rules = excluded.rules`.execute(trx)
  await keepHelp(
    trx,
    keys,
    states.filter(({ is_help }) => is_help),
  )
}

interface FoundRequest {
  readonly stream: string
  readonly id: string
  readonly fields: Request
  readonly removed: boolean
  readonly building: string | null
  readonly steps: readonly (JudgedStep & { readonly version: number })[] | null
  readonly askers: readonly string[] | null
}

/** Requests of one stream, which each part of the question names: on several machines one of them answers it. */
async function readRequests(
  trx: Transaction<Database>,
  stream: string,
  requests: readonly string[],
): Promise<FoundRequest[]> {
  const { rows } = await sql<FoundRequest>`
    select record.stream, record.id, record.fields, record.removed,
      (
        with recursive up as (
          select site.id, site.kind, site.parent from record as site
          where site.stream = ${stream}::uuid and site.id = record.parent
          union all
          select above.id, above.kind, above.parent from record as above
          join up on above.id = up.parent where above.stream = ${stream}::uuid
        )
        select id from up where kind = 'building' limit 1
      ) as building,
      (
        select jsonb_agg(
          step.fields || jsonb_build_object('id', step.id, 'doneBy', coalesce(step.by::text, ''))
          order by step.version)
        from record as step
        where step.stream = ${stream}::uuid and step.parent = record.id
          and step.kind = 'request-step' and not step.removed
      ) as steps,
      (
        select jsonb_agg(asker.fields->>'resident') from record as asker
        where asker.stream = ${stream}::uuid and asker.parent = record.id
          and asker.kind = 'asker' and not asker.removed
          and asker.fields->>'resident' is not null
      ) as askers
    from record
    where record.stream = ${stream}::uuid and record.kind = 'request'
      and record.id = any(${sql.val([...requests])}::uuid[])`.execute(trx)
  return rows
}

async function dropRequestStates(
  trx: Transaction<Database>,
  gone: readonly { readonly stream: string; readonly id: string }[],
): Promise<void> {
  await sql`
    delete from request_state using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb)
      as gone (stream uuid, id uuid)
    where request_state.stream = ${listOf(gone.map(({ stream }) => stream))}
      and request_state.stream = gone.stream and request_state.request = gone.id`.execute(trx)
}

function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** Nothing can be done for a request before a moment, although it fell due. The next word of it counts the row anew. */
export async function postponeLook(
  trx: Transaction<Database>,
  { stream, request }: Key,
  until: number,
): Promise<void> {
  await sql`
    update request_state set next_at = ${new Date(until).toISOString()}::timestamptz
    where stream = ${stream} and request = ${request} and next_at is not null`.execute(trx)
}

/** Requests for which the calendar has something to do, the longest overdue first; those that come after one. */
export async function requestsToLookAt(
  db: Kysely<Database>,
  now: number,
  after: { readonly at: string; readonly request: string } | null,
  most: number,
): Promise<readonly (Key & { readonly at: string })[]> {
  const { rows } = await sql<Key & { at: string }>`
    select stream, request, next_at::text as at from request_state
    where next_at <= ${new Date(now).toISOString()}::timestamptz
      ${after ? sql`and (next_at, request) > (${after.at}::timestamptz, ${after.request}::uuid)` : sql``}
    order by next_at, request limit ${most}`.execute(db)
  return rows
}

/** Open requests that were counted by another catalogue or calendar than the one in force. */
export async function requestsOfOldRules(
  db: Kysely<Database>,
  most: number,
): Promise<readonly Key[]> {
  const { rows } = await sql<{ stream: string; rules: string }>`
    select distinct stream, rules from request_state where is_open`.execute(db)
  const rules = await loadRequestRules(db, [...new Set(rows.map(({ stream }) => stream))])
  const old = rows.filter((row) => rules.get(row.stream)?.key !== row.rules)
  if (old.length === 0) return []
  const found = await sql<Key>`
    select state.stream, state.request from request_state as state
    join jsonb_to_recordset(${JSON.stringify(old)}::jsonb) as old (stream uuid, rules text)
      on old.stream = state.stream and old.rules = state.rules
    where state.stream = ${listOf(old.map(({ stream }) => stream))} and state.is_open limit ${most}`.execute(
    db,
  )
  return found.rows
}
