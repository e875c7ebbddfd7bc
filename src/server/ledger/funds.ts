/**
 * What a push does to the account of a fund: an entry that takes another back is held against it, and what somebody says
 * about an entry is judged under the lock of the stream, where an entry that comes to count gets its place in the chain.
 */
import { hashOfText } from '../db/hashing-text.ts'
import type { FieldProblem } from '#domain/field.ts'
import { chainStart, lineOf } from '#domain/funds/chain.ts'
import { foundFields, type Fund, type FundCheck, type FundEntry } from '#domain/funds/fund.ts'
import { judgeCheck, problemOfReversal } from '#domain/funds/judge.ts'
import { ledgerOf, type HeldCheck, type HeldEntry } from '#domain/funds/ledger.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan-context.ts'

type Judging = Pick<PlanContext, 'account' | 'records'>

/** The fields of a new record of a fund as they are stored; refused where they may never be. */
export function judgedInFund(
  mutation: Mutation,
  stream: string,
  draft: Draft,
  context: Judging,
): { readonly fields: Mutation['fields'] } | Refused {
  const { kind, fields } = mutation
  // What does not fit its schema is refused in the words of that, in a moment.
  if (problemsOfNew(kind, fields).length > 0) return { fields }
  if (kind === 'fund-giver') {
    const entry = findRecord(draft, context.records, keyOf(stream, String(fields['entry'])))
    const isOfDoors = isOfBuilding(String(entry?.fields['fund']), stream, draft, context)
    return isOfDoors ? { fields } : { problem: 'not-allowed' }
  }
  if (kind === 'fund-entry') {
    const wrong = problemsOfEntry(fields as FundEntry, stream, draft, context)
    return wrong.length > 0 ? { problem: 'invalid-fields', fields: wrong } : { fields }
  }
  if (foundFields.some((name) => (fields[name] ?? null) !== null)) {
    return { problem: 'kind-not-yours' }
  }
  return judged(fields as FundCheck, mutation.record, stream, draft, context)
}

function problemsOfEntry(
  fields: FundEntry,
  stream: string,
  draft: Draft,
  context: Judging,
): readonly FieldProblem[] {
  if (fields.door && !isOfBuilding(fields.fund, stream, draft, context)) {
    return [{ field: 'door', problem: 'wrong-shape' }]
  }
  if (fields.entryKind !== 'corrected') return []
  const of = fields.reverses && findRecord(draft, context.records, keyOf(stream, fields.reverses))
  const isThere = of && of.kind === 'fund-entry' && !of.removed
  const problem = problemOfReversal(fields, isThere ? toEntry(of) : undefined)
  return problem ? [problem] : []
}

function judged(
  said: FundCheck,
  id: string,
  stream: string,
  draft: Draft,
  context: Judging,
): { readonly fields: Mutation['fields'] } | Refused {
  const row = findRecord(draft, context.records, keyOf(stream, said.entry))
  if (row?.kind !== 'fund-entry' || row.removed) return { problem: 'reference-missing' }
  const entry = toEntry(row)
  const { fund } = entry.fields
  const ledger = heldLedger(fund, stream, draft, context)
  const held = findRecord(draft, context.records, keyOf(stream, fund))
  const isClosed = Boolean((held?.fields as Fund | undefined)?.closedOn)
  const { id: by } = context.account
  const verdict = judgeCheck(said.says, by, entry, ledger, isClosed)
  if (!verdict.ok) return { problem: verdict.problem }
  if (!verdict.moved) return { fields: { ...said, moved: false, why: verdict.why } }
  if (said.says !== 'agree') return { fields: { ...said, moved: true } }
  const no = ledger.counted.length + 1
  const previous = ledger.hash ?? hashOfText(chainStart(fund))
  const hash = hashOfText(lineOf(previous, no, entry, { id, by }))
  return { fields: { ...said, moved: true, no, previous, hash } }
}

/** With what this very push has said so far. */
function heldLedger(fund: string, stream: string, { layers }: Draft, { records }: Judging) {
  const [mine, decided] = layers
  const entries = new Map<string, HeldEntry>()
  const checks = new Map<string, HeldCheck>()
  for (const source of [records, decided.written, mine.written]) {
    for (const row of source.values()) {
      if (row.stream !== stream || row.removed) continue
      if (row.kind === 'fund-entry' && row.fields['fund'] === fund)
        entries.set(row.id, toEntry(row))
      if (row.kind === 'fund-check') checks.set(row.id, toCheck(row))
    }
  }
  return ledgerOf([...entries.values()], [...checks.values()])
}

export function toEntry({ id, by, fields }: Pick<RecordRow, 'id' | 'by' | 'fields'>): HeldEntry {
  return { id, by, fields: fields as FundEntry }
}

export function toCheck({ id, by, fields }: Pick<RecordRow, 'id' | 'by' | 'fields'>): HeldCheck {
  return { id, by, fields: fields as FundCheck }
}

/**
 * A fund of a building has the stream of its people. Above grids many devices have its records: no person and no door
 * is named there.
 */
function isOfBuilding(fund: string, stream: string, draft: Draft, { records }: Judging): boolean {
  const row = findRecord(draft, records, keyOf(stream, fund))
  return Boolean((row?.fields as Fund | undefined)?.building)
}

/** A photograph by which somebody agreed to an entry stays with it. */
export function isVoucher(
  photo: string,
  stream: string,
  find: (key: string) => RecordRow | undefined,
): boolean {
  const host = find(keyOf(stream, photo))?.fields['host']
  return find(keyOf(stream, String(host)))?.kind === 'fund-entry'
}
