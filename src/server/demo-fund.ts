/** The demo's sample fund, beside what else the demo begins with. */
import type { Kysely } from 'kysely'
import type { Building } from '#domain/building.ts'
import { dayAt } from '#domain/day.ts'
import { hashOfText } from './db/hashing-text.ts'
import { insertRecords, loadStream } from './db/records.ts'
import type { Database } from './db/schema.ts'
import { sampleFund, type SampleFundParts } from './demo/funds.ts'
import type { Demo } from './demo/generate.ts'

/** In the first grid that has somebody who walks it, for its first building. */
export async function fillFund(
  db: Kysely<Database>,
  { accounts, places }: Pick<Demo, 'accounts' | 'places'>,
  { now, ids }: Pick<SampleFundParts, 'ids'> & { readonly now: number },
): Promise<void> {
  const worker = accounts.find(({ role }) => role === 'worker')
  const grid = worker?.places[0]
  const parent = places.find(({ id }) => id === grid)?.parent
  const staff = accounts.find(
    ({ role, places: own }) => role === 'staff' && parent && own.includes(parent),
  )
  if (!worker || !grid || !staff) return
  await db.transaction().execute(async (trx) => {
    const [house] = await loadStream(trx, grid, ['building'])
    if (!house) return
    const { estate, name, units } = house.fields as Building
    const unit = units > 0 ? '1' : null
    const where = [estate, unit ? `${name}${unit}单元` : name].filter(Boolean).join(' ')
    const records = sampleFund({
      ...{ grid, building: house.id, where, unit, ids, today: dayAt(now) },
      ...{ worker: worker.id, staff: staff.id, hash: hashOfText },
    })
    await insertRecords(trx, grid, records)
  })
}
