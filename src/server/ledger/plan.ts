/**
 * What a push does, decided in memory: mutations in order, batch by batch, against the records that were loaded under
 * lock. Nothing here waits or writes, so that a refusal leaves no trace and the same input gives the same plan.
 */
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { RecordRow } from '../db/record-row.ts'
import { applyOne } from './apply-one.ts'
import type { RefusedLook } from './refused-look.ts'
import {
  createDraft,
  createLayer,
  decide,
  type ChangeRow,
  type Departure,
  type Draft,
  type Layer,
  type MovedRecord,
  type Refused,
} from './draft.ts'
import { problemOfWhole } from './whole.ts'
import type { PlanContext } from './plan-context.ts'

/** A mutation that could be read, or the refusal of one that could not. */
export type Incoming =
  | { readonly mutation: Mutation }
  | {
      readonly id: string
      readonly seq: number
      readonly batch: string | null
      readonly problem: Problem
    }

export interface Plan {
  readonly receipts: readonly Receipt[]
  /** Written records as they are after the push, one each. */
  readonly written: ReadonlyMap<string, RecordRow>
  readonly changes: readonly ChangeRow[]
  readonly departures: readonly Departure[]
  readonly moved: readonly MovedRecord[]
  /** Looks at minors without an approval; their refusal is on record. */
  readonly refusedLooks?: readonly RefusedLook[]
  readonly heads: ReadonlyMap<string, number>
}

/** Mutations of one batch stand side by side; one without a batch stands alone. */
export function batchesOf(incoming: readonly Incoming[]): Incoming[][] {
  const batches: Incoming[][] = []
  let last: string | null = null
  for (const item of incoming) {
    const batch = batchOf(item)
    if (batch !== null && batch === last) batches.at(-1)?.push(item)
    else batches.push([item])
    last = batch
  }
  return batches
}

/** `decided`: what other pushes to the same streams came to, which are written together with this one. */
export function planPush(
  incoming: readonly Incoming[],
  context: PlanContext,
  decided: Layer = createLayer(),
): Plan {
  const receipts: Receipt[] = []
  const changes: ChangeRow[] = []
  const departures: Departure[] = []
  const moved: MovedRecord[] = []
  const refusedLooks: RefusedLook[] = []
  for (const batch of batchesOf(incoming)) {
    const draft = createDraft(decided)
    const refused = draftBatch(batch, draft, context)
    if (refused) {
      receipts.push(...refusals(batch, refused))
      if (refused.look) refusedLooks.push(refused.look)
    } else {
      decide(draft)
      receipts.push(...draft.receipts)
      changes.push(...draft.changes)
      departures.push(...draft.departures)
      moved.push(...draft.moved)
    }
  }
  const { written, heads } = decided
  return { receipts, changes, departures, moved, refusedLooks, written, heads }
}

/** `seq` of the mutation that is to blame; null where none is. */
type Guilty = { readonly seq: number | null } & Refused

/** Builds a batch up; null where all of it is good, else the draft is of no use. */
function draftBatch(batch: readonly Incoming[], draft: Draft, context: PlanContext): Guilty | null {
  if (!isWhole(batch)) return { seq: null, problem: 'batch-refused' }
  for (const item of batch) {
    const refused = 'mutation' in item ? applyOne(item.mutation, draft, context) : item
    if (refused) return { ...refused, seq: seqOf(item) }
  }
  return problemOfWhole(draft, context)
}

/** False where a batch says how many it is and not all of them are here. */
function isWhole(batch: readonly Incoming[]): boolean {
  return batch.every(
    (item) =>
      !('mutation' in item) ||
      item.mutation.batchSize === undefined ||
      item.mutation.batchSize === batch.length,
  )
}

function refusals(batch: readonly Incoming[], { seq: guilty, problem, fields }: Guilty): Receipt[] {
  return batch.map((item) => {
    const { id, seq } = 'mutation' in item ? item.mutation : item
    if (seq !== guilty) return { id, seq, ok: false, problem: 'batch-refused' }
    return {
      id,
      seq,
      ok: false,
      problem,
      ...(fields ? { fields: fields.map((field) => ({ ...field })) } : {}),
    }
  })
}

export function seqOf(item: Incoming): number {
  return 'mutation' in item ? item.mutation.seq : item.seq
}

export function idOf(item: Incoming): string {
  return 'mutation' in item ? item.mutation.id : item.id
}

export function batchOf(item: Incoming): string | null {
  return 'mutation' in item ? item.mutation.batch : item.batch
}
