/** An import taken back as a whole, in one transaction; refused as a whole where anything of it was built on since. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Import } from '#domain/import.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { colourTouched } from '../colours/touched.ts'
import { authorOf, markUndone, spansOf, type Span, type WaitingImport } from '../db/imports.ts'
import { loadRecords, writeRecords, type RecordRow } from '../db/records.ts'
import type { ChangeTable, Database } from '../db/schema.ts'
import { lockStreams, raiseHeads } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { keyOf, type ChangeRow } from './draft.ts'
import { conclude, type Decided, type ImportContext } from './import-apply.ts'
import { writeLog } from './log.ts'

type BuiltOn = NonNullable<Import['builtOn']>
const mostTold = 20
const rowsAtOnce = 4_000

/** Null where there is nothing to take back any more. The outcome stays `written` where somebody has built on it. */
export function undoImport(
  db: Kysely<Database>,
  { stream: home, id }: WaitingImport,
  context: ImportContext,
): Promise<Decided | null> {
  return transact(db, async (trx) => {
    const spans = await spansOf(trx, id)
    const locked = await lockStreams(trx, [...new Set([home, ...spans.map((span) => span.stream)])])
    const heads = new Map([...locked].map(([stream, row]) => [stream, row.head]))
    const [record] = await loadRecords(trx, [home], [id])
    const fields = record?.fields as Import | undefined
    const author = await authorOf(trx, home, id, 'patch')
    if (!record || record.removed || !fields?.undoAsked || !author) return null
    // Nothing of it was written yet: it is let go.
    if (!fields.outcome) return conclude(trx, record, { outcome: 'undone' }, heads)
    if (fields.outcome !== 'written') return null

    const builtOn = await findBuiltOn(trx, id, spans)
    if (builtOn.length > 0) {
      const kept = { ...record, fields: { ...record.fields, undoAsked: null, builtOn } }
      return conclude(trx, kept, { outcome: 'written' }, heads)
    }
    const moved = new Map(heads)
    for (const span of spans) {
      const taken = await takeBack(trx, id, span, { ...author, at: fields.undoAsked }, context)
      moved.set(span.stream, await writeTaken(trx, span.stream, taken, author.account, context))
    }
    await markUndone(trx, id)
    const done = { ...record, fields: { ...record.fields, builtOn: null } }
    const decided = await conclude(trx, done, { outcome: 'undone' }, moved)
    return { ...decided, moved: [...moved.keys()] }
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
          and child.kind in ('dwelling', 'household', 'resident', 'visit')
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

interface Taken {
  readonly before: ReadonlyMap<string, RecordRow>
  readonly after: ReadonlyMap<string, RecordRow>
  readonly changes: readonly ChangeRow[]
  readonly head: number
}

/** What a stream's records become: what it made is gone, what it changed is as it was. */
async function takeBack(
  trx: Transaction<Database>,
  id: string,
  { stream, from, to }: Span,
  by: {
    readonly account: string
    readonly device: string
    readonly seq: number
    readonly at: string
  },
  context: ImportContext,
): Promise<Taken> {
  const log = await trx
    .selectFrom('change')
    .select(['record', 'op', 'fields', 'version'])
    .where('stream', '=', stream)
    .where('batch', '=', id)
    .where('version', '>', from)
    .orderBy('version', 'desc')
    .execute()
  const rows = await loadRecords(trx, [stream], [...new Set(log.map(({ record }) => record))])
  const before = new Map(rows.map((row) => [keyOf(stream, row.id), row]))
  const after = new Map<string, RecordRow>()
  const changes: ChangeRow[] = []
  const at = new Date(Math.min(Date.parse(by.at), context.now)).toISOString()
  let head = await headOf(trx, stream)
  for (const [index, line] of log.entries()) {
    if (index % 1_000 === 0) await context.breathe()
    const key = keyOf(stream, line.record)
    const held = after.get(key) ?? before.get(key)
    if (!held || held.removed) continue
    head += 1
    const mutation = asMutation(context.ids(), held, line.op, by, at)
    const mark = {
      version: head,
      device: by.device,
      at,
      by: by.account,
      mutation: mutation.id,
    }
    const undone = undo(held, line, mark)
    after.set(key, undone)
    const fields = differences(held, undone)
    changes.push({ mutation, stream, version: head, correctedAt: at, fields })
  }
  // Both values of a clash that only the import brought about.
  const clashes = await trx
    .selectFrom('record')
    .select('id')
    .where('stream', '=', stream)
    .where('kind', '=', 'clash')
    .where('version', '>', from)
    .where('version', '<=', to)
    .where('removed', '=', false)
    .execute()
  for (const row of await loadRecords(
    trx,
    [stream],
    clashes.map((clash) => clash.id),
  )) {
    head += 1
    after.set(keyOf(stream, row.id), {
      ...row,
      version: head,
      removed: true,
      fields: {},
      marks: {},
    })
  }
  return { before, after, changes, head }
}

type LogLine = Pick<ChangeTable, 'op'> & { readonly fields: ChangeRow['fields'] }

function undo(
  held: RecordRow,
  { op, fields: changed }: LogLine,
  mark: RecordRow['created'],
): RecordRow {
  const { version } = mark
  if (op === 'create') return { ...held, version, removed: true, fields: {}, marks: {} }
  const fields: Record<string, unknown> = { ...held.fields }
  const marks: Record<string, RecordRow['created']> = { ...held.marks }
  for (const [name, [was]] of Object.entries(changed)) {
    if (name === 'stream') continue
    fields[name] = was
    marks[name] = mark
  }
  return { ...held, version, fields, marks }
}

function differences(held: RecordRow, undone: RecordRow): ChangeRow['fields'] {
  const names = new Set([...Object.keys(held.fields), ...Object.keys(undone.fields)])
  return Object.fromEntries(
    [...names]
      .map((name) => [name, [held.fields[name] ?? null, undone.fields[name] ?? null]] as const)
      .filter(([, [was, is]]) => was !== is),
  )
}

function asMutation(
  id: string,
  { stream, kind, id: record }: RecordRow,
  op: ChangeTable['op'],
  { device, seq }: { readonly device: string; readonly seq: number },
  at: string,
): Mutation {
  const undoing = op === 'create' ? 'remove' : 'patch'
  return {
    id,
    device,
    seq,
    at,
    batch: null,
    stream,
    kind,
    record,
    op: undoing,
    fields: {},
    seen: 0,
  }
}

async function writeTaken(
  trx: Transaction<Database>,
  stream: string,
  { before, after, changes, head }: Taken,
  account: string,
  context: ImportContext,
): Promise<number> {
  const rows = [...after.values()]
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await writeRecords(trx, rows.slice(start, start + rowsAtOnce))
    await context.breathe()
  }
  for (let start = 0; start < changes.length; start += rowsAtOnce) {
    const part = changes.slice(start, start + rowsAtOnce)
    const by = { account: { id: account, role: null }, device: null, now: context.now }
    await writeLog(trx, { changes: part, departures: [] }, by)
    await context.breathe()
  }
  const heads = await colourTouched(trx, before, after, new Map([[stream, head]]), context)
  await raiseHeads(trx, heads)
  return heads.get(stream) ?? head
}

async function headOf(trx: Transaction<Database>, stream: string): Promise<number> {
  const { head } = await trx
    .selectFrom('stream')
    .select('head')
    .where('id', '=', stream)
    .executeTakeFirstOrThrow()
  return head
}
