/** An import taken back as a whole, in one transaction; refused as a whole where anything of it was built on since. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Import } from '#domain/import.ts'
import { mayImport } from '#domain/permission.ts'
import { traits, type Kind } from '#domain/record.ts'
import { authorOf, markUndone, spansOf, type Span, type WaitingImport } from '../db/imports.ts'
import { calendarId } from '../db/audit.ts'
import { loadBelow, loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import { listOf } from '../db/place-tree.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams, streamsOf } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { keyOf } from './draft.ts'
import { conclude, roleOf, type Decided, type ImportContext } from './import-apply.ts'
import { planUndo, type ImportLine } from './undo-plan.ts'
import { write } from './write.ts'

type BuiltOn = NonNullable<Import['builtOn']>
const mostTold = 20

/** Null where there is nothing to take back any more. The outcome stays `written` where somebody has built on it. */
export function undoImport(
  db: Kysely<Database>,
  { stream: home, id }: WaitingImport,
  context: ImportContext,
): Promise<Decided | null> {
  return transact(db, async (trx) => {
    const spans = await spansOf(trx, id)
    const units = await unitsOf(trx, id, spans)
    const named = [home, ...spans.map((span) => span.stream), ...units]
    const locked = await lockStreams(trx, [...new Set(named)])
    const heads = new Map([...locked].map(([stream, row]) => [stream, row.head]))
    const [record] = await loadRecords(trx, [home], [id])
    const fields = record?.fields as Import | undefined
    const author = await authorOf(trx, home, id, 'patch')
    if (!record || record.removed || !fields?.undoAsked || !author) return null
    // Nothing of it was written yet: it is let go.
    if (!fields.outcome) return conclude(trx, record, { outcome: 'undone' }, heads, context)
    if (fields.outcome !== 'written') return null

    // Asked again now, of every place that it would change.
    const scope = new Map((await streamsOf(trx, author.account)).map((row) => [row.id, row]))
    const role = await roleOf(trx, author.account)
    const isTheirs = spans.every(({ stream }) => scope.get(stream)?.own)
    if (role === null || !mayImport(role) || !isTheirs) {
      const kept = { ...record, fields: { ...record.fields, undoAsked: null } }
      return conclude(trx, kept, { outcome: 'written', reason: 'stream-not-yours' }, heads, context)
    }

    const keep = (builtOn: Import['builtOn']) => {
      const kept = { ...record, fields: { ...record.fields, undoAsked: null, builtOn } }
      return conclude(trx, kept, { outcome: 'written' }, heads, context)
    }
    const builtOn = await findBuiltOn(trx, id, spans)
    if (builtOn.length > 0) return keep(builtOn)
    const at = new Date(Math.min(Date.parse(fields.undoAsked), context.now)).toISOString()
    const { lines, records, clashes } = await loadUndo(trx, id, spans, units)
    const planning = { records, heads, ids: context.ids }
    const plan = await planUndo(lines, clashes, planning, { ...author, at }, context.breathe)
    if ('builtOn' in plan) return keep([...plan.builtOn])
    const by = { account: { id: author.account, role: null }, device: null }
    const written = await write(trx, { ...plan, before: records }, { ...by, ...context })
    await markUndone(trx, id)
    const done = { ...record, fields: { ...record.fields, builtOn: null } }
    const decided = await conclude(
      trx,
      done,
      { outcome: 'undone' },
      new Map([...heads, ...written]),
      context,
    )
    return { ...decided, moved: [...heads.keys()] }
  })
}

/** Records of it that changed or went since, and what was put into those that it made. */
async function findBuiltOn(
  trx: Transaction<Database>,
  id: string,
  spans: readonly Span[],
): Promise<BuiltOn> {
  const found: BuiltOn = []
  for (const { stream, to } of spans) {
    const { rows } = await sql<BuiltOn[number]>`
      with mine as (
        select distinct record, op from change
        where stream = ${stream}::uuid and batch = ${id}::uuid
      ), later as (
        select record.id, record.kind, record.version from record
        join mine on mine.record = record.id
        where record.stream = ${stream}::uuid and record.version > ${to}
        union
        select child.id, child.kind, child.version from record as child
        join mine on mine.record = child.parent and mine.op = 'create'
        where child.stream = ${stream}::uuid and child.version > ${to} and not child.removed
          and child.kind in ('dwelling', 'household', 'resident', 'visit', 'request', 'inquiry',
            'request-step', 'asker')
          -- A reminder of the calendar is nobody's work.
          and child.by is distinct from ${calendarId}::uuid
      )
      select later.kind, later.id as record, change.account as by, change.corrected_at as at
      from later left join lateral (
        select account, corrected_at from change
        where change.stream = ${stream}::uuid and change.record = later.id
        order by change.version desc limit 1
      ) as change on true
      order by later.version limit ${mostTold}`.execute(trx)
    found.push(...rows)
  }
  return found.slice(0, mostTold)
}

/** Everything that taking it back looks at: what it wrote, and what stands in whom it moved. */
async function loadUndo(
  trx: Transaction<Database>,
  id: string,
  spans: readonly Span[],
  units: readonly string[],
) {
  const streams = spans.map(({ stream }) => stream)
  const rows = await trx
    .selectFrom('change')
    .select(['id', 'stream', 'record', 'kind', 'op', 'fields'])
    .where('stream', '=', listOf(streams))
    .where('batch', '=', id)
    .where('op', '<>', 'leave')
    .execute()
  const lines = rows as readonly (ImportLine & { readonly kind: Kind })[]
  const ids = [...new Set(lines.map(({ record }) => record))]
  const parents = lines.flatMap(({ fields }) =>
    ['household', 'dwelling', 'building'].flatMap((field) => {
      const was = fields[field]?.[0]
      return typeof was === 'string' ? [was] : []
    }),
  )
  // Whatever says anew what it stands in may have to go to another grid for it, with all that is its own.
  const moved = lines.filter(({ op, kind, fields }) => {
    const field = traits[kind].belongsTo?.field
    return op === 'patch' && ('stream' in fields || (field !== undefined && field in fields))
  })
  const found = [
    ...(await loadRecords(trx, streams, [...new Set([...ids, ...parents])])),
    ...(await loadBelow(trx, streams, [...new Set(moved.map(({ record }) => record))])),
  ]
  // Both values of a clash that only the import brought about; one that came along with a person was there before.
  const clashes: RecordRow[] = []
  for (const { stream, from, to } of spans) {
    const made = await trx
      .selectFrom('record')
      .select('id')
      .where('stream', '=', stream)
      .where('kind', '=', 'clash')
      .where('version', '>', from)
      .where('version', '<=', to)
      .where('moves', '=', 0)
      .where('removed', '=', false)
      .execute()
    clashes.push(
      ...(await loadRecords(
        trx,
        [stream],
        made.map((clash) => clash.id),
      )),
    )
  }
  clashes.push(...(await loadBesides(trx, [...streams, ...units], lines)))
  const records = new Map([...found, ...clashes].map((row) => [keyOf(row.stream, row.id), row]))
  return { lines, records, clashes: clashes.map((clash) => clash.id) }
}

/** What the server wrote beside the requests of an import: units' errands, and what the calendar said of them. */
async function loadBesides(
  trx: Transaction<Database>,
  streams: readonly string[],
  lines: readonly (ImportLine & { readonly kind: Kind })[],
): Promise<RecordRow[]> {
  const requests = lines.flatMap(({ kind, op, record }) =>
    kind === 'request' && op === 'create' ? [record] : [],
  )
  if (requests.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from record
    where stream = any(${sql.val([...streams])}::uuid[]) and not removed and (
      (kind = 'errand' and fields->>'request' = any(${sql.val(requests)}::text[]))
      or (kind = 'request-step' and parent = any(${sql.val(requests)}::uuid[])
        and by = ${calendarId}::uuid)
    )`.execute(trx)
  return loadRecords(
    trx,
    streams,
    rows.map(({ id }) => id),
  )
}

/** Streams of the units that have something of its requests: nobody's of those who import. */
async function unitsOf(
  trx: Transaction<Database>,
  id: string,
  spans: readonly Span[],
): Promise<string[]> {
  const { rows } = await sql<{ stream: string }>`
    select distinct errand.stream from record as errand
    where errand.kind = 'errand' and not errand.removed and errand.fields->>'request' in (
      select record::text from change where batch = ${id}::uuid and kind = 'request'
        and stream = any(${sql.val(spans.map(({ stream }) => stream))}::uuid[])
    )`.execute(trx)
  return rows.map(({ stream }) => stream)
}
