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
import { loadStream } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { colourCalls, dueDay } from './calls.ts'
import { loadHelp } from './help.ts'
import {
  callsOf,
  loadLastMet,
  subjectsOf,
  type Home,
  type HouseholdToCall,
  type SubjectToColour,
} from './load.ts'
import { schemeOf } from './scheme.ts'

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
  for (const [index, grid] of grids.entries()) {
    if (signal.aborted) return
    if (grid.place !== place.id) {
      yield lineOf(place)
      place = emptyPlace(grid.place)
    }
    const { scheme } = await schemeOf(db, grid.stream)
    const home = await homeOf(db, grid.stream)
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
    yield { type: 'progress', done: index + 1, total: grids.length }
  }
  if (grids.length > 0) yield lineOf(place)
  for (const some of examples.values()) yield* some
  yield { type: 'end' }
}

async function homeOf(db: Kysely<Database>, stream: string): Promise<Home> {
  return {
    dwellings: await loadStream(db, stream, ['dwelling']),
    households: await loadStream(db, stream, ['household']),
    residents: await loadStream(db, stream, ['resident']),
    lastMet: await loadLastMet(db, stream),
    help: await loadHelp(db, { stream }),
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
