/** What an account may write: what is its own now, and what was when late work of it was recorded. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Reach } from '../access.ts'
import { listOf } from '../db/place-tree.ts'
import { marksIn, type MarkedRule, type Parents } from '../db/rules-above.ts'
import type { RuleKind } from '../db/rule-kinds.ts'
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

/** A place of an account; or, where there is no account, a rule. */
interface ScopeRow {
  readonly account: string | null
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
  readonly rule: MarkedRule | null
}

/** For whom a scope is asked. */
export interface ScopeAsked {
  readonly account: string
  /** Somebody of the office brings the work in. */
  readonly isVouched: boolean
  /** When the device last heard what is its own; null where it never did. */
  readonly pulledAt: Date | null
  /** Milliseconds. */
  readonly now: number
}

/**
 * The account as it is now, with its streams. A device that has not pulled since a place was taken away could not know
 * it: what it recorded meanwhile is taken as well, in good faith. Not of an account that was closed: there the moment
 * of closing is the end.
 */
export async function loadScope(db: Kysely<Database>, asked: ScopeAsked): Promise<AccountScope> {
  const [scope] = (await loadScopes(db, [asked])).scopes
  if (!scope) throw new Error('no such account')
  return scope
}

/** The same for several in one question, in the same order; with it the rules of these kinds in all of their places. */
export async function loadScopes(
  db: Kysely<Database>,
  asked: readonly ScopeAsked[],
  kinds: readonly RuleKind[] = [],
): Promise<{ readonly scopes: readonly AccountScope[]; readonly rules: readonly MarkedRule[] }> {
  const since = asked.map(sinceOf).reduce((a, b) => Math.min(a, b))
  const accounts = asked.map(({ account }) => account)
  const rows = await readScopes(db, accounts, new Date(since), kinds)
  const ofAccount = new Map(accounts.map((account) => [account.toLowerCase(), [] as ScopeRow[]]))
  for (const row of rows) if (row.account !== null) ofAccount.get(row.account)?.push(row)
  return {
    scopes: asked.map((one) => scopeOf(one, ofAccount.get(one.account.toLowerCase()) ?? [])),
    rules: rows.flatMap(({ rule }) => rule ?? []),
  }
}

/** From when on a place that was lost counts, in milliseconds. */
function sinceOf({ isVouched, now }: ScopeAsked): number {
  return now - (isVouched ? vouchedDays : lateDays) * 86_400_000
}

function scopeOf(asked: ScopeAsked, rows: readonly ScopeRow[]): AccountScope {
  const [first] = rows
  if (!first) throw new Error('no such account')
  const account = { id: asked.account, role: first.role, isClosed: first.closed }
  const { pulledAt } = asked
  const end = (until: number) => {
    if (account.isClosed) return until
    const isUnheard = pulledAt !== null && pulledAt.getTime() <= until + overlapMs
    return isUnheard ? Infinity : until + overlapMs
  }
  const scope = new Map<string, Reach>()
  const parents = new Map<string, string | null>()
  for (const { id, parent, own, root, seen, late_role: role, until } of rows) {
    if (id === null) continue
    const late = role && until && until.getTime() > sinceOf(asked) ? { role, until } : null
    if (!seen && !late) continue
    parents.set(id, parent)
    const reach = seen ? { own, root } : { own: false }
    scope.set(
      id,
      late ? { ...reach, late: { role: late.role, until: end(late.until.getTime()) } } : reach,
    )
  }
  return { account, scope, parents }
}

/** By tables alone that are small and on every machine; of several moments at which a place was lost, the last one. */
async function readScopes(
  db: Kysely<Database>,
  accounts: readonly string[],
  since: Date,
  kinds: readonly RuleKind[],
): Promise<readonly ScopeRow[]> {
  const asked = listOf(accounts)
  const rules: RawBuilder<unknown> =
    kinds.length === 0
      ? sql``
      : sql`union all
        select null, null, null, null, null, null, null, null, null, null, to_jsonb(marked)
        from (${marksIn(sql`any(array(select id from scope))`, kinds)}) as marked`
  const { rows } = await sql<ScopeRow>`
    with recursive below as (
      select account, place as id from account_place where account = ${asked}
      union
      select below.account, place.id from place join below on place.parent = below.id
    ), above as (
      select account_place.account, place.parent as id
      from place join account_place on account_place.place = place.id
      where account_place.account = ${asked} and place.parent is not null
      union
      select above.account, place.parent from place join above on place.id = above.id
      where place.parent is not null
    ), lost as (
      select account, place as id, role, until from late_place
      where account = ${asked} and until > ${since.toISOString()}::timestamptz
      union
      select lost.account, place.id, lost.role, lost.until
      from place join lost on place.parent = lost.id
    ), late as (
      select distinct on (account, id) account, id, role, until
      from lost order by account, id, until desc
    ), scope as (
      select account, id from below union select account, id from above
      union select account, id from late
    )
    select account.id as account, account.role, account.closed, place.id, place.parent,
      below.id is not null as own,
      account_place.place is not null and place.parent is null as root,
      below.id is not null or above.id is not null as seen,
      late.role as late_role, late.until, null::jsonb as rule
    from account
    left join (scope join place on place.id = scope.id) on scope.account = account.id
    left join below on below.account = account.id and below.id = place.id
    left join above on above.account = account.id and above.id = place.id
    left join late on late.account = account.id and late.id = place.id
    left join account_place
      on account_place.account = account.id and account_place.place = place.id
    where account.id = ${asked}
    ${rules}`.execute(db)
  return rows
}
