/**
 * What a landlord says by the link of a dwelling: once under the id that the page was drawn with, as a claim beside the
 * dwelling, and as the answer of this month. Nothing else of the register changes, whatever is said.
 */
import type { Kysely, Transaction } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import { cleanFields } from '#domain/clean-fields.ts'
import { dayAt, instantToDay } from '#domain/day.ts'
import { isLinkOver, type LandlordLink, type LandlordSays } from '#domain/declaration.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { FieldProblem } from '#domain/field.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { residentId } from '../db/audit.ts'
import { linkByHash } from '../db/landlord-links.ts'
import { loadChildren, loadRecords } from '../db/records.ts'
import { untouched, type RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import type { ChangeRow } from './draft.ts'
import { rowsByKey, write } from './write.ts'

export interface LandlordSaying {
  readonly says: LandlordSays
  /** Drawn with the page: however often it comes, it is said once. */
  readonly id: string
  readonly name: string | null
  readonly count: number
  readonly from: string
  readonly telephone: string | null
}

export type CameOf =
  | { readonly said: 'said' | 'same'; readonly moved: readonly string[] }
  | { readonly problem: 'unknown-code' | 'code-ended' | 'additions-full' | 'place-closed' }
  | { readonly fields: readonly FieldProblem[] }

interface Clock {
  readonly now: number
  readonly ids: () => string
}

/** A landlord of one door has no more comings and goings in a day; whoever finds a link floods nobody. */
const mostInADay = 10
/** What nobody has looked at yet, however long it waits. */
const mostOpen = 30

export function sayAsLandlord(
  db: Kysely<Database>,
  hash: string,
  saying: LandlordSaying,
  clock: Clock,
): Promise<CameOf> {
  return transact(db, async (trx): Promise<CameOf> => {
    const seen = await linkByHash(trx, hash)
    if (!seen) return { problem: 'unknown-code' }
    const { stream } = seen
    const home = (await lockStreams(trx, [stream])).get(stream)
    const rows = await loadRecords(trx, [stream], [seen.id, seen.fields.dwelling])
    const link = rows.find(({ id }) => id === seen.id)
    const dwelling = rows.find(({ id }) => id === seen.fields.dwelling)
    // It went to another grid in this moment, with its door: the next try finds it there.
    if (!link || link.removed || !dwelling || dwelling.removed) return { problem: 'unknown-code' }
    const { use } = dwelling.fields as unknown as Dwelling
    const held = link.fields as unknown as LandlordLink
    if (isLinkOver(held, use, dayAt(clock.now))) return { problem: 'code-ended' }
    if (!home || home.closed_at !== null) return { problem: 'place-closed' }
    return says(trx, { link, dwelling, head: home.head }, saying, clock)
  })
}

async function says(
  trx: Transaction<Database>,
  held: { readonly link: RecordRow; readonly dwelling: RecordRow; readonly head: number },
  saying: LandlordSaying,
  { now, ids }: Clock,
): Promise<CameOf> {
  const { link, dwelling, head } = held
  const { stream } = link
  const at = new Date(now).toISOString()
  const written: RecordRow[] = []
  const changes: ChangeRow[] = []
  const note = (
    row: RecordRow,
    op: 'create' | 'patch',
    fields: ChangeRow['fields'],
    id: string,
  ) => {
    written.push(row)
    const { kind, version } = row
    const said = Object.fromEntries(
      Object.entries(fields).map(([name, [, after]]) => [name, after]),
    )
    const mutation: Mutation = {
      ...{ id, device: residentId, seq: 0, at, batch: null, stream, kind, record: row.id },
      ...{ op, fields: op === 'create' ? row.fields : said, seen: 0 },
    }
    changes.push({ mutation, stream, version, correctedAt: at, fields })
  }
  let version = head
  if (saying.says !== 'unchanged') {
    const kind = saying.says === 'arrived' ? 'arrival' : 'departure'
    const id = idBornIn(stream, saying.id)
    const below = await loadChildren(trx, stream, [dwelling.id], ['arrival', 'departure'])
    // By its page's id, also where the door has gone to another grid since.
    const isKnown = below.some((row) => row.id.slice(0, 28) === id.slice(0, 28))
    if (isKnown || (await loadRecords(trx, [stream], [id])).length > 0) {
      return { said: 'same', moved: [] }
    }
    const own = below.filter(({ fields }) => fields['speaker'] === 'landlord')
    const today = own.filter((row) => row.at && instantToDay(row.at) === instantToDay(at))
    const answers = await loadChildren(
      trx,
      stream,
      own.map((row) => row.id),
      ['declaration-answer'],
    )
    if (today.length >= mostInADay || own.length - answers.length >= mostOpen) {
      return { problem: 'additions-full' }
    }
    const { name, count, from, telephone } = saying
    const fields = cleanFields(kind, {
      ...{ dwelling: dwelling.id, speaker: 'landlord', name, count, from, note: null },
      ...(kind === 'arrival' ? { telephone, until: null } : {}),
    })
    const wrong = problemsOfNew(kind, fields)
    if (wrong.length > 0) return { fields: wrong }
    const mark: FieldMark = { version: (version += 1), device: null, at, by: residentId }
    const row: RecordRow = {
      ...{ stream, id, kind, version, fields, created: mark, ...untouched() },
      ...{ at, by: residentId },
    }
    note(row, 'create', {}, ids())
  }
  const before = link.fields
  const monthOf = (moment: unknown) =>
    typeof moment === 'string' ? instantToDay(moment).slice(0, 7) : null
  const isSameMonth = monthOf(before['answeredAt']) === monthOf(at)
  if (saying.says === 'unchanged' && isSameMonth && before['says'] === 'unchanged') {
    return { said: 'same', moved: [] }
  }
  version += 1
  const id = ids()
  const mark: FieldMark = { version, device: null, at, by: residentId, mutation: id }
  const said = { answeredAt: at, says: saying.says }
  const after: RecordRow = {
    ...link,
    ...{ version, fields: { ...before, ...said } },
    marks: { ...link.marks, answeredAt: mark, says: mark },
  }
  note(
    after,
    'patch',
    { answeredAt: [before['answeredAt'] ?? null, at], says: [before['says'] ?? null, saying.says] },
    id,
  )
  await write(
    trx,
    {
      ...{ before: rowsByKey([link, dwelling]), written: rowsByKey(written), changes },
      heads: new Map([[stream, version]]),
    },
    { account: { id: residentId, role: null }, device: null, now, ids },
  )
  return { said: 'said', moved: [stream] }
}
