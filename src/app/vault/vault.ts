/**
 * The vault: everything of one account on this device, sealed (design §4). `open-vault.ts` makes one over Dexie.
 *
 * A vault is open only while its data key is in memory; after `close` every method fails with a
 * `VaultFault` 'closed'.
 * Writes resolve when they are durable (strict transactions), never before.
 */
import type { Bytes } from '#app/platform/sealing.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Cursor, PageLine } from '#protocol/pull.ts'
import type { Problem } from '#protocol/problem.ts'
import type { PhotoShelf } from './photo-shelf.ts'

export type OutboxState = 'waiting' | 'delivered' | 'refused'

export interface OutboxEntry {
  readonly mutation: Mutation
  readonly state: OutboxState
  /** Milliseconds since 1970 at which the server's receipt came; null while waiting. */
  readonly answeredAt: number | null
  readonly problem: Problem | null
  readonly fields: readonly FieldProblem[]
}

/** Why a write did not happen; nothing of it is on disk. */
export class VaultFault extends Error {
  readonly reason: 'disk-full' | 'storage' | 'will-not-open' | 'closed'
  constructor(reason: VaultFault['reason'], cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/** Delivered entries too: all, or those answered at that moment or later (milliseconds since 1970). */
export type DeliveredWanted = boolean | { readonly since: number }

/** A mutation on disk that does not open any more. It is kept, and its seq is used. */
export interface DamagedEntry {
  readonly seq: number
  readonly mutation: string
  readonly state: OutboxState
}

/** A mutation as a caller makes it: the vault gives it its seq, in the same transaction that stores it. */
export type Unnumbered = Pick<
  Mutation,
  | 'id'
  | 'device'
  | 'at'
  | 'heard'
  | 'batch'
  | 'batchSize'
  | 'stream'
  | 'kind'
  | 'record'
  | 'op'
  | 'to'
  | 'fields'
  | 'seen'
>

/** The bytes of the lines that some pages were read from. */
export type Received = ReadonlyMap<PageLine, Bytes>

export interface Vault {
  readonly account: string
  readonly device: string

  /**
   * Streams whole pages in the order written, decoded; a page that cannot be opened is reported and its stream's cursor
   * dropped. `only`: of these streams, which are of one moment; no other row is read.
   */
  load(
    onPages: (pages: readonly PageLine[]) => void,
    only?: readonly string[],
  ): Promise<{ damaged: readonly string[] }>
  cursors(): Promise<Record<string, Cursor>>
  /** Streams of which the disk holds anything, also those that a damaged page cost their cursor. */
  streams(): Promise<readonly string[]>
  /**
   * Pages and their cursors in one transaction. A page with `reset` drops the stream's earlier pages. What is known
   * as it came from the server is sealed so.
   */
  addPages(pages: readonly PageLine[], received?: Received): Promise<void>
  /** Proofs for cursors that stand at exactly these versions and have none yet. */
  prove(given: Readonly<Record<string, Cursor>>): Promise<void>
  dropStream(stream: string): Promise<void>
  /** Rewrites many small pages of a stream as few large ones; safe to interrupt. */
  compact(): Promise<void>

  /** Appends mutations as one transaction and numbers them; resolves when durable. */
  save(mutations: readonly Unnumbered[]): Promise<readonly Mutation[]>
  /** In order of seq; `delivered` ones only where asked for. */
  outbox(delivered?: DeliveredWanted): Promise<readonly OutboxEntry[]>
  /**
   * At most `limit` waiting mutations in order of seq, never splitting a batch at the end: a batch that is longer
   * than the limit and first in line comes whole.
   */
  nextWaiting(limit: number): Promise<readonly Mutation[]>
  /** `at` by this device's clock, `heardAt` by the server's; milliseconds since 1970. */
  settle(receipts: readonly Receipt[], at: number, heardAt?: number): Promise<void>
  /** Refused ones that the owner gave up or mended: kept as delivered are, marked so. */
  giveUp(mutation: string): Promise<void>
  /** After a restored server: mutations with seq >= expected that were delivered wait again. */
  resend(fromSeq: number): Promise<number>
  /**
   * New work is numbered from there on at least, and these waiting ones with it, in their order: the server had other
   * mutations under their numbers, which this device does not remember (its storage was evicted).
   */
  renumber(mutations: readonly string[], from: number): Promise<void>
  /**
   * Deletes delivered entries that were answered before that moment by this device's clock and by the server's too:
   * one clock that jumped destroys nothing. Milliseconds since 1970.
   */
  forgetDelivered(before: number, heardBefore?: number): Promise<void>

  /** Unsent entries that `outbox` and `nextWaiting` leave out because they do not open. */
  damagedOutbox(): Promise<readonly DamagedEntry[]>
  /** The owner was told that these do not open any more, and lets them go. */
  giveUpDamaged(): Promise<void>

  drafts(): Promise<ReadonlyMap<string, unknown>>
  setDraft(key: string, value: unknown): Promise<void>
  removeDraft(key: string): Promise<void>
  /** Small sealed values of this account (last sync, scope line, chosen grid). */
  note(key: string): Promise<unknown>
  setNote(key: string, value: unknown): Promise<void>

  /** Photographs that were taken here. */
  readonly photos: PhotoShelf

  /** Forgets the data key; what is on disk stays. */
  close(): void
}
