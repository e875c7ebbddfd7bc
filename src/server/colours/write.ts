/** Colours of some subjects, computed and written: five-colour records where one changed, subjects, tallies. */
import { sql, type Transaction } from 'kysely'
import { colourOf, type Colour } from '#domain/colour-of.ts'
import type { ColourRecord } from '#domain/colour.ts'
import type { Day } from '#domain/day.ts'
import { overrideOfRule } from '#domain/override.ts'
import type { RecordRow } from '../db/records.ts'
import type { Database, SubjectTable } from '../db/schema.ts'
import type { SubjectToColour } from './load.ts'
import type { SchemeInForce } from './scheme.ts'

export interface Colouring {
  readonly stream: string
  readonly today: Day
  readonly at: string
  readonly cause: ColourRecord['cause']
  readonly scheme: SchemeInForce
  readonly ids: () => string
}

export interface Coloured {
  /** New five-colour records, with versions after `head`. */
  readonly records: readonly RecordRow[]
  readonly head: number
}

/**
 * Colours subjects and takes those out that are none any more. A subject's first colour needs no record of its own:
 * it began with its registration; each later change of colour or of the rules that fired makes one.
 */
export async function writeColours(
  trx: Transaction<Database>,
  subjects: readonly SubjectToColour[],
  gone: readonly string[],
  head: number,
  colouring: Colouring,
): Promise<Coloured> {
  const before = await loadSubjects(trx, colouring.stream, [
    ...subjects.map((subject) => subject.id),
    ...gone,
  ])
  const tallies = new Map<string, number>()
  const count = (row: SubjectTable, by: number) => {
    const key = [row.kind, row.colour, row.residence].join('/')
    tallies.set(key, (tallies.get(key) ?? 0) + by)
  }
  const rows: SubjectTable[] = []
  const records: RecordRow[] = []
  let version = head
  for (const { id, subject, residence } of subjects) {
    const colour = colourOf(subject, colouring.scheme.scheme, colouring.today)
    const old = before.get(id)
    const row: SubjectTable = {
      stream: colouring.stream,
      id,
      kind: subject.kind,
      colour: colour.colour,
      residence,
      rules: rulesOf(colour),
      until: colour.until,
    }
    if (old && sameRow(old, row)) continue
    rows.push(row)
    if (old) count(old, -1)
    count(row, 1)
    if (old && (old.colour !== row.colour || old.rules !== row.rules)) {
      version += 1
      const cause = causeOf(old.rules, row.rules, colouring.cause)
      records.push(colourRecord(id, subject.kind, colour, version, { ...colouring, cause }))
    }
  }
  for (const id of gone) {
    const old = before.get(id)
    if (old) count(old, -1)
  }
  await writeSubjects(trx, rows)
  await removeSubjects(
    trx,
    colouring.stream,
    gone.filter((id) => before.has(id)),
  )
  await moveTallies(trx, colouring.stream, tallies)
  return { records, head: version }
}

function colourRecord(
  subject: string,
  subjectKind: ColourRecord['subjectKind'],
  colour: Colour,
  version: number,
  colouring: Colouring,
): RecordRow {
  const { stream, today, at, cause, scheme } = colouring
  const fields: ColourRecord = {
    subject,
    subjectKind,
    colour: colour.colour,
    scheme: scheme.id,
    schemeVersion: scheme.scheme.schemeVersion,
    reasons: [...colour.reasons],
    from: today,
    until: colour.until,
    cause,
  }
  return {
    stream,
    id: colouring.ids(),
    kind: 'colour',
    version,
    fields,
    created: { version, device: null, at },
    marks: {},
    removed: false,
    at,
    by: null,
    movedTo: null,
    moves: 0,
  }
}

/** What people said by hand is told apart from facts that changed. */
function causeOf(
  before: string,
  after: string,
  cause: ColourRecord['cause'],
): ColourRecord['cause'] {
  return cause === 'facts' && byHandOf(before) !== byHandOf(after) ? 'override' : cause
}

function byHandOf(rules: string): string | null {
  const [first = ''] = rules.split(' ')
  return overrideOfRule(first)
}

function rulesOf(colour: Colour): string {
  return colour.reasons.map((reason) => reason.rule).join(' ')
}

function sameRow(a: SubjectTable, b: SubjectTable): boolean {
  return (
    a.colour === b.colour &&
    a.rules === b.rules &&
    a.until === b.until &&
    a.residence === b.residence
  )
}

async function loadSubjects(
  trx: Transaction<Database>,
  stream: string,
  ids: readonly string[],
): Promise<Map<string, SubjectTable>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('subject')
    .selectAll()
    .where('stream', '=', stream)
    .where('id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function writeSubjects(
  trx: Transaction<Database>,
  rows: readonly SubjectTable[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into subject (stream, id, kind, colour, residence, rules, until)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, id uuid, kind text, colour text, residence text, rules text, until text
    )
    on conflict (stream, id) do update set colour = excluded.colour,
      residence = excluded.residence, rules = excluded.rules, until = excluded.until`.execute(trx)
}

async function removeSubjects(
  trx: Transaction<Database>,
  stream: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await trx
    .deleteFrom('subject')
    .where('stream', '=', stream)
    .where('id', 'in', [...ids])
    .execute()
}

async function moveTallies(
  trx: Transaction<Database>,
  stream: string,
  tallies: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [key, by] of tallies) {
    if (by === 0) continue
    const [kind = '', colour = '', residence = ''] = key.split('/')
    await trx
      .insertInto('tally')
      .values({ stream, kind, colour, residence, n: by })
      .onConflict((conflict) =>
        conflict
          .columns(['stream', 'kind', 'colour', 'residence'])
          .doUpdateSet({ n: sql<number>`tally.n + excluded.n` }),
      )
      .execute()
  }
}
