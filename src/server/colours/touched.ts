/** After a push: recolours just the subjects whose facts it touched, in the same transaction. */
import { sql, type Transaction } from 'kysely'
import { instantToDay } from '#domain/day.ts'
import { parentOf } from '#domain/record.ts'
import { isId, loadRecords, writeRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { isPresent, loadHome } from './load.ts'
import { schemeOf } from './scheme.ts'
import type { SchemeInForce } from './scheme-in.ts'
import { writeColours } from './write.ts'

/** `before`: the records as they were, `written`: as they are. Returns the heads after the five-colour records. */
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
  for (const [stream, head] of heads) {
    const records = [...written.values()].filter((record) => record.stream === stream)
    const left = [...before.values()].filter((record) => record.stream === stream)
    const at = new Date(context.now).toISOString()
    const colouring = {
      stream,
      at,
      today: instantToDay(at),
      cause: 'facts' as const,
      ids: context.ids,
    }
    const dwellings = await dwellingsTouched(trx, stream, left, records)
    if (dwellings.length === 0) continue
    // Who moved away within this push stands in another household now, or is no subject any more.
    const gone = records
      .filter((record) => record.removed || (record.kind === 'resident' && !isPresent(record)))
      .map((record) => record.id)
    const home = await loadHome(trx, stream, dwellings, gone)
    const scheme = context.schemes?.get(stream) ?? (await schemeOf(trx, stream))
    const coloured = await writeColours(trx, { home, gone }, head, { ...colouring, scheme })
    await writeRecords(trx, coloured.records)
    after.set(stream, coloured.head)
  }
  return after
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

/** The dwellings whose residents or facts a push touched: also the one that somebody left. */
async function dwellingsTouched(
  trx: Transaction<Database>,
  stream: string,
  before: readonly RecordRow[],
  written: readonly RecordRow[],
): Promise<string[]> {
  const records = [...before, ...written]
  const dwellings = new Set<string>()
  const households = new Set<string>()
  for (const record of records) {
    const parent = parentOf(record.kind, record.fields)
    if (record.kind === 'dwelling') dwellings.add(record.id)
    else if (record.kind === 'household') {
      households.add(record.id)
      if (parent) dwellings.add(parent)
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
  const unknown = [...households].filter((id) => !known.has(id))
  const found = [...households].flatMap((id) => known.get(id) ?? [])
  for (const row of [...found, ...(await loadRecords(trx, [stream], unknown))]) {
    const dwelling = parentOf(row.kind, row.fields)
    if (row.kind === 'household' && dwelling) dwellings.add(dwelling)
  }
  return [...dwellings]
}
