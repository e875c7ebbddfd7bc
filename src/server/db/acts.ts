/**
 * Acts of an office: who did what to which place or account, and when. The row tells an act that is asked for again
 * from a new one, and what it did in full; that it was done stands in the audit chain of the office. `details` hold
 * ids, kinds and counts, and names of places; never a password, and nothing of a resident.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { audit, officeChain } from './audit.ts'
import type { Database } from './schema.ts'

export const actNames = [
  'place-added',
  'place-renamed',
  'place-closed',
  'grid-assigned',
  'buildings-moved',
  'grids-merged',
  'account-created',
  'account-changed',
  'account-closed',
  'account-reopened',
  'account-handed-over',
  'password-reset',
  'password-changed',
] as const
export type ActName = (typeof actNames)[number]

export interface Act {
  /** Made by whoever asks for it: asked for twice it is done once. */
  readonly id: string
  readonly account: string
  readonly role: Role
  readonly device: string
  readonly at: Date
  readonly act: ActName
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Last in its transaction: the office's chain is locked by it. */
export async function recordAct(trx: Transaction<Database>, { role, ...act }: Act): Promise<void> {
  await trx
    .insertInto('act')
    .values({ ...act, details: JSON.stringify(act.details) })
    .execute()
  const { id, account, device, at, act: did, subject: record } = act
  const kind = /^(?:place|grid|building)/.test(did) ? 'place' : 'account'
  const facts = { role, did, id }
  await audit(trx, officeChain, [
    { act: kind, at: at.toISOString(), account, device, record, facts },
  ])
}

export function findAct(
  db: Kysely<Database>,
  id: string,
): Promise<Pick<Act, 'account' | 'act' | 'subject'> | undefined> {
  return db
    .selectFrom('act')
    .select(['account', 'act', 'subject'])
    .where('id', '=', id)
    .executeTakeFirst() as Promise<Pick<Act, 'account' | 'act' | 'subject'> | undefined>
}
