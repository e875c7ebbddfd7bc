/**
 * A server of before knows nothing of the copies in `place_rule`: while one is at work beside a new one, a rule is saved
 * and its copy is not. The calendar's round finds where the two differ and copies anew.
 */
import { sql, type Kysely } from 'kysely'
import { keepPlaceRules } from './place-rules.ts'
import { loadStream } from './records.ts'
import { ruleKinds } from './rule-kinds.ts'
import type { Database } from './schema.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

interface Version {
  readonly place: string
  readonly id: string
  readonly version: number
}

/** Says anew what a server of before saved or took away; returns the places that it was of. */
export async function mendPlaceRules(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows: saved } = await sql<Version>`
    select stream as place, id, version from record
    where kind in (${sql.join(ruleKinds.map((kind) => sql.lit(kind)))}) and not removed
    union all
    select record.stream, record.id, record.version from stream
    join record on record.stream = stream.id and record.id = stream.id
    where record.kind = 'place' and not record.removed`.execute(db)
  const { rows: copied } = await sql<Version>`select place, id, version from place_rule`.execute(db)
  const keyOf = ({ place, id, version }: Version) => `${place} ${id} ${version}`
  const [own, copies] = [new Set(saved.map(keyOf)), new Set(copied.map(keyOf))]
  const differing = [
    ...saved.filter((row) => !copies.has(keyOf(row))),
    ...copied.filter((row) => !own.has(keyOf(row))),
  ]
  const places = [...new Set(differing.map(({ place }) => place))].sort()
  for (const place of places) {
    await transact(db, async (trx) => {
      // Whoever saves a rule holds this lock: nothing is saved between reading and writing.
      await lockStreams(trx, [place])
      const records = await loadStream(trx, place, [...ruleKinds, 'place'])
      await sql`delete from place_rule where place = ${place}::uuid`.execute(trx)
      await keepPlaceRules(trx, records)
    })
  }
  return places
}
