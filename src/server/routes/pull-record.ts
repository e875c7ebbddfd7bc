/**
 * Who took which places from their beginning: the first time that a device does, and each time that one does which had
 * them already. One entry a pull, with how many places and persons; what is unusual about it is said in the entry, for
 * the auditor to find it.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { maySeePersons } from '#domain/permission.ts'
import { audit, officeChain } from '../db/audit.ts'
import { listOf } from '../db/place-tree.ts'
import type { Database } from '../db/schema.ts'
import type { SessionRow } from '../db/sessions.ts'
import { readStanding, residentsOf } from '../db/standing.ts'
import { transact } from '../db/transact.ts'
import type { Office } from './context.ts'
import { createGathering } from './gathering.ts'

/** `night`: between ten and six in China. `device`: a further one of the account. `places`: more grids than one. `again`: it had them already. */
export const unusualReads = ['night', 'device', 'places', 'again'] as const
type Unusual = (typeof unusualReads)[number]

interface Asked {
  /** Streams that go out from their beginning. */
  readonly fromZero: readonly string[]
  /** Streams of which the device showed a cursor, whether or not it can be used. */
  readonly held: readonly string[]
  /** Of a device that holds by demand: places that it does not hold, and those that it opened. */
  readonly demand?: { readonly away: readonly string[]; readonly opened: readonly string[] }
}

const chinaMs = 8 * 3_600_000

type Puller = Pick<SessionRow, 'account' | 'device' | 'role'>

/** Resolves when it is on record. */
export type PullRecord = (puller: Puller, asked: Asked) => Promise<void>

interface FirstPull extends Puller, Pick<Asked, 'fromZero'> {
  /** Milliseconds. */
  readonly now: number
}

/**
 * All first pulls stand in one chain: of many at once each would wait for the lock of the one before, so that those
 * which wait are written together, an entry each.
 */
export function createPullRecord({ db, clock }: Office): PullRecord {
  const record = createGathering<FirstPull>(
    ({ device }) => device,
    (pulls) => transact(db, (trx) => recordPulls(trx, pulls)),
  )
  return async ({ account, device, role }, { fromZero, held, demand }) => {
    if (demand) await forgetLetGo(db, device, held, demand)
    await db
      .updateTable('device_pull')
      .set({ held: true })
      .where('device', '=', device)
      .where('stream', '=', listOf(held))
      .where('held', '=', false)
      .execute()
    if (fromZero.length > 0) await record({ account, device, role, fromZero, now: clock.now() })
  }
}

/**
 * What goes by demand and of which the device shows no cursor is not on it any more: who lives there was not on it when it
 * is lost, and opened again it was not lost meanwhile. An opening that was cut short goes on.
 */
async function forgetLetGo(
  db: Kysely<Database>,
  device: string,
  held: readonly string[],
  { away, opened }: NonNullable<Asked['demand']>,
): Promise<void> {
  const shown = new Set(held)
  const notShown = (streams: readonly string[]) =>
    listOf(streams.filter((stream) => !shown.has(stream)))
  await db
    .deleteFrom('device_pull')
    .where('device', '=', device)
    .where(({ or, and, eb }) =>
      or([
        eb('stream', '=', notShown(away)),
        and([eb('stream', '=', notShown(opened)), eb('held', '=', true)]),
      ]),
    )
    .execute()
}

/** Of different devices. */
async function recordPulls(trx: Transaction<Database>, pulls: readonly FirstPull[]): Promise<void> {
  const rows = await trx
    .selectFrom('device_pull')
    .select(['device', 'stream', 'held'])
    .where('device', '=', listOf(pulls.map(({ device }) => device)))
    .execute()
  const known = new Map(rows.map(({ device, stream, held }) => [`${device}/${stream}`, held]))
  const isKnown = new Set(rows.map(({ device }) => device))
  const told = pulls.flatMap((pull) => {
    const { device, fromZero } = pull
    const first = fromZero.filter((stream) => !known.has(`${device}/${stream}`))
    // Asked for and never shown: the first pull of it was cut short and goes on.
    const again = fromZero.filter((stream) => known.get(`${device}/${stream}`) === true)
    // An auditor's device gets no persons.
    const persons = maySeePersons(pull.role) ? [...first, ...again] : []
    return first.length + again.length === 0 ? [] : [{ ...pull, first, again, persons }]
  })
  if (told.length === 0) return
  const made = told.flatMap(({ device, first, now }) =>
    first.map((stream) => ({ device, stream, at: new Date(now), held: false })),
  )
  if (made.length > 0) {
    await trx
      .insertInto('device_pull')
      .values(made)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const standing = await readStanding(trx, [...new Set(told.flatMap(({ persons }) => persons))])
  const fresh = told.filter(({ device }) => !isKnown.has(device))
  const devices = await devicesOf(
    trx,
    fresh.map(({ account }) => account),
  )
  await audit(
    trx,
    officeChain,
    told.map(({ account, device, role, first, again, persons: streams, now }) => {
      const grids = streams.filter((stream) => residentsOf(standing.get(stream)) > 0)
      const persons = grids.reduce((sum, stream) => sum + residentsOf(standing.get(stream)), 0)
      const hour = new Date(now + chinaMs).getUTCHours()
      const is: Readonly<Record<Unusual, boolean>> = {
        night: hour >= 22 || hour < 6,
        device: !isKnown.has(device) && (devices.get(account) ?? 0) > 1,
        places: grids.length > 1,
        again: again.length > 0,
      }
      const unusual = persons > 0 ? unusualReads.filter((name) => is[name]) : []
      return {
        ...{ act: 'pull', at: new Date(now).toISOString(), account, device },
        // Of one place alone the entry is found by it.
        record: grids.length === 1 ? (grids[0] ?? null) : null,
        facts: {
          ...{ role, count: persons, places: grids.length, first: first.length },
          ...(again.length > 0 ? { again: again.length } : {}),
          ...(unusual.length > 0 ? { unusual } : {}),
        },
      }
    }),
  )
}

/** How many devices each of some accounts has that were not ended. */
async function devicesOf(
  trx: Transaction<Database>,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (accounts.length === 0) return new Map()
  const rows = await trx
    .selectFrom('device')
    .select(['account', sql<number>`count(*)::integer`.as('n')])
    .where('account', '=', listOf(accounts))
    .where('revoked_at', 'is', null)
    .groupBy('account')
    .execute()
  return new Map(rows.map(({ account, n }) => [account, n]))
}
