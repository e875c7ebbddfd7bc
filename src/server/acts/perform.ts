/** What an office does to its places and people: decided, carried out and put on record in one transaction. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import { findAct, recordAct, type ActName } from '../db/acts.ts'
import type { Database } from '../db/schema.ts'
import { transact } from '../db/transact.ts'

/** Who does it, when, and under which id. */
export interface Acting {
  readonly id: string
  readonly account: { readonly id: string; readonly role: Role }
  readonly device: string
  readonly now: number
  readonly ids: () => string
}

export interface Done {
  readonly details: Readonly<Record<string, unknown>>
  /** Streams that moved, or whose readers changed. */
  readonly moved: readonly string[]
}

export type Performed<T extends Done = Done> =
  | { readonly ok: true; readonly value: T | null }
  | { readonly ok: false; readonly problem: Problem }

/** A transaction is rolled back by throwing; `perform` makes a refusal of it again. */
class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem)
    this.problem = problem
  }
}

export function refuseAct(problem: Problem): never {
  throw new Refusal(problem)
}

/**
 * Does something once. Asked for again under the same id (the answer was lost), nothing is done and `value` is null.
 * The actor's own row is locked first, so that the same act twice at once is still done once.
 */
export async function perform<T extends Done>(
  db: Kysely<Database>,
  acting: Acting,
  { act, subject }: { readonly act: ActName; readonly subject: string },
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<Performed<T>> {
  const { id, account, device, now } = acting
  try {
    const value = await transact(db, async (trx) => {
      await lockAccounts(trx, [account.id])
      const before = await findAct(trx, id)
      if (before) {
        const isSame =
          before.account === account.id && before.act === act && before.subject === subject
        return isSame ? null : refuseAct('malformed')
      }
      const done = await work(trx)
      const { details } = done
      await recordAct(trx, {
        id,
        account: account.id,
        role: account.role,
        device,
        at: new Date(now),
        act,
        subject,
        details,
      })
      return done
    })
    return { ok: true, value }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem }
    throw error
  }
}

/** In order of id; what only refers to them (sessions, late places) does not wait. */
export async function lockAccounts(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<void> {
  await trx
    .selectFrom('account')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}
