/** Colours of some subjects, computed and written: five-colour records where one changed, subjects, tallies. */
import { sql, type Transaction } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import { colourOf, type Colour } from '#domain/colour-of.ts'
import type { ColourRecord } from '#domain/colour.ts'
import { coverageOf, isMeant, monthOf } from '#domain/coverage.ts'
import { earlier, instantToDay, type Day } from '#domain/day.ts'
import { overrideOfRule } from '#domain/override.ts'
import { untouched, type RecordRow } from '../db/record-row.ts'
import type { Database, SubjectTable } from '../db/schema.ts'
import { callRows, colourCalls } from './calls.ts'
import { createCounts, writeCounts, type Counts } from './counts.ts'
import { callsOf, subjectsOf, type Home, type SubjectToColour } from './load.ts'
import type { SchemeInForce } from './scheme-in.ts'

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

/** What is coloured: everything of some homes, or only some of their subjects. */
export interface ToColour {
  readonly home: Home
  /** The subjects to write; absent: all of them. */
  readonly only?: ReadonlySet<string>
  /** Known to be none any more. */
  readonly gone: readonly string[]
}

/** What is coloured in one stream, whose last version is `head`. */
export interface ToWrite extends ToColour {
  readonly head: number
  readonly colouring: Colouring
}

/**
 * Colours subjects and takes those out that are none any more. A subject's first colour needs no record of its own:
 * it began with its registration; each later change of colour or of the rules that fired makes one.
 */
export async function writeColours(trx: Transaction<Database>, one: ToWrite): Promise<Coloured> {
  const [coloured = { records: [], head: one.head }] = await writeColoursOf(trx, [one])
  return coloured
}

/** The same in several streams at once, in as many statements as in one; what each came to, in the same order. */
export async function writeColoursOf(
  trx: Transaction<Database>,
  all: readonly ToWrite[],
): Promise<readonly Coloured[]> {
  const decided: Decided[] = []
  for (const one of all) decided.push(await decideColours(trx, one))
  await writeSubjects(
    trx,
    decided.flatMap(({ rows }) => rows),
  )
  for (const { stream, left } of decided) await removeSubjects(trx, stream, left)
  await writeCounts(
    trx,
    decided.map(({ counts }) => counts),
  )
  return decided
}

interface Decided extends Coloured {
  readonly stream: string
  readonly rows: readonly SubjectTable[]
  /** Subjects that are none any more. */
  readonly left: readonly string[]
  readonly counts: Counts
}

/** Asks the database only for rows that did not come with the home. */
async function decideColours(
  trx: Transaction<Database>,
  { home, only, gone, head, colouring }: ToWrite,
): Promise<Decided> {
  const { stream, today } = colouring
  const { scheme } = colouring.scheme
  const all = subjectsOf(home)
  const subjects = only ? all.filter(({ id }) => only.has(id)) : all
  const colours = new Map<string, Colour>()
  const colourFor = ({ id, subject }: SubjectToColour) => {
    const made = colours.get(id) ?? colourOf(subject, scheme, today)
    colours.set(id, made)
    return made
  }
  const calls = callRows(stream, colourCalls(callsOf(home, all), all, colourFor), scheme)
  const leaving = leavingOf(home, calls, gone)
  const before =
    home.subjects ??
    (await loadSubjects(trx, stream, [
      ...subjects.map(({ id }) => id),
      ...calls.map(({ id }) => id),
      ...leaving,
    ]))
  const counts = createCounts(stream, today)
  const arrived = arrivedToday(home, today)
  const rows: SubjectTable[] = []
  const records: RecordRow[] = []
  let version = head
  /** The row as it was before, null where nothing of it is new. */
  const keep = (row: SubjectTable) => {
    const old = before.get(row.id)
    if (old && sameRow(old, row)) return null
    rows.push(row)
    counts.move(old, row)
    return old ?? null
  }
  for (const one of subjects) {
    const { id, residence } = one
    const { kind } = one.subject
    const colour = colourFor(one)
    const { met, until } = coverageRow(one, colour, home, colouring)
    const rules = rulesOf(colour)
    const row = { stream, id, kind, colour: colour.colour, residence, rules, until, due: null, met }
    const old = keep(row)
    if (!before.has(id) && row.colour !== 'grey' && arrived.has(id)) {
      counts.shift(undefined, row, colouring.cause)
    }
    if (!old || (old.colour === row.colour && old.rules === row.rules)) continue
    version += 1
    const cause = causeOf(old.rules, row.rules, colouring.cause)
    records.push(colourRecord(id, kind, colour, version, { ...colouring, cause }))
    if (old.colour !== row.colour) counts.shift(old, row, cause)
  }
  for (const row of calls) keep(row)
  const left = leaving.filter((id) => before.has(id))
  for (const id of left) counts.move(before.get(id), undefined)
  return { stream, rows, left, counts, records, head: version }
}

/** Whether coverage means a resident and when they were met, and the next day on which this or the colour can change. */
function coverageRow(
  { id, household, subject }: SubjectToColour,
  colour: Colour,
  home: Home,
  { scheme: { scheme }, today }: Colouring,
): { readonly met: string | null; readonly until: Day | null } {
  if (subject.kind !== 'resident' || household === undefined) {
    return { met: null, until: colour.until }
  }
  const { holds, next } = isMeant(subject, scheme, today)
  const until = earlier(colour.until, next)
  if (!holds) return { met: null, until }
  const { joinedOn } = subject.context.resident
  const last = home.lastMet.by(coverageOf(scheme).channels, household, id, joinedOn)
  return { met: last === null ? '' : monthOf(last), until }
}

/** Those who came into the register on this day, and not from another grid or back to it. */
function arrivedToday(home: Home, today: Day): ReadonlySet<string> {
  const rows = [...home.residents, ...home.dwellings]
  const isNew = ({ at, moves }: RecordRow) =>
    moves === 0 && at !== null && instantToDay(at) === today
  return new Set(rows.filter(isNew).map(({ id }) => id))
}

/** What is known to be gone, and the households of these homes that nobody could be called on in any more. */
function leavingOf(
  home: Home,
  calls: readonly SubjectTable[],
  gone: readonly string[],
): readonly string[] {
  const called = new Set(calls.map(({ id }) => id))
  const empty = home.households.map(({ id }) => id).filter((id) => !called.has(id))
  return [...new Set([...gone, ...empty])]
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
    id: idBornIn(stream, colouring.ids()),
    kind: 'colour',
    version,
    fields,
    created: { version, device: null, at },
    ...untouched(),
    at,
    by: null,
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
    a.residence === b.residence &&
    a.due === b.due &&
    a.met === b.met
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
    insert into subject (stream, id, kind, colour, residence, rules, until, due, met)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, id uuid, kind text, colour text, residence text, rules text, until text,
      due text, met text
    )
    on conflict (stream, id) do update set colour = excluded.colour,
      residence = excluded.residence, rules = excluded.rules, until = excluded.until,
      due = excluded.due, met = excluded.met`.execute(trx)
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
    .where('id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .execute()
}
