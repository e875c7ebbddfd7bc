/**
 * What an office does to its places and people: decided, carried out and put on record in one transaction. Who may do
 * it is asked in that transaction, of the actor as the database has them then, and asked again at each repetition.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import { findAct, recordAct, recordRepetition, type ActName, type RecordedAct } from '../db/acts.ts'
import { hashOfValue } from '../db/audit-hash.ts'
import { oneAfterTheOther } from '../db/distribution.ts'
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

/** What is asked for. Under one id only one thing is ever asked for. */
export interface Asked {
  readonly act: ActName
  /** The place or account that it is done to. */
  readonly subject: string
  /** Everything else that the request says. */
  readonly content: unknown
}

export interface Steps<T extends Done> {
  /** Refuses unless the actor may do this to the subject as it is now. `isAgain`: it was done before. */
  readonly allow: (trx: Transaction<Database>, acting: Acting, isAgain: boolean) => Promise<unknown>
  /** Refuses, or does it. */
  readonly work: (trx: Transaction<Database>, acting: Acting) => Promise<T>
  /** The subject as it is now; null of what goes on where it stopped, and so may be asked for again at any time. */
  readonly stateOf: ((trx: Transaction<Database>) => Promise<unknown>) | null
  /** What is left to do where it is asked for again and everything is as it left it. */
  readonly again?: (trx: Transaction<Database>, acting: Acting, first: RecordedAct) => Promise<void>
}

/**
 * Does something once. Asked for again under the same id (the answer was lost), it is answered as before, with a
 * `value` of null, as long as the actor may still do it, the request is the same and the subject is as this act left
 * it; each repetition has an entry in the log, also one that is refused. The actor's own row is locked first, so that
 * the same act twice at once is still done once.
 */
export async function perform<T extends Done>(
  db: Kysely<Database>,
  given: Acting,
  asked: Asked,
  steps: Steps<T>,
): Promise<Performed<T>> {
  try {
    return await transact(db, async (trx): Promise<Performed<T>> => {
      // Places and accounts are on every machine: whoever changes them may not have asked several at once before.
      await oneAfterTheOther(trx)
      const acting = (await actorNow(trx, given)) ?? refuseAct('account-closed')
      const first = await findAct(trx, acting.id)
      if (first) return repeat(trx, acting, asked, steps, first)
      await steps.allow(trx, acting, false)
      const done = await steps.work(trx, acting)
      await recordAct(trx, {
        ...{ id: acting.id, account: acting.account.id, role: acting.account.role },
        ...{ device: acting.device, at: new Date(acting.now) },
        ...{ act: asked.act, subject: asked.subject, details: done.details },
        asked: hashOfValue(asked.content),
        left_as: steps.stateOf && hashOfValue(await steps.stateOf(trx)),
      })
      return { ok: true, value: done }
    })
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem }
    throw error
  }
}

/** Whoever asks as the database has them now, since the session was looked up before; null of one that was closed. */
export async function actorNow(trx: Transaction<Database>, acting: Acting): Promise<Acting | null> {
  const actor = await trx
    .selectFrom('account')
    .select(['role', 'closed'])
    .where('id', '=', acting.account.id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!actor || actor.closed) return null
  return { ...acting, account: { id: acting.account.id, role: actor.role as Role } }
}

async function repeat<T extends Done>(
  trx: Transaction<Database>,
  acting: Acting,
  asked: Asked,
  steps: Steps<T>,
  first: RecordedAct,
): Promise<Performed<T>> {
  const problem = await problemOfRepetition(trx, acting, asked, steps, first)
  const { id, account, device, now } = acting
  await recordRepetition(trx, {
    ...{ id, account: account.id, role: account.role, device, at: new Date(now) },
    ...{ act: asked.act, subject: asked.subject, problem },
  })
  return problem === null ? { ok: true, value: null } : { ok: false, problem }
}

async function problemOfRepetition<T extends Done>(
  trx: Transaction<Database>,
  acting: Acting,
  { act, subject, content }: Asked,
  { allow, stateOf, again }: Steps<T>,
  first: RecordedAct,
): Promise<Problem | null> {
  const isOwn = first.account === acting.account.id
  if (!isOwn || first.act !== act || first.subject !== subject) return 'malformed'
  // Of an act from before this was kept nobody can tell how it left its subject.
  if (first.asked === null) return 'changed-meanwhile'
  if (first.asked !== hashOfValue(content)) return 'malformed'
  try {
    await allow(trx, acting, true)
    if (stateOf && first.left_as !== hashOfValue(await stateOf(trx))) return 'changed-meanwhile'
    await again?.(trx, acting, first)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.problem
    throw error
  }
}

/** In order of id; what only refers to them (sessions, late places) does not wait. */
export async function lockAccounts(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<void> {
  // PostgreSQL knows no empty list.
  if (ids.length === 0) return
  await trx
    .selectFrom('account')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}
