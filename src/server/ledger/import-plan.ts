/** What an import does, decided in memory against the records that were loaded under lock: all of it, or nothing and why. */
import type { Import, ImportItem, ImportOutcome } from '#domain/import.ts'
import { readFields } from '#domain/schemas.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Scope } from '../access.ts'
import type { RecordRow } from '../db/record-row.ts'
import { applyOne } from './apply-one.ts'
import { createDraft, createLayer, decide, type Draft, type Refused } from './draft.ts'
import type { Plan } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { problemOfWhole } from './whole.ts'

/** What the server says of an import. */
export interface ImportVerdict {
  readonly outcome: ImportOutcome
  readonly reason?: Problem
  readonly refusedAt?: NonNullable<Import['refusedAt']>
}

/** Lets others have the processor between two slices of work. */
type Breathe = () => Promise<void>

/** So many are decided before others have their turn. */
const slice = 400

/** What this device's picture of the register made impossible: comparing anew helps, where nothing else does. */
const outdated: ReadonlySet<Problem> = new Set<Problem>([
  'record-gone',
  'record-exists',
  'record-elsewhere',
  'record-merged',
  'reference-missing',
])

/** The changes of an import as mutations; `seq`: the number of the import itself on its device. */
export function itemsToMutations(
  items: readonly ImportItem[],
  { id, created }: Pick<RecordRow, 'id' | 'created'>,
  { device, seq }: { readonly device: string; readonly seq: number },
  ids: () => string,
): Mutation[] {
  return items.map(({ stream, kind, record, op, to, fields, seen }) => ({
    id: ids(),
    device,
    seq,
    at: saidAt(kind, fields) ?? created.at,
    batch: id,
    stream,
    kind,
    record,
    op,
    ...(to ? { to } : {}),
    fields: readFields(kind, fields),
    seen,
  }))
}

/** A request of a ledger began when it was reported there, long before the import. */
function saidAt(kind: ImportItem['kind'], { step, at }: ImportItem['fields']): string | null {
  const isBeginning = kind === 'request-step' && step === 'submit' && typeof at === 'string'
  return isBeginning && !Number.isNaN(Date.parse(at)) ? at : null
}

/** `mutations`: those of `items`, in the same order. */
export async function planImport(
  items: readonly ImportItem[],
  mutations: readonly Mutation[],
  context: PlanContext,
  breathe: Breathe,
): Promise<{ readonly plan: Plan } | ImportVerdict> {
  const decided = createLayer()
  const draft = createDraft(decided)
  const refused = await draftAll(mutations, draft, context, breathe)
  if (refused) {
    const { problem } = refused
    if (outdated.has(problem)) return { outcome: 'overtaken' }
    const item = refused.index === null ? undefined : items[refused.index]
    const refusedAt = item && whereOf(item, refused)
    return { outcome: 'refused', reason: problem, ...(refusedAt ? { refusedAt } : {}) }
  }
  decide(draft)
  const { receipts, changes, departures, moved } = draft
  const { written, heads } = decided
  return { plan: { receipts, changes, departures, moved, written, heads } }
}

/** The refusal of the first change that cannot be, and with it of all; `index` null where it is none of one change. */
async function draftAll(
  mutations: readonly Mutation[],
  draft: Draft,
  context: PlanContext,
  breathe: Breathe,
): Promise<(Refused & { readonly index: number | null }) | null> {
  for (const [index, mutation] of mutations.entries()) {
    if (index % slice === 0) await breathe()
    const refused = applyOne(mutation, draft, context)
    if (refused) return { ...refused, index }
  }
  const whole = problemOfWhole(draft, context)
  return whole && { ...whole, index: null }
}

/** Which row of the roster, and which field of it, cannot be: never a value. */
function whereOf(
  { kind, sheet, row }: ImportItem,
  { fields }: Refused,
): NonNullable<Import['refusedAt']> {
  const field = fields?.[0]?.field
  return {
    kind,
    ...(sheet ? { sheet } : {}),
    ...(row ? { row } : {}),
    ...(field ? { field } : {}),
  }
}

/** The import itself, with what came of it. */
export function withVerdict(
  record: RecordRow,
  { outcome, reason, refusedAt }: ImportVerdict,
  version: number,
): RecordRow {
  const fields = {
    ...record.fields,
    outcome,
    ...(reason ? { reason } : {}),
    ...(refusedAt ? { refusedAt } : {}),
  }
  return { ...record, version, fields }
}

/** Document numbers of the people that it takes for new. */
export function numbersOfNew(items: readonly ImportItem[]): string[] {
  return items.flatMap(({ kind, op, fields }) => {
    const number = fields['documentNumber']
    return kind === 'resident' && op === 'create' && typeof number === 'string' ? [number] : []
  })
}

/**
 * Up to which version the device knew the streams that it writes to, and the others that its author sees. One that it
 * does not name was unknown to it where it writes; of the others nothing is said then.
 */
export function basesOf(
  known: ReadonlyMap<string, number>,
  touched: readonly string[],
  scope: Scope,
): { readonly bases: ReadonlyMap<string, number>; readonly beside: ReadonlyMap<string, number> } {
  const bases = new Map(touched.map((stream) => [stream, known.get(stream) ?? 0]))
  const beside = [...known].filter(([stream]) => scope.get(stream)?.own && !bases.has(stream))
  return { bases, beside: new Map(beside) }
}
