/** `POST /api/table` and `POST /api/table/count`: a table of people over places of the account; with a purpose, on record. */
import { Hono } from 'hono'
import { approvalFor } from '#domain/approval.ts'
import { dayAt } from '#domain/day.ts'
import { pickColumns } from '#domain/door-columns.ts'
import { ageGroupOf } from '#domain/minor.ts'
import { communities, isGrid } from '#domain/place.ts'
import { filterSchema } from '#domain/sheet-filter.ts'
import { cellsBeyond, isBeyondSort } from '#domain/sheet-beyond.ts'
import {
  pageOfTable,
  sliceOfTable,
  tableCountRequestSchema,
  tableRequestSchema,
  type Leaving,
  type TableAnswer,
  type TableCount,
  type TableCountRequest,
  type TableRequest,
} from '#protocol/table.ts'
import { pageOfPeople } from '../colours/table.ts'
import type { NamesAbove, PersonRow } from '../colours/people-rows.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { namesOfPlaces, treeBelow, type PlaceName, type TreePlace } from '../db/place-tree.ts'
import { countPeople } from '../db/table.ts'
import { loadApprovals } from '../ledger/approvals.ts'
import type { SessionRow } from '../db/sessions.ts'
import { createAllowance } from './allowance.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'

const maxQuestionBytes = 16 * 1024
/** Whoever scrolls reads less; a whole subdistrict by pages of the screen takes hours. */
const screenPace = { most: 60, aSecond: 0.5 }
/** A file of 350,000 goes in one run, and the next one waits for it. */
const filePace = { most: 800, aSecond: 1 }
/** A page goes out with what it has after so many milliseconds: where few are meant, another one goes on. */
const patienceMs = 150

export function tableRoutes(office: Office): Hono<Env> {
  const { db, clock } = office
  const pages = createAllowance(clock, screenPace)
  const slices = createAllowance(clock, filePace)
  const app = new Hono<Env>()

  app.post('/', limitBody(maxQuestionBytes), async (context) => {
    const request = await readBody(context, tableRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const columns = pickColumns('residents', request.columns)
    const sort = sortOf(request)
    if (columns.length === 0 || sort === undefined) return refuse(context, 'invalid-fields')
    const session = context.get('session')
    const leaving = request.leaving ?? null
    const wait = (leaving ? slices : pages).take(session.account)
    if (wait > 0) return refuse(context, 'too-many-attempts', wait)
    const tree = await treeBelow(db, session.account)
    const range = await rangeOf(office, tree, request)
    if (!range || (leaving && !tree.some(({ id }) => id === leaving.stream))) {
      return refuse(context, 'stream-not-yours')
    }
    const began = clock.now()
    const today = dayAt(began)
    const page = await pageOfPeople(db, {
      ...{ streams: range.streams, filter: request.filter, today, sort },
      ...{ cursor: request.cursor, limit: leaving ? sliceOfTable : pageOfTable },
      namesOf: range.namesOf,
      isLate: () => clock.now() - began > patienceMs,
    })
    if (!page) return refuse(context, 'changed-meanwhile')
    const gone = leaving ? await leavingOf(office, session, leaving.stream, page.rows) : page
    const { rows, minors, left } = { minors: 0, left: 0, ...gone }
    // Noted before it is answered: what cannot be noted is not shown.
    if (leaving && request.cursor === null) await noteBegun(office, session, request, leaving)
    await note(office, session, request, {
      ...{
        count: rows.length,
        columns: columns.map(({ key }) => key).join(),
        sort: sort?.by ?? null,
      },
      ...(leaving && {
        ...{ open: leaving.open, format: leaving.format, recipient: leaving.recipient },
        ...{ ground: leaving.ground, minors, left },
      }),
    })
    context.header('Cache-Control', 'no-store')
    return context.json({
      ...{ ok: true, cursor: page.cursor, minors, left },
      columns: columns.map(({ key }) => key),
      rows: rows.map((row) => ({
        ...{ id: row.id, stream: row.gridId },
        cells: cellsBeyond(columns, row, leaving?.open === true).map(asSent),
      })),
    } satisfies TableAnswer)
  })

  app.post('/count', limitBody(maxQuestionBytes), async (context) => {
    const request = await readBody(context, tableCountRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const session = context.get('session')
    const wait = pages.take(session.account)
    if (wait > 0) return refuse(context, 'too-many-attempts', wait)
    const range = await rangeOf(office, await treeBelow(db, session.account), request)
    if (!range) return refuse(context, 'stream-not-yours')
    const { filter } = request
    const today = dayAt(clock.now())
    const count = await countPeople(db, { streams: range.streams, filter, today })
    await note(office, session, request, { count, counted: true })
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, count } satisfies TableCount)
  })
  return app
}

/** Undefined where the server does not order by that. */
function sortOf({ sort }: TableRequest) {
  if (sort === null) return null
  const { column, descending } = sort
  return isBeyondSort(column) ? { by: column, descending } : undefined
}

interface Range {
  /** In the order of the tree. */
  readonly streams: readonly string[]
  readonly namesOf: (stream: string) => NamesAbove
}

/** A place of the account with all below it; null where it is none of the account's. */
async function rangeOf(
  { db }: Pick<Office, 'db'>,
  tree: readonly TreePlace[],
  { place, filter }: TableCountRequest,
): Promise<Range | null> {
  const parents = new Map<string, string | null>()
  for (const { parent, grandparent } of tree) if (parent) parents.set(parent, grandparent)
  for (const { id, parent } of tree) parents.set(id, parent)
  if (!tree.some(({ id }) => id === place)) return null
  const pathOf = (id: string) => {
    const path: string[] = []
    for (let at: string | null = id; at !== null && path.length < mostLevels;) {
      path.unshift(at)
      at = parents.get(at) ?? null
    }
    return path
  }
  const names = await namesOfPlaces(db, [...parents.keys()])
  const keyOf = (id: string) =>
    pathOf(id)
      .map((part) => String(names.get(part)?.order ?? 0).padStart(7, '0') + part)
      .join('/')
  const streams = tree
    .map(({ id }) => id)
    .filter((id) => (filter.grid ? id === filter.grid : true) && pathOf(id).includes(place))
    .map((id) => ({ id, key: keyOf(id) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => id)
  const known = new Map<string, NamesAbove>()
  const namesOf = (stream: string) => {
    const made = known.get(stream) ?? namesIn(pathOf(stream).map((id) => names.get(id)))
    known.set(stream, made)
    return made
  }
  return { streams, namesOf }
}

/** A tree that ran in a circle would be broken. */
const mostLevels = 64

function namesIn(path: readonly (PlaceName | undefined)[]): NamesAbove {
  const nameOf = (isOf: (kind: string) => boolean) =>
    path.filter((one) => one?.kind && isOf(one.kind)).map((one) => one?.name ?? '')
  return {
    subdistrict: nameOf((kind) => kind === 'subdistrict')[0] ?? '',
    community: nameOf((kind) => communities.some((one) => one === kind))[0] ?? '',
    grid: nameOf((kind) => isGrid(kind as Parameters<typeof isGrid>[0])).join(' '),
  }
}

/** Nobody under 18 leaves the register unless an approval holds where they live and where the export is noted. */
async function leavingOf(
  { db, clock }: Pick<Office, 'db' | 'clock'>,
  { account, role }: SessionRow,
  stream: string,
  all: readonly PersonRow[],
) {
  const on = dayAt(clock.now())
  const isMinor = ({ resident }: PersonRow) =>
    resident !== null && ageGroupOf(resident, on) !== null
  const minors = all.filter(isMinor)
  const places = new Set([stream, ...minors.map(({ gridId }) => gridId)])
  const approvals = await loadApprovals(db, [...places])
  const isApproved = (place: string) =>
    approvalFor(approvals.get(place) ?? [], { account, role, act: 'export', on }) !== null
  const approved = isApproved(stream) ? [...places].filter(isApproved) : []
  const rows = all.filter((row) => !isMinor(row) || approved.includes(row.gridId))
  const left = all.length - rows.length
  return { rows, minors: minors.length - left, left }
}

/** A file stands in the log where its export will be noted before its first rows leave: it may be stopped half way. */
function noteBegun(
  { db, clock }: Pick<Office, 'db' | 'clock'>,
  { account, device }: SessionRow,
  { purpose }: TableRequest,
  { stream, open, format, recipient, ground }: Leaving,
): Promise<void> {
  return auditAlone(db, stream, {
    ...{ act: 'export', at: new Date(clock.now()).toISOString(), account, device },
    facts: {
      ...{ sheet: 'residents', masked: !open, purpose, format, recipient, ground, begun: true },
    },
  })
}

/** Names of what was asked, and numbers; never a value, and nobody who was shown. */
function note(
  { db, clock }: Pick<Office, 'db' | 'clock'>,
  { account, device, role }: SessionRow,
  { purpose, place, filter }: TableCountRequest,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  // Only names that this server knows: a device may name anything.
  const filters = Object.keys(filterSchema.entries).filter((key) => {
    const value = filter[key]
    return value !== null && value !== undefined
  })
  return auditAlone(db, officeChain, {
    ...{ act: 'table', at: new Date(clock.now()).toISOString(), account, device, record: place },
    facts: { role, purpose, filters: filters.join(), ...facts },
  })
}

type Cell = TableAnswer['rows'][number]['cells'][number]

/** As the message has it: lists of their own. */
function asSent(cell: ReturnType<typeof cellsBeyond>[number]): Cell {
  return Array.isArray(cell)
    ? [...(cell as readonly (string | Record<string, unknown>)[])]
    : (cell as Cell)
}
