/** After a push: recolours just the subjects whose facts it touched, in the same transaction. */
import { sql, type Transaction } from 'kysely'
import { instantToDay } from '#domain/day.ts'
import { parentOf } from '#domain/record.ts'
import { isId, loadRecords, writeRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { isPresent, loadHomes } from './load.ts'
import { schemeOf } from './scheme.ts'
import type { SchemeInForce } from './scheme-in.ts'
import { writeColoursOf, type ToWrite } from './write.ts'

/**
 * `before`: the records as they were, `written`: as they are. Returns the heads after the five-colour records. However
 * many streams there are, the database is asked as often as for one.
 */
export async function colourTouched(
  trx: Transaction<Database>,
  before: ReadonlyMap<string, RecordRow>,
  written: ReadonlyMap<string, RecordRow>,
  heads: ReadonlyMap<string, number>,
  context: {
    readonly now: number
    readonly ids: () => string
    readonly schemes?: ReadonlyMap<string, SchemeInForce>
  },
): Promise<Map<string, number>> {
  const after = new Map(heads)
  const [were, are] = [byStream(before.values()), byStream(written.values())]
  const records = new Map([...heads.keys()].map((stream) => [stream, are.get(stream) ?? []]))
  const dwellings = await dwellingsTouched(
    trx,
    new Map([...records].map(([stream, own]) => [stream, [...(were.get(stream) ?? []), ...own]])),
  )
  const asked = new Map(
    [...dwellings].map(([stream, own]) => [
      stream,
      { dwellings: own, also: goneOf(records.get(stream) ?? []) },
    ]),
  )
  if (asked.size === 0) return after
  const homes = await loadHomes(trx, asked)
  const at = new Date(context.now).toISOString()
  const all: ToWrite[] = []
  for (const [stream, home] of homes) {
    const scheme = context.schemes?.get(stream) ?? (await schemeOf(trx, stream))
    all.push({
      home,
      gone: asked.get(stream)?.also ?? [],
      head: heads.get(stream) ?? 0,
      colouring: {
        ...{ stream, at, scheme, today: instantToDay(at), cause: 'facts', ids: context.ids },
      },
    })
  }
  const coloured = await writeColoursOf(trx, all)
  await writeRecords(
    trx,
    coloured.flatMap((one) => one.records),
  )
  for (const [index, { colouring }] of all.entries()) {
    after.set(colouring.stream, coloured[index]?.head ?? 0)
  }
  return after
}

function byStream(records: Iterable<RecordRow>): Map<string, RecordRow[]> {
  const all = new Map<string, RecordRow[]>()
  for (const record of records) {
    const own = all.get(record.stream)
    if (own) own.push(record)
    else all.set(record.stream, [record])
  }
  return all
}

/** Who moved away within this push stands in another household now, or is no subject any more. */
function goneOf(records: readonly RecordRow[]): readonly string[] {
  return records
    .filter((record) => record.removed || (record.kind === 'resident' && !isPresent(record)))
    .map((record) => record.id)
}

/** Residents whom requests are about or from: as their rows say, and as the records said it before. */
async function personsOfRequests(
  trx: Transaction<Database>,
  stream: string,
  records: readonly RecordRow[],
): Promise<string[]> {
  const requests = new Set<string>()
  const persons = new Set<unknown>()
  for (const { kind, id, fields } of records) {
    if (kind === 'request') {
      requests.add(id)
      persons.add(fields['site'])
    } else if (kind === 'request-step' || kind === 'asker') {
      requests.add(String(fields['request']))
      persons.add(fields['resident'])
    }
  }
  if (requests.size === 0) return []
  const rows = await trx
    .selectFrom('request_state')
    .select('residents')
    .where('stream', '=', stream)
    .where('request', '=', sql<string>`any(${sql.val([...requests].filter(isId))}::uuid[])`)
    .execute()
  for (const { residents } of rows) for (const one of residents) persons.add(one)
  return [...persons].filter((one) => typeof one === 'string')
}

/** By stream the dwellings whose residents or facts a push touched: also the one that somebody left. */
async function dwellingsTouched(
  trx: Transaction<Database>,
  touched: ReadonlyMap<string, readonly RecordRow[]>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const dwellings = new Map<string, Set<string>>()
  const add = ({ kind, stream, fields }: RecordRow) => {
    const dwelling = parentOf(kind, fields)
    if (kind === 'household' && dwelling) dwellings.get(stream)?.add(dwelling)
  }
  /** Households that are to be read, by stream. */
  const unknown = new Map<string, string[]>()
  for (const [stream, records] of touched) {
    const [own, households] = [new Set<string>(), new Set<string>()]
    dwellings.set(stream, own)
    for (const record of records) {
      const parent = parentOf(record.kind, record.fields)
      if (record.kind === 'dwelling') own.add(record.id)
      else if (record.kind === 'household') {
        households.add(record.id)
        if (parent) own.add(parent)
      } else if (parent && (record.kind === 'resident' || record.kind === 'visit')) {
        households.add(parent)
      }
    }
    const persons = await personsOfRequests(trx, stream, records)
    for (const row of await loadRecords(trx, [stream], persons)) {
      const household = row.kind === 'resident' ? parentOf(row.kind, row.fields) : null
      if (household) households.add(household)
    }
    // As they are now; those that were only looked at are as they were read.
    const known = new Map(
      records.filter(({ kind }) => kind === 'household').map((row) => [row.id, row]),
    )
    for (const id of households) {
      const row = known.get(id)
      if (row) add(row)
      else unknown.set(stream, [...(unknown.get(stream) ?? []), id])
    }
  }
  const found = await loadRecords(trx, [...unknown.keys()], [...unknown.values()].flat())
  for (const row of found) if (unknown.get(row.stream)?.includes(row.id)) add(row)
  return new Map(
    [...dwellings].flatMap(([stream, own]) => (own.size > 0 ? [[stream, [...own]]] : [])),
  )
}
