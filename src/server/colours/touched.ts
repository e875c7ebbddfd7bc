/** After a push: recolours just the subjects whose facts it touched, in the same transaction. */
import type { Transaction } from 'kysely'
import { instantToDay } from '#domain/day.ts'
import type { Household } from '#domain/household.ts'
import type { Resident } from '#domain/resident.ts'
import type { Visit } from '#domain/visit.ts'
import { loadChildren, loadRecords, writeRecords, type RecordRow } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { isPresent, loadLastMet, subjectsOf } from './load.ts'
import { schemeOf } from './scheme.ts'
import { writeColours } from './write.ts'

/** Returns the heads after the five-colour records that it wrote. */
export async function colourTouched(
  trx: Transaction<Database>,
  written: ReadonlyMap<string, RecordRow>,
  heads: ReadonlyMap<string, number>,
  context: { readonly now: number; readonly ids: () => string },
): Promise<Map<string, number>> {
  const after = new Map(heads)
  for (const [stream, head] of heads) {
    const records = [...written.values()].filter((record) => record.stream === stream)
    const at = new Date(context.now).toISOString()
    const colouring = {
      stream,
      at,
      today: instantToDay(at),
      cause: 'facts' as const,
      ids: context.ids,
    }
    const dwellings = await dwellingsTouched(trx, stream, records)
    if (dwellings.length === 0) continue
    const home = await loadHome(trx, stream, dwellings)
    // Who moved away within this push stands in another household now, or is no subject any more.
    const gone = records
      .filter((record) => record.kind === 'resident' && (record.removed || !isPresent(record)))
      .map((record) => record.id)
    const scheme = await schemeOf(trx, stream)
    const coloured = await writeColours(trx, subjectsOf(home), gone, head, { ...colouring, scheme })
    await writeRecords(trx, coloured.records)
    after.set(stream, coloured.head)
  }
  return after
}

/** Everything under some dwellings that colours depend on. */
export async function loadHome(
  trx: Transaction<Database>,
  stream: string,
  dwellings: readonly string[],
) {
  const households = await loadChildren(trx, stream, dwellings, ['household'])
  const ids = households.map((household) => household.id)
  return {
    dwellings: (await loadRecords(trx, [stream], dwellings)).filter((row) => !row.removed),
    households,
    residents: await loadChildren(trx, stream, ids, ['resident']),
    lastMet: await loadLastMet(trx, stream, ids),
  }
}

/** The dwellings whose residents or facts a push touched: also the one that somebody left. */
async function dwellingsTouched(
  trx: Transaction<Database>,
  stream: string,
  records: readonly RecordRow[],
): Promise<string[]> {
  const dwellings = new Set<string>()
  const households = new Set<string>()
  for (const record of records) {
    if (record.kind === 'dwelling') dwellings.add(record.id)
    if (record.kind === 'household') {
      households.add(record.id)
      if (!record.removed) dwellings.add((record.fields as Household).dwelling)
    }
    if (record.kind === 'resident' && !record.removed) {
      households.add((record.fields as Resident).household)
    }
    if (record.kind === 'visit' && !record.removed) {
      households.add((record.fields as Visit).household)
    }
  }
  const rows = await loadRecords(trx, [stream], [...households])
  for (const row of rows) {
    const { dwelling } = row.fields as Partial<Household>
    if (dwelling) dwellings.add(dwelling)
  }
  return [...dwellings]
}
