/**
 * Who took which places from their beginning: the first time that a device does, and each time that one does which had
 * them already. One entry a pull, with how many places and persons; what is unusual about it is said in the entry, for
 * the auditor to find it.
 */
import { sql } from 'kysely'
import { maySeePersons } from '#domain/permission.ts'
import { audit, officeChain } from '../db/audit.ts'
import type { SessionRow } from '../db/sessions.ts'
import { readStanding, standingOrder } from '../db/standing.ts'
import { transact } from '../db/transact.ts'
import type { Office } from './context.ts'

/** `night`: between ten and six in China. `device`: a further one of the account. `places`: more grids than one. `again`: it had them already. */
export const unusualReads = ['night', 'device', 'places', 'again'] as const
type Unusual = (typeof unusualReads)[number]

interface Asked {
  /** Streams that go out from their beginning. */
  readonly fromZero: readonly string[]
  /** Streams of which the device showed a cursor, whether or not it can be used. */
  readonly held: readonly string[]
}

const chinaMs = 8 * 3_600_000

export async function recordPull(
  { db, clock }: Office,
  { account, device, role }: SessionRow,
  { fromZero, held }: Asked,
): Promise<void> {
  const now = clock.now()
  await db
    .updateTable('device_pull')
    .set({ held: true })
    .where('device', '=', device)
    .where('stream', '=', sql<string>`any(${sql.val([...held])}::uuid[])`)
    .where('held', '=', false)
    .execute()
  if (fromZero.length === 0) return
  await transact(db, async (trx) => {
    const before = await trx
      .selectFrom('device_pull')
      .select(['stream', 'held'])
      .where('device', '=', device)
      .execute()
    const known = new Map(before.map((row) => [row.stream, row.held]))
    const first = fromZero.filter((stream) => !known.has(stream))
    // Asked for and never shown: the first pull of it was cut short and goes on.
    const again = fromZero.filter((stream) => known.get(stream) === true)
    const news = [...first, ...again]
    if (news.length === 0) return
    const at = new Date(now)
    if (first.length > 0) {
      await trx
        .insertInto('device_pull')
        .values(first.map((stream) => ({ device, stream, at, held: false })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    // An auditor's device gets no persons.
    const standing = await readStanding(trx, maySeePersons(role) ? news : [])
    const grids = news.filter((stream) => personsOf(standing.get(stream)) > 0)
    const persons = grids.reduce((sum, stream) => sum + personsOf(standing.get(stream)), 0)
    const others = await trx
      .selectFrom('device')
      .select('id')
      .where('account', '=', account)
      .where('id', '!=', device)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    const hour = new Date(now + chinaMs).getUTCHours()
    const is: Readonly<Record<Unusual, boolean>> = {
      night: hour >= 22 || hour < 6,
      device: before.length === 0 && others !== undefined,
      places: grids.length > 1,
      again: again.length > 0,
    }
    const unusual = persons > 0 ? unusualReads.filter((name) => is[name]) : []
    await audit(trx, officeChain, [
      {
        ...{ act: 'pull', at: at.toISOString(), account, device },
        // Of one place alone the entry is found by it.
        record: grids.length === 1 ? (grids[0] ?? null) : null,
        facts: {
          ...{ role, count: persons, places: grids.length, first: first.length },
          ...(again.length > 0 ? { again: again.length } : {}),
          ...(unusual.length > 0 ? { unusual } : {}),
        },
      },
    ])
  })
}

/** Residents of a grid, in whatever colour; a place without a standing has none. */
function personsOf(standing: readonly number[] | undefined): number {
  const colours = standing?.slice(standingOrder.residents, standingOrder.dwellings) ?? []
  return colours.reduce((sum, n) => sum + n, 0)
}
