/**
 * A device's cursor against its stream: what of the stream the device lacks, and whether the two are of one history at
 * all. Pure; `db/proofs.ts` says what a proof is.
 */
import type { Cursor } from '#protocol/pull.ts'

export interface StreamState {
  readonly id: string
  readonly epoch: number
  readonly head: number
  readonly floor: number
  /** Of the head; empty while nothing was written. */
  readonly proof: string
}

/** Versions in (from, head] of a stream. `reset`: the device forgets what it has of it first. */
export interface Missing {
  readonly stream: string
  readonly epoch: number
  readonly from: number
  readonly head: number
  readonly reset: boolean
}

/** Cursors whose proof has to be looked up: those between floor and head. */
export function placesToProve(
  streams: readonly StreamState[],
  cursors: Readonly<Record<string, Cursor>>,
): { readonly stream: string; readonly version: number }[] {
  return streams.flatMap(({ id, epoch, head, floor }) => {
    const cursor = cursors[id]
    const isBetween =
      cursor?.proof !== undefined &&
      cursor.epoch === epoch &&
      Number.isSafeInteger(cursor.version) &&
      cursor.version >= floor &&
      cursor.version < head
    return isBetween ? [{ stream: id, version: cursor.version }] : []
  })
}

/**
 * True where this server never had what the cursor stands on: it was put back since, by a copy of its data, a snapshot
 * or a point in time. A cursor without a proof (protocol 1 and 2) can only show it by a version beyond the head.
 */
export function isOfAnotherHistory(
  stream: StreamState,
  cursor: Cursor | undefined,
  proofs: ReadonlyMap<string, string>,
): boolean {
  if (cursor?.epoch !== stream.epoch || !Number.isSafeInteger(cursor.version)) return false
  if (cursor.version > stream.head) return true
  if (cursor.proof === undefined || cursor.version < stream.floor) return false
  const own = cursor.version === stream.head ? stream.proof : proofs.get(stream.id)
  return own !== undefined && own !== '' && own !== cursor.proof
}

/** What of a stream a device lacks; null where nothing. */
export function missingOf(
  stream: StreamState,
  cursor: Cursor | undefined,
  proofs: ReadonlyMap<string, string>,
): Missing | null {
  const { id, epoch, head, floor } = stream
  const isUsable =
    cursor !== undefined &&
    Number.isSafeInteger(cursor.version) &&
    cursor.epoch === epoch &&
    cursor.version >= floor &&
    cursor.version <= head &&
    !isOfAnotherHistory(stream, cursor, proofs)
  if (!isUsable) return { stream: id, epoch, from: 0, head, reset: true }
  return cursor.version < head
    ? { stream: id, epoch, from: cursor.version, head, reset: false }
    : null
}

/** A stream's head as a device that is up to date holds it; `proves` from protocol 3 on. */
export function headCursor({ epoch, head, proof }: StreamState, proves: boolean): Cursor {
  return { epoch, version: head, ...(proves && proof !== '' ? { proof } : {}) }
}

/**
 * The first stream that shows that this server was put back, with the epoch under which it shows it: by a cursor, or by
 * the device having been told a later seq (`told`) than the server knows of (`expected`), while its cursors still are of
 * this epoch. Null where nothing shows it.
 */
export function signOfPutBack(
  streams: readonly StreamState[],
  { cursors, told }: Pick<PullSigns, 'cursors' | 'told'>,
  expected: number,
  proofs: ReadonlyMap<string, string>,
): { readonly stream: string; readonly epoch: number } | null {
  const isBehind = told !== undefined && told > expected
  const sign = streams.find((stream) => {
    const cursor = cursors[stream.id]
    if (isBehind && cursor?.epoch === stream.epoch) return true
    return isOfAnotherHistory(stream, cursor, proofs)
  })
  return sign ? { stream: sign.id, epoch: sign.epoch } : null
}

interface PullSigns {
  readonly cursors: Readonly<Record<string, Cursor>>
  readonly told?: number | undefined
}
