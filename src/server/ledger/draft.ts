/** The state that a push builds up, in two layers: what is decided, and the batch that may still be refused. */
import type { FieldProblem } from '#domain/field.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { RefusedLook } from './refused-look.ts'

export interface ChangeRow {
  readonly mutation: Mutation
  /** Where the record stands, or stood. */
  readonly stream: string
  readonly version: number
  readonly correctedAt: string
  /** Name to [before, after]; of a removal everything that the record held. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>
}

/** The line in the log of the stream that a record left. */
export interface Departure extends ChangeRow {
  readonly id: string
}

/** A record that went to another stream: its history goes along, as of its first version there. */
export interface MovedRecord {
  readonly from: string
  readonly to: string
  readonly record: string
  readonly version: number
}

/** What of a batch must still be judged when it is complete. */
export interface Touched {
  readonly seq: number
  readonly key: string
  /** Where it stood before, were it another stream. */
  readonly cameFrom: string
  /** Recorded by an app that asks for consents. */
  readonly knowsConsents: boolean
  /** Made, or really moved to another parent: that one has to be there. */
  readonly placed: boolean
}

export interface Refused {
  readonly problem: Problem
  readonly fields?: readonly FieldProblem[]
  /** Of a look at a minor without an approval. */
  readonly look?: RefusedLook
}

export interface Layer {
  /** Records as they are now, by stream and id. */
  readonly written: Map<string, RecordRow>
  readonly heads: Map<string, number>
  /** Mutations by stream and id, with the version that each led to. */
  readonly applied: Map<string, number>
  /** What can be taken once alone, and what is told to whoever takes it again; see `claims.ts`. */
  readonly claimed: Map<string, Claim>
}

/** Why something cannot be taken: it is there, or it was and has gone. */
export type Claim = 'record-exists' | 'record-gone'

export interface Draft {
  /** Newest first. */
  readonly layers: readonly [Layer, Layer]
  readonly changes: ChangeRow[]
  readonly departures: Departure[]
  readonly moved: MovedRecord[]
  readonly receipts: Receipt[]
  readonly touched: Touched[]
}

export const keyOf = (stream: string, id: string) => `${stream}/${id}`

/** `claimed`: that of other streams, where what is decided there must not be taken here once more. */
export function createLayer(claimed: Layer['claimed'] = new Map()): Layer {
  return { written: new Map(), heads: new Map(), applied: new Map(), claimed }
}

export function createDraft(decided: Layer): Draft {
  return {
    layers: [createLayer(), decided],
    changes: [],
    departures: [],
    moved: [],
    receipts: [],
    touched: [],
  }
}

/** Keeps the batch. */
export function decide({ layers: [mine, decided] }: Draft): void {
  for (const [key, record] of mine.written) decided.written.set(key, record)
  for (const [stream, head] of mine.heads) decided.heads.set(stream, head)
  for (const [key, version] of mine.applied) decided.applied.set(key, version)
  for (const [key, claim] of mine.claimed) decided.claimed.set(key, claim)
}

/** What any layer says of a key, the newest first. */
export function lookUp<T>(
  draft: Draft,
  pick: (layer: Layer) => ReadonlyMap<string, T>,
  loaded: ReadonlyMap<string, T>,
  key: string,
): T | undefined {
  const [mine, decided] = draft.layers
  return pick(mine).get(key) ?? pick(decided).get(key) ?? loaded.get(key)
}

export function findRecord(
  draft: Draft,
  loaded: ReadonlyMap<string, RecordRow>,
  key: string,
): RecordRow | undefined {
  return lookUp(draft, (layer) => layer.written, loaded, key)
}
