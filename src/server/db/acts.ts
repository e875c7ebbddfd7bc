/**
 * Acts of an office: who did what to which place or account, and when. The row tells an act that is asked for again
 * from a new one, and what it did in full; that it was done stands in the audit chain of the office. `details` hold
 * ids, kinds and counts, and names of places; never a password, and nothing of a resident.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import { audit, officeChain } from './audit.ts'
import type { Database } from './schema.ts'

export const actNames = [
  'place-added',
  'place-renamed',
  'place-closed',
  'grid-assigned',
  'place-turned', // into another kind
  'places-made', // a workbook of places and people
  'places-taken-back',
  'buildings-moved',
  'grids-merged',
  'account-created',
  'account-changed',
  'account-closed',
  'account-reopened',
  'account-handed-over',
  'password-reset',
  'password-changed',
  'factor-set',
  'factor-ended',
  'factor-reset',
  'recovery-codes-made',
  'office-made', // the subdistrict and its first administrator
  'hotline-made', // an outside system was given a key
  'hotline-keyed',
  'hotline-stopped',
  'hotline-admitted', // what an outside system handed in became a request
  'hotline-turned-away',
  'codes-made', // stickers of the resident's page
  'codes-stopped',
  'codes-printed',
  'page-set', // what a community's pages say and let through
  'asks-admitted', // what was asked by a sticker became a request
  'asks-turned-away',
  'asks-taken-back', // out of what was turned away
  'account-rescued', // by whoever may enter commands on the server
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
  /** Hashes of the request, and of its subject as the act left it; none of what is never asked for again. */
  readonly asked?: string | null
  readonly left_as?: string | null
}

/** What a repetition is held against. */
export type RecordedAct = Required<
  Pick<Act, 'account' | 'act' | 'subject' | 'at' | 'asked' | 'left_as'>
>

/** Last in its transaction: the office's chain is locked by it. */
export async function recordAct(trx: Transaction<Database>, { role, ...act }: Act): Promise<void> {
  const { asked = null, left_as = null } = act
  await trx
    .insertInto('act')
    .values({ ...act, details: JSON.stringify(act.details), asked, left_as })
    .execute()
  await noteAct(trx, { role, ...act }, {})
}

/** An act was asked for again: answered as before, or refused and why. */
export async function recordRepetition(
  trx: Transaction<Database>,
  act: Omit<Act, 'details' | 'asked' | 'left_as'> & { readonly problem: Problem | null },
): Promise<void> {
  const { problem } = act
  await noteAct(trx, act, { repeated: true, ...(problem ? { problem } : {}) })
}

async function noteAct(
  trx: Transaction<Database>,
  act: Pick<Act, 'id' | 'account' | 'role' | 'device' | 'at' | 'act' | 'subject'>,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id, account, role, device, at, act: did, subject: record } = act
  const kind = /^hotline/.test(did)
    ? 'hotline'
    : /^(?:codes|asks|page)-/.test(did)
      ? 'ask'
      : /^(?:place|grid|building)/.test(did)
        ? 'place'
        : 'account'
  const facts = { role, did, id, ...more }
  await audit(trx, officeChain, [
    { act: kind, at: at.toISOString(), account, device, record, facts },
  ])
}

export async function findAct(db: Kysely<Database>, id: string): Promise<RecordedAct | undefined> {
  const row = await db
    .selectFrom('act')
    .select(['account', 'act', 'subject', 'at', 'asked', 'left_as'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row as RecordedAct | undefined
}
