/**
 * Proofs: what tells a version of a stream from the same number in another history of it. Versions are numbers, and a
 * server that was put back (a copied folder, a snapshot of its machine, a point in time) gives the same numbers out
 * again for other contents. So each raise of a head leaves a word that was never there before; a device keeps the word
 * of its cursor, and where the server has another one for that version, the two are of different histories.
 */
import { randomBytes } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import { audit, lockChain, officeChain } from './audit.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

/** A cursor's proof is sixteen characters. Two histories that come to the same are as likely as one in 2⁶⁴. */
const fresh = (chance: string) =>
  // The moment too: a machine that was put back with its memory may draw the same chance again. Each is made a text by
  // itself: on several machines a column may meet only functions that always answer the same.
  sql`substr(encode(sha256((${chance}::text || stream.id::text || now()::text)::bytea), 'hex'), 1, 16)`

const drawChance = () => randomBytes(16).toString('hex')

/** The streams are locked. */
export async function raiseHeads(
  trx: Transaction<Database>,
  heads: ReadonlyMap<string, number>,
): Promise<void> {
  if (heads.size === 0) return
  const [streams, versions] = [[...heads.keys()], [...heads.values()]]
  const { rows } = await sql<{ stream: string; version: number; proof: string }>`
    update stream set head = raised.head, proof = ${fresh(drawChance())}
    from unnest(${sql.val(streams)}::uuid[], ${sql.val(versions)}::bigint[]) as raised (stream, head)
    where stream.id = raised.stream and stream.id = ${listOf(streams)}
      and stream.head <> raised.head
    returning stream.id as stream, stream.head as version, stream.proof`.execute(trx)
  if (rows.length > 0) await trx.insertInto('stream_proof').values(rows).execute()
}

/** The proofs of some versions of some streams, by stream; none where a version is beyond the head. */
export async function proofsAt(
  db: Kysely<Database>,
  places: readonly { readonly stream: string; readonly version: number }[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { stream, version } of places) {
    const row = await db
      .selectFrom('stream_proof')
      .select('proof')
      .where('stream', '=', stream)
      .where('version', '>=', version)
      .orderBy('version')
      .limit(1)
      .executeTakeFirst()
    if (row) found.set(stream, row.proof)
  }
  return found
}

/** Every stream begins an epoch that never was: each device then fetches its streams anew. */
export async function giveNewEpochs(db: Kysely<Database>, now: Date): Promise<void> {
  const epoch = Math.floor(now.getTime() / 1000)
  const next = sql`epoch = greatest(epoch + 1, ${epoch}::integer)`
  await sql`update stream set ${next}, proof = ${fresh(drawChance())} where head > 0`.execute(db)
  await sql`update stream set ${next}, proof = '' where head = 0`.execute(db)
  await sql`delete from stream_proof`.execute(db)
  await sql`
    insert into stream_proof (stream, version, proof)
    select id, head, proof from stream where head > 0`.execute(db)
}

/** Shorter after new epochs than this, a device alone is set right: nobody makes all others fetch again and again. */
const leastSeconds = 600

/**
 * A device showed that this server was put back: the stream of its cursor goes on in another history. All streams begin
 * new epochs, unless somebody noticed it before. True where this call did it.
 */
export async function noticePutBack(
  db: Kysely<Database>,
  seen: { readonly stream: string; readonly epoch: number },
  by: { readonly account: string; readonly device: string },
  now: Date,
): Promise<boolean> {
  return transact(db, async (trx) => {
    // Of two that notice it at once the second waits here, and then sees new epochs. Streams before the chain, as every
    // act locks them.
    const places = await trx.selectFrom('place').select('id').execute()
    await lockStreams(
      trx,
      places.map(({ id }) => id),
    )
    await lockChain(trx)
    const { rows } = await sql<{ epoch: number }>`
      select epoch from stream where id = ${seen.stream}`.execute(trx)
    const epoch = rows[0]?.epoch
    if (epoch !== seen.epoch || now.getTime() / 1000 - epoch < leastSeconds) return false
    await giveNewEpochs(trx, now)
    const facts = { stream: seen.stream, epoch }
    await audit(trx, officeChain, [{ act: 'restored', at: now.toISOString(), ...by, facts }])
    return true
  })
}
