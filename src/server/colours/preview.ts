/** How many subjects a scheme would colour otherwise than the one in force, per community, without writing anything. */
import type { Kysely } from 'kysely'
import { colourOf } from '#domain/colour-of.ts'
import { instantToDay } from '#domain/day.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { PreviewChange, PreviewLine } from '#protocol/scheme.ts'
import { loadStream } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { loadHelp } from './help.ts'
import { loadLastMet, subjectsOf } from './load.ts'
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
    for (const { id, subject } of await subjectsIn(db, grid.stream)) {
      if (subject.kind === 'resident') place.residents += 1
      else place.dwellings += 1
      const from = colourOf(subject, scheme, today).colour
      const to = colourOf(subject, draft, today).colour
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

async function subjectsIn(db: Kysely<Database>, stream: string) {
  return subjectsOf({
    dwellings: await loadStream(db, stream, ['dwelling']),
    households: await loadStream(db, stream, ['household']),
    residents: await loadStream(db, stream, ['resident']),
    lastMet: await loadLastMet(db, stream, null),
    help: await loadHelp(db, { stream }),
  })
}

function emptyPlace(id: string) {
  return { id, residents: 0, dwellings: 0, changes: new Map<string, PreviewChange>() }
}

function lineOf({ id, residents, dwellings, changes }: ReturnType<typeof emptyPlace>): PreviewLine {
  return { type: 'place', place: id, residents, dwellings, changes: [...changes.values()] }
}
