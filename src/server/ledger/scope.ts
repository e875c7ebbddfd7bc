/** What an account may write: what is its own now, and what was when late work of it was recorded. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Reach } from '../access.ts'
import type { Parents } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'
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

export interface AccountNow {
  readonly id: string
  readonly role: Role
  readonly isClosed: boolean
}

export interface AccountScope {
  readonly account: AccountNow
  readonly scope: ReadonlyMap<string, Reach>
  /** Of the account's places and all above them. */
  readonly parents: Parents
}

interface ScopeRow {
  readonly role: Role
  readonly closed: boolean
  /** Null of an account without any place. */
  readonly id: string | null
  readonly parent: string | null
  readonly own: boolean
  readonly root: boolean
  readonly seen: boolean
  readonly late_role: Role | null
  readonly until: Date | null
}

/**
 * The account as it is now, with its streams. A device that has not pulled since a place was taken away could not know
 * it: what it recorded meanwhile is taken as well, in good faith. Not of an account that was closed: there the moment
 * of closing is the end. `isVouched`: somebody of the office brings the work in.
 */
export async function loadScope(
  db: Kysely<Database>,
  { id: asked, isVouched }: { readonly id: string; readonly isVouched: boolean },
  pulledAt: Date | null,
  now: number,
): Promise<AccountScope> {
  const days = isVouched ? vouchedDays : lateDays
  const rows = await readScope(db, asked, new Date(now - days * 86_400_000))
  const [first] = rows
  if (!first) throw new Error('no such account')
  const account = { id: asked, role: first.role, isClosed: first.closed }
  const end = (until: number) => {
    if (account.isClosed) return until
    const isUnheard = pulledAt !== null && pulledAt.getTime() <= until + overlapMs
    return isUnheard ? Infinity : until + overlapMs
  }
  const scope = new Map<string, Reach>()
  const parents = new Map<string, string | null>()
  for (const { id, parent, own, root, seen, late_role: role, until } of rows) {
    if (id === null) continue
    parents.set(id, parent)
    const reach = seen ? { own, root } : { own: false }
    scope.set(id, role && until ? { ...reach, late: { role, until: end(until.getTime()) } } : reach)
  }
  return { account, scope, parents }
}

/** By tables alone that are small and on every machine; of several moments at which a place was lost, the last one. */
async function readScope(
  db: Kysely<Database>,
  account: string,
  since: Date,
): Promise<readonly ScopeRow[]> {
  const { rows } = await sql<ScopeRow>`
    with recursive below as (
      select place as id from account_place where account = ${account}::uuid
      union
      select place.id from place join below on place.parent = below.id
    ), above as (
      select place.parent as id from place join account_place on account_place.place = place.id
      where account_place.account = ${account}::uuid and place.parent is not null
      union
      select place.parent from place join above on place.id = above.id
      where place.parent is not null
    ), lost as (
      select place as id, role, until from late_place
      where account = ${account}::uuid and until > ${since.toISOString()}::timestamptz
      union
      select place.id, lost.role, lost.until from place join lost on place.parent = lost.id
    ), late as (
      select distinct on (id) id, role, until from lost order by id, until desc
    ), scope as (
      select id from below union select id from above union select id from late
    )
    select account.role, account.closed, place.id, place.parent,
      below.id is not null as own,
      account_place.place is not null and place.parent is null as root,
      below.id is not null or above.id is not null as seen,
      late.role as late_role, late.until
    from account
    left join (scope join place on place.id = scope.id) on true
    left join below on below.id = place.id
    left join above on above.id = place.id
    left join late on late.id = place.id
    left join account_place
      on account_place.account = account.id and account_place.place = place.id
    where account.id = ${account}::uuid`.execute(db)
  return rows
}
