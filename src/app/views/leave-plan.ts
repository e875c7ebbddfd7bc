/** Somebody leaves: which acts give their places to others and close the account, in an order that may be cut anywhere. */
import type { ListedAccount } from '#protocol/places.ts'
import type { GivenFields } from './person-fields.ts'

/** Who gets which place; a place that is not named, or given to '', goes to nobody for now. */
export type Heirs = Readonly<Record<string, string>>

export type LeaveStep =
  | { readonly type: 'hand-over'; readonly to: string }
  | {
      readonly type: 'change'
      readonly account: string
      readonly given: GivenFields
      readonly before: GivenFields
    }
  | { readonly type: 'close' }

/**
 * One successor of all is one act. Of several each first gets what is theirs, the closing comes last: cut in the
 * middle, the leaver still has their places, and what was given is not given again.
 */
export function leaveSteps(
  leaver: Pick<ListedAccount, 'places'>,
  heirs: Heirs,
  accounts: readonly ListedAccount[],
): readonly LeaveStep[] {
  const { places } = leaver
  const chosen = [...new Set(places.map((place) => heirs[place] ?? ''))]
  const [only] = chosen
  if (chosen.length === 1 && only) return [{ type: 'hand-over', to: only }]
  const changes = accounts.flatMap((account): LeaveStep[] => {
    const { id, name, role } = account
    const more = places.filter((place) => heirs[place] === id && !account.places.includes(place))
    if (more.length === 0) return []
    const before = { name, role, places: account.places }
    const given = { name, role, places: [...account.places, ...more] }
    return [{ type: 'change', account: id, given, before }]
  })
  return [...changes, { type: 'close' }]
}

/** Places that nobody would look after any more: nobody is named for them, and nobody else has them. */
export function orphaned(
  leaver: Pick<ListedAccount, 'id' | 'places'>,
  heirs: Heirs,
  accounts: readonly ListedAccount[],
): readonly string[] {
  const others = accounts.filter(({ id, closedAt }) => id !== leaver.id && closedAt === null)
  return leaver.places.filter(
    (place) => !heirs[place] && !others.some(({ places }) => places.includes(place)),
  )
}
