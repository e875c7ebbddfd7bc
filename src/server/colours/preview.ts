/**
 * What a scheme would change, without writing anything: how many subjects have another colour, per community, and how much
 * work and lateness each grid has.
 */
import type { Kysely } from 'kysely'
import { colourOf, type Colour } from '#domain/colour-of.ts'
import { addDays, instantToDay, type Day } from '#domain/day.ts'
import { callEvery } from '#domain/due.ts'
import type { Scheme } from '#domain/scheme.ts'
import { createWorkingCalendar, workingDaysPassed } from '#domain/working-days.ts'
import type { PreviewChange, PreviewGrid, PreviewLine, PreviewWork } from '#protocol/scheme.ts'
import type { Database } from '../db/schema.ts'
import { readStanding, standingOrder } from '../db/standing.ts'
import { colourCalls, dueDay } from './calls.ts'
import {
  callsOf,
  loadWholeStreams,
  subjectsOf,
  type Home,
  type HouseholdToCall,
  type SubjectToColour,
} from './load.ts'
import { schemesOf } from './scheme.ts'

/** So many examples of each change of colour. */
const examplesEach = 3

export interface Counted {
  /** A grid, and the community or village that it belongs to. */
  readonly stream: string
  readonly place: string
}

/** Grids of one community follow each other. Reads without locks: a count made while people work is as good. */
export async function* previewScheme(
  db: Kysely<Database>,
  grids: readonly Counted[],
  draft: Scheme,
  now: number,
  signal: AbortSignal,
): AsyncGenerator<PreviewLine> {
  const today = instantToDay(new Date(now).toISOString())
  const examples = new Map<string, (PreviewLine & { type: 'example' })[]>()
  let place = emptyPlace(grids[0]?.place ?? '')
  let done = 0
  for await (const { grid, home, scheme } of homesOf(db, grids)) {
    if (signal.aborted) return
    if (grid.place !== place.id) {
      yield lineOf(place)
      place = emptyPlace(grid.place)
    }
    const subjects = subjectsOf(home)
    const before = new Map(
      subjects.map(({ id, subject }) => [id, colourOf(subject, scheme, today)]),
    )
    const after = new Map(subjects.map(({ id, subject }) => [id, colourOf(subject, draft, today)]))
    const calls = callsOf(home, subjects)
    place.grids.push({
      grid: grid.stream,
      now: workOf(calls, subjects, before, scheme, today),
      then: workOf(calls, subjects, after, draft, today),
    })
    for (const { id, subject } of subjects) {
      if (subject.kind === 'resident') place.residents += 1
      else place.dwellings += 1
      const from = before.get(id)?.colour ?? 'grey'
      const to = after.get(id)?.colour ?? 'grey'
      if (from === to) continue
      const key = `${subject.kind}/${from}/${to}`
      place.changes.set(key, {
        subject: subject.kind,
        from,
        to,
        count: (place.changes.get(key)?.count ?? 0) + 1,
      })
      const some = examples.get(key) ?? []
      examples.set(key, some)
      if (some.length < examplesEach) {
        some.push({ type: 'example', subject: subject.kind, id, stream: grid.stream, from, to })
      }
    }
    done += 1
    yield { type: 'progress', done, total: grids.length }
  }
  if (grids.length > 0) yield lineOf(place)
  for (const some of examples.values()) yield* some
  yield { type: 'end' }
}

/** So many residents are read together, or one grid that has more: what is held in memory stays bounded. */
const residentsAtOnce = 4_000
const gridsAtOnce = 32

interface HomesOfGrid {
  readonly grid: Counted
  readonly home: Home
  readonly scheme: Scheme
}

/** Grids in the given order, some at a time: a batch of them costs as many questions as one. */
async function* homesOf(
  db: Kysely<Database>,
  grids: readonly Counted[],
): AsyncGenerator<HomesOfGrid> {
  const standing = await readStanding(
    db,
    grids.map(({ stream }) => stream),
  )
  const sizeOf = ({ stream }: Counted) =>
    (standing.get(stream) ?? [])
      .slice(standingOrder.residents, standingOrder.dwellings)
      .reduce((sum, n) => sum + n, 0)
  for (let from = 0; from < grids.length;) {
    const batch: Counted[] = []
    let residents = 0
    for (const grid of grids.slice(from, from + gridsAtOnce)) {
      residents += sizeOf(grid)
      if (batch.length > 0 && residents > residentsAtOnce) break
      batch.push(grid)
    }
    from += batch.length
    const streams = batch.map(({ stream }) => stream)
    const schemes = await schemesOf(db, streams)
    const homes = await loadWholeStreams(db, streams)
    for (const grid of batch) {
      const home = homes.get(grid.stream)
      if (home) yield { grid, home, scheme: schemes.of(grid.stream).scheme }
    }
  }
}

const daysOfYear = 365

/** Of one grid by one scheme. `perDay` is what the limits ask for in the long run, rounded to a tenth. */
function workOf(
  calls: readonly HouseholdToCall[],
  subjects: readonly SubjectToColour[],
  colours: ReadonlyMap<string, Colour>,
  scheme: Scheme,
  today: Day,
): PreviewWork {
  const none: Colour = { colour: 'grey', reasons: [], until: null }
  const work = { today: 0, overdue: 0 }
  let each = 0
  for (const one of colourCalls(calls, subjects, ({ id }) => colours.get(id) ?? none)) {
    const due = dueDay(one, scheme)
    if (due === today) work.today += 1
    else if (due !== null && due < today) work.overdue += 1
    each += 1 / callEvery({ colour: one.colour, subjects: one.subjects, scheme })
  }
  return {
    ...work,
    perDay: Math.round((each * daysOfYear * 10) / workingDaysOf(scheme, today)) / 10,
  }
}

function workingDaysOf(scheme: Scheme, today: Day): number {
  const passed = workingDaysPassed(createWorkingCalendar(scheme), today, addDays(today, daysOfYear))
  return Math.max(1, passed)
}

function emptyPlace(id: string) {
  return {
    id,
    residents: 0,
    dwellings: 0,
    changes: new Map<string, PreviewChange>(),
    grids: [] as PreviewGrid[],
  }
}

function lineOf({ id, changes, ...rest }: ReturnType<typeof emptyPlace>): PreviewLine {
  return { type: 'place', place: id, changes: [...changes.values()], ...rest }
}
