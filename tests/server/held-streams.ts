/** A stream that somebody else holds, who waits for it, and whether a stream is whole afterwards. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import { colourStream } from '#server/colours/fill.ts'
import type { Db } from '#server/db/schema.ts'
import type { Office } from './office.ts'

/** Holds the lock of a stream as somebody else's long act does, until it is let go by what comes back. */
export async function holdStream(db: Db, stream: string): Promise<() => Promise<void>> {
  let letGo = () => {}
  const going = new Promise<void>((resolve) => (letGo = resolve))
  let over: Promise<void> = Promise.resolve()
  await new Promise<void>((resolve) => {
    over = db.transaction().execute(async (trx) => {
      await sql`select id from stream where id = ${stream} for update`.execute(trx)
      resolve()
      await going
    })
  })
  return () => {
    letGo()
    return over
  }
}

/** Processes of the database that wait for a lock. */
export async function pidsThatWait(db: Db): Promise<readonly number[]> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows.map(({ pid }) => pid)
}

/** Nothing is missing and nothing twice: heads, proofs, lines and colours say the same. */
export async function expectWhole(office: Office, stream: string): Promise<void> {
  const rows = await office.db
    .selectFrom('record')
    .select('version')
    .where('stream', '=', stream)
    .execute()
  const versions = rows.map(({ version }) => version)
  expect(new Set(versions).size).toBe(versions.length)
  const { head, proof } = await office.db
    .selectFrom('stream')
    .select(['head', 'proof'])
    .where('id', '=', stream)
    .executeTakeFirstOrThrow()
  expect(Math.max(0, ...versions)).toBe(head)
  const proofs = await office.db
    .selectFrom('stream_proof')
    .select('proof')
    .where('stream', '=', stream)
    .where('version', '=', head)
    .execute()
  if (head > 0) expect(proofs).toEqual([{ proof }])
  const undo = new Error('undo')
  const anew = office.db.transaction().execute(async (trx) => {
    const clock = { now: office.clock.now(), ids: office.ids }
    expect(await colourStream(trx, stream, clock)).toBe(0)
    throw undo
  })
  await expect(anew).rejects.toBe(undo)
}
