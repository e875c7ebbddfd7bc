/** The calendar's pass: recolours the subjects whose day has come, and only these. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { instantToDay, type Day } from '#domain/day.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { lookAgainAtHelped } from '../db/help.ts'
import { amongIds } from '../db/place-tree.ts'
import { writeRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { raiseHeads } from '../db/proofs.ts'
import { lockStreams } from '../db/streams.ts'
import { isConnectionLost, transact } from '../db/transact.ts'
import type { ColourClock } from './fill.ts'
import { loadHomes, subjectsOf } from './load.ts'
import { schemesOf } from './scheme.ts'
import { writeColoursOf } from './write.ts'

/** Locked together, and briefly: a push that meets one of them waits for it alone. */
const streamsAtOnce = 8

/**
 * Some streams at a time, in as many statements as one. Returns those that got a five-colour record, and calls back for
 * each. What somebody else holds is not waited for until all others are done. Where one fails, the others are done all
 * the same, and what failed is thrown at the end. `isBackwards`: a second server begins at the other end, and each finds
 * nothing to do any more where the other one was.
 */
export async function colourByCalendar(
  db: Kysely<Database>,
  clock: ColourClock,
  onMoved: (stream: string) => void = () => undefined,
  { isBackwards = false }: { readonly isBackwards?: boolean } = {},
): Promise<string[]> {
  const at = new Date(clock.now).toISOString()
  const today = instantToDay(at)
  await lookAgainAtHelped(db)
  const { rows } = await sql<{ stream: string }>`
    select distinct stream from subject where until <= ${today}`.execute(db)
  const streams = rows.map(({ stream }) => stream).sort()
  if (isBackwards) streams.reverse()
  const moved: string[] = []
  const colour = async (some: readonly string[], isHasty: boolean) => {
    const done = await transact(db, (trx) =>
      colourDue(trx, some, { today, at, ids: clock.ids, isHasty }),
    )
    for (const stream of done.moved) {
      moved.push(stream)
      onMoved(stream)
    }
    return done.held
  }
  const left: string[] = []
  const parts = Array.from({ length: Math.ceil(streams.length / streamsAtOnce) }, (_, n) =>
    streams.slice(n * streamsAtOnce, (n + 1) * streamsAtOnce),
  )
  await eachInTurn(parts, async (some) => {
    try {
      left.push(...(await colour(some, true)))
    } catch (fault) {
      if (isConnectionLost(fault)) throw fault
      // One of them is to blame: each by itself then.
      left.push(...some)
    }
  })
  await eachInTurn(left, async (stream) => void (await colour([stream], false)))
  return moved
}

interface DueColours {
  readonly today: Day
  readonly at: string
  readonly ids: () => string
  readonly isHasty: boolean
}

async function colourDue(
  trx: Transaction<Database>,
  streams: readonly string[],
  { today, at, ids, isHasty }: DueColours,
): Promise<{ readonly moved: readonly string[]; readonly held: readonly string[] }> {
  const locked = await lockStreams(trx, streams, { isHasty })
  const held = isHasty ? streams.filter((stream) => !locked.has(stream)) : []
  if (locked.size === 0) return { moved: [], held }
  const inStreams = amongIds(locked.keys())
  const { rows } = await sql<{ stream: string; id: string; dwelling: string | null }>`
    select subject.stream, subject.id,
      case subject.kind when 'dwelling' then subject.id else household.parent end as dwelling
    from subject
    left join record resident
      on resident.stream = subject.stream and resident.id = subject.id and resident.stream ${inStreams}
    left join record household on household.stream = subject.stream
      and household.id = resident.parent and household.stream ${inStreams}
    where subject.stream ${inStreams} and subject.until <= ${today}`.execute(trx)
  if (rows.length === 0) return { moved: [], held }
  const dueIn = new Map<string, Set<string>>()
  const dwellingsIn = new Map<string, Set<string>>()
  for (const { stream, id, dwelling } of rows) {
    dueIn.set(stream, (dueIn.get(stream) ?? new Set()).add(id))
    if (dwelling !== null)
      dwellingsIn.set(stream, (dwellingsIn.get(stream) ?? new Set()).add(dwelling))
  }
  const homes = await loadHomes(
    trx,
    new Map(
      [...dueIn].map(([stream, due]) => [
        stream,
        { dwellings: [...(dwellingsIn.get(stream) ?? [])], also: [...due] },
      ]),
    ),
  )
  const schemes = await schemesOf(trx, [...homes.keys()])
  const all = [...homes].map(([stream, home]) => {
    const due = dueIn.get(stream) ?? new Set<string>()
    const found = new Set(subjectsOf(home).map((subject) => subject.id))
    return {
      ...{ home, only: due, gone: [...due].filter((id) => !found.has(id)) },
      head: locked.get(stream)?.head ?? 0,
      colouring: {
        ...{ stream, today, at, cause: 'calendar' as const, ids },
        scheme: schemes.of(stream),
      },
    }
  })
  const coloured = await writeColoursOf(trx, all)
  await writeRecords(
    trx,
    coloured.flatMap(({ records }) => records),
  )
  const heads = all.map(
    ({ head, colouring }, n) => [colouring.stream, coloured[n]?.head ?? head] as const,
  )
  await raiseHeads(trx, new Map(heads))
  const moved = all.flatMap(({ colouring }, n) =>
    (coloured[n]?.records.length ?? 0) > 0 ? [colouring.stream] : [],
  )
  return { moved, held }
}
