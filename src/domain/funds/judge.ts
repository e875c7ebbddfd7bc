/**
 * What a word about an entry leads to, judged once, by the server, under the lock of the account: of two confirmations
 * at once the first counts, and the second stays as a note that changed nothing.
 */
import { mayDecideEntry } from '../permission-of-funds.ts'
import type { CheckWord, FundEntry, IdleReason } from './fund.ts'
import type { EntryState, HeldEntry, Ledger } from './ledger.ts'

export type Verdict =
  /** Not this account's to say. */
  | { readonly ok: false; readonly problem: 'second-person-needed' | 'kind-not-yours' }
  | { readonly ok: true; readonly moved: true }
  | { readonly ok: true; readonly moved: false; readonly why: IdleReason }

const over: Readonly<Record<Exclude<EntryState, 'waiting'>, IdleReason>> = {
  counted: 'counted-already',
  objected: 'objected-already',
  withdrawn: 'withdrawn-already',
}

export function judgeCheck(
  says: CheckWord,
  by: string,
  entry: HeldEntry,
  ledger: Ledger,
  isClosed: boolean,
): Verdict {
  const refusal = mayDecideEntry(says, by, entry.by)
  if (refusal) return { ok: false, problem: refusal }
  const lines = [...ledger.counted, ...ledger.waiting, ...ledger.dropped]
  const state = lines.find((line) => line.entry.id === entry.id)?.state ?? 'waiting'
  const idle = (why: IdleReason) => ({ ok: true, moved: false, why }) as const
  if (state !== 'waiting') return idle(over[state])
  if (says === 'agree' && isClosed) return idle('fund-closed')
  if (says === 'agree' && entry.fields.entryKind === 'corrected') {
    const of = ledger.counted.find((line) => line.entry.id === entry.fields.reverses)
    if (!of) return idle('nothing-to-reverse')
    if (of.reversedBy !== null) return idle('reversed-already')
  }
  return { ok: true, moved: true }
}

/** What is wrong with an entry that takes another one back; null where nothing is. */
export function problemOfReversal(
  fields: Pick<FundEntry, 'fund' | 'cents' | 'reverses'>,
  of: HeldEntry | undefined,
): { readonly field: 'reverses' | 'cents'; readonly problem: 'required' | 'wrong-shape' } | null {
  const isOfThis = of?.fields.fund === fields.fund && of.fields.entryKind !== 'corrected'
  if (!isOfThis) return { field: 'reverses', problem: 'required' }
  return of.fields.cents === fields.cents ? null : { field: 'cents', problem: 'wrong-shape' }
}
