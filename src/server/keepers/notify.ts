/** The round that tells an office's own system what waits: each thing once, some tries, and a line in the log for each. */
import {
  forgetNotifications,
  noteTold,
  noteWaiting,
  unsentNotifications,
  waitingByPlace,
} from '../db/notifications.ts'
import type { Db } from '../db/schema.ts'
import type { Notifier } from './outward.ts'

/** One a round, so within an hour; then it is given up, and the next thing that waits is told anew. */
export const mostTries = 6
/** Of one round: an address that hangs keeps the round for a minute or two at most. */
const mostAtOnce = 20
/** After so many without an answer the rest waits for the next round. */
const mostSilent = 3

export interface NotifyParts {
  readonly db: Db
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly notifier: Notifier
  readonly onTold: (outcome: 'sent' | 'failed' | 'given-up') => void
}

export async function notifyRound(parts: NotifyParts): Promise<void> {
  const { db, clock, ids, notifier, onTold } = parts
  for (const waiting of await waitingByPlace(db)) {
    await noteWaiting(db, waiting, { now: clock.now(), ids })
  }
  let silent = 0
  for (const one of await unsentNotifications(db, mostAtOnce)) {
    if (silent >= mostSilent) break
    const { id, place, what, count, name, madeAt, tries } = one
    const notice = { id, at: madeAt.toISOString(), event: 'waiting' as const }
    const status = await notifier.tell({ ...notice, what, place, name, count })
    if (status === null) silent += 1
    const isSent = status !== null && status >= 200 && status < 300
    const isLast = tries + 1 >= mostTries
    await noteTold(db, one, { status, isSent, isLast }, new Date(clock.now()))
    onTold(isSent ? 'sent' : isLast ? 'given-up' : 'failed')
  }
  await forgetNotifications(db, clock.now())
}
