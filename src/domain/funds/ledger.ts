/**
 * The account of a fund, as a fold over its entries and what was said about them. What the server found stands in the
 * checks and is not judged again, so that every version of the app and the page show the same sums.
 */
import type { CheckWord, EntryKind, FundCheck, FundEntry } from './fund.ts'

export interface HeldEntry {
  readonly id: string
  /** Account; null where none made it. */
  readonly by: string | null
  readonly fields: FundEntry
}

export interface HeldCheck {
  readonly id: string
  readonly by: string | null
  readonly fields: FundCheck
}

/** 待第二人确认, 已入账, 未同意, 已撤回. */
export type EntryState = 'waiting' | 'counted' | 'objected' | 'withdrawn'

export interface Line<Entry extends HeldEntry = HeldEntry> {
  readonly entry: Entry
  readonly state: EntryState
  /** The check that decided; null of one that waits. */
  readonly check: HeldCheck | null
  /** What counts of it, by the kind that it moves; a reversal moves the kind of what it takes back, by less than nothing. */
  readonly moves: { readonly kind: SumKind; readonly cents: number } | null
  /** The entry by which it was taken back. */
  readonly reversedBy: string | null
}

export const sumKinds = ['pledged', 'received', 'spent', 'returned'] as const
export type SumKind = (typeof sumKinds)[number]
export type Sums = Readonly<Record<SumKind, number>>

export interface Ledger<Entry extends HeldEntry = HeldEntry> {
  /** What counts, in the order in which it came to count. */
  readonly counted: readonly Line<Entry>[]
  /** What waits for a second account, as it was given. */
  readonly waiting: readonly Line<Entry>[]
  readonly dropped: readonly Line<Entry>[]
  readonly sums: Sums
  /** Received, less what was spent and returned. */
  readonly left: number
  /** Over all that counts; null before anything does. */
  readonly hash: string | null
}

const stateOf: Readonly<Record<CheckWord, EntryState>> = {
  agree: 'counted',
  object: 'objected',
  withdraw: 'withdrawn',
}

/** The same whatever the order in which entries and checks are given. */
export function ledgerOf<Entry extends HeldEntry>(
  entries: readonly Entry[],
  checks: readonly HeldCheck[],
): Ledger<Entry> {
  const deciding = new Map<string, HeldCheck>()
  for (const check of checks) {
    if (check.fields.moved) deciding.set(check.fields.entry, check)
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const reversedBy = new Map<string, string>()
  for (const { id, fields } of entries) {
    const isCounted = deciding.get(id)?.fields.says === 'agree'
    if (isCounted && fields.reverses) reversedBy.set(fields.reverses, id)
  }
  const lines = entries.map((entry): Line<Entry> => {
    const check = deciding.get(entry.id) ?? null
    const state = check ? stateOf[check.fields.says] : 'waiting'
    const moves = state === 'counted' ? movesOf(entry, byId) : null
    return { entry, state, check, moves, reversedBy: reversedBy.get(entry.id) ?? null }
  })
  const counted = lines.filter(({ state }) => state === 'counted').sort((a, b) => noOf(a) - noOf(b))
  const sums = sumsOf(counted)
  return {
    counted,
    waiting: lines.filter(({ state }) => state === 'waiting'),
    dropped: lines.filter(({ state }) => state === 'objected' || state === 'withdrawn'),
    sums,
    left: sums.received - sums.spent - sums.returned,
    hash: counted.at(-1)?.check?.fields.hash ?? null,
  }
}

/** Its number in the account; 0 of one that does not count. */
export function noOf({ check }: Line): number {
  return check?.fields.no ?? 0
}

function movesOf(entry: HeldEntry, byId: ReadonlyMap<string, HeldEntry>): Line['moves'] {
  const { entryKind, cents, reverses } = entry.fields
  if (entryKind !== 'corrected') return { kind: entryKind, cents }
  const of = reverses ? byId.get(reverses) : undefined
  const kind: EntryKind | undefined = of?.fields.entryKind
  return kind && kind !== 'corrected' ? { kind, cents: -cents } : null
}

function sumsOf(counted: readonly Line[]): Sums {
  const sums = { pledged: 0, received: 0, spent: 0, returned: 0 }
  for (const { moves } of counted) if (moves) sums[moves.kind] += moves.cents
  return sums
}
