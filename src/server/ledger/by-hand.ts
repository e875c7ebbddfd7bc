/** Colours by hand as a push brings them: everybody speaks for themselves, and nobody agrees with themselves. */
import type { Role } from '#domain/account.ts'
import type { Override } from '#domain/override.ts'
import { setKey, type Kind } from '#domain/record.ts'
import { isSame } from '#protocol/merge.ts'
import { mayReview } from '#domain/permission.ts'

type Values = Readonly<Record<string, unknown>>
interface Who {
  readonly id: string
  readonly role: Role
}

/** `before` is {} of a new record. Of a kind that has no colours, whatever bears their name is none. */
export function areHandColoursAllowed(
  kind: Kind,
  before: Values,
  after: Values,
  who: Who,
): boolean {
  if (setKey(kind, 'overrides') === undefined) return true
  const old = byId(before)
  const fresh = byId(after)
  for (const [id, one] of fresh) if (!isAllowed(old.get(id), one, who)) return false
  for (const [id, one] of old) {
    // Taking back what was proposed a moment ago; once somebody looked at it, it stays and can be withdrawn.
    if (!fresh.has(id) && (one.by !== who.id || one.review)) return false
  }
  return true
}

function isAllowed(before: Override | undefined, after: Override, who: Who): boolean {
  if (!before) return after.by === who.id && !after.review && !after.withdrawnOn
  const { review, withdrawnOn, ...rest } = after
  const { review: oldReview, withdrawnOn: oldWithdrawn, ...oldRest } = before
  if (!isSame(rest, oldRest)) return false
  const isReviewer = mayReview(who.role) && before.by !== who.id
  if (!isSame(withdrawnOn, oldWithdrawn) && before.by !== who.id && !mayReview(who.role)) {
    return false
  }
  if (isSame(review, oldReview)) return true
  const isMine = (one: Override['review']) => !one || one.by === who.id
  return isReviewer && isMine(review) && isMine(oldReview)
}

function byId(fields: Values): Map<string, Override> {
  const list: unknown = fields['overrides']
  return new Map(Array.isArray(list) ? (list as Override[]).map((one) => [one.id, one]) : [])
}
