/** What an account may write: what is its own now, and what was when late work of it was recorded. */
import type { Kysely } from 'kysely'
import type { Reach } from '../access.ts'
import type { Database } from '../db/schema.ts'
import { lateStreamsOf, streamsOf } from '../db/streams.ts'
import { tombstoneDays } from '../db/tombstones.ts'

/**
 * So long after a place was lost what was recorded before is taken from the device itself. Later a file of it is
 * brought in by the office, which stands for it.
 */
export const lateDays = 60
/** Later than that nobody could be led on to where things went: the tombstones are gone. */
const vouchedDays = tombstoneDays

/** A pull that began while a place was being taken away may still have told the device that it has it. */
const overlapMs = 60_000

/**
 * A device that has not pulled since a place was taken away could not know it: what it recorded meanwhile is taken as
 * well, in good faith. Not of an account that was closed: there the moment of closing is the end.
 */
export async function loadScope(
  db: Kysely<Database>,
  account: {
    readonly id: string
    readonly isClosed: boolean
    /** Brought in by somebody of the office. */
    readonly isVouched?: boolean
  },
  pulledAt: Date | null,
  now: number,
): Promise<Map<string, Reach>> {
  const scope = new Map<string, Reach>()
  const end = (until: number) => {
    if (account.isClosed) return until
    const isUnheard = pulledAt !== null && pulledAt.getTime() <= until + overlapMs
    return isUnheard ? Infinity : until + overlapMs
  }
  for (const { id, own, root } of await streamsOf(db, account.id)) scope.set(id, { own, root })
  const days = account.isVouched ? vouchedDays : lateDays
  const since = new Date(now - days * 86_400_000)
  for (const { id, role, until } of await lateStreamsOf(db, account.id, since)) {
    scope.set(id, { own: false, ...scope.get(id), late: { role, until: end(until.getTime()) } })
  }
  return scope
}
