/**
 * What the server says, with what this device still has to send on top. Only records with pending mutations are held
 * twice, so that a register of 33,000 people costs what its records cost.
 */
import { traits, type Kind, type RegisterRecord } from '#domain/record.ts'
import { applied } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { PageLine, WireRecord } from '#protocol/pull.ts'

export type AnyRecord = RegisterRecord

/** Told of each record that looks different now; either side undefined where there is none. */
export type OnChange = (before: AnyRecord | undefined, after: AnyRecord | undefined) => void

export interface Waiting {
  readonly base: AnyRecord | undefined
  readonly mutations: readonly Mutation[]
}

export interface BaseAndPending {
  get(kind: Kind, id: string): AnyRecord | undefined
  of(kind: Kind): ReadonlyMap<string, AnyRecord>
  applyPage(page: PageLine): void
  applyOwn(mutation: Mutation): void
  settle(id: string): void
  dropStream(stream: string): void
  clear(): void
  isPending(record: string): boolean
  /** Ids of records that two streams have and no move explains: the one that came first is shown. */
  readonly doubled: ReadonlySet<string>
  /** What waits for a record, oldest first, and the server's state under it. */
  waitingFor(record: string): Waiting
}

/** Long: short functions over what the server has and what waits; both must change together and in no other file. */
export function createBaseAndPending(onChange: OnChange): BaseAndPending {
  const view = new Map<Kind, Map<string, AnyRecord>>()
  /** The server's state of records that have something pending. */
  const under = new Map<string, AnyRecord | undefined>()
  const pending = new Map<string, Mutation[]>()
  const recordOf = new Map<string, { readonly kind: Kind; readonly record: string }>()
  /**
   * Living records that another stream has a later state of: while one page of a move has come and the other has not,
   * both hold it. Shown again where that later one goes.
   */
  const elsewhere = new Map<string, Map<string, AnyRecord>>()
  /** Ids that records of several streams claim, none of which came from another. */
  const doubled = new Set<string>()
  /** Streams that something was ever held of: a first page resets its stream, and most begin with nothing to drop. */
  const streams = new Set<string>()

  const mapOf = (kind: Kind) => {
    let map = view.get(kind)
    if (!map) {
      map = new Map()
      view.set(kind, map)
    }
    return map
  }
  const baseOf = (kind: Kind, id: string) => (under.has(id) ? under.get(id) : mapOf(kind).get(id))

  const show = (kind: Kind, id: string, after: AnyRecord | undefined) =>
    replace(mapOf(kind), id, mapOf(kind).get(id), after)
  const replace = (
    map: Map<string, AnyRecord>,
    id: string,
    before: AnyRecord | undefined,
    after: AnyRecord | undefined,
  ) => {
    if (before === after) return
    if (after) map.set(id, after)
    else map.delete(id)
    onChange(before, after)
  }
  const setBase = (kind: Kind, id: string, base: AnyRecord | undefined) => {
    const waiting = pending.get(id)
    if (!waiting) return show(kind, id, base)
    under.set(id, base)
    show(kind, id, rebase(base, waiting))
  }

  const applyRecord = (stream: string, record: WireRecord) => {
    const next = record.removed ? undefined : toRecord(stream, record)
    const map = mapOf(record.kind)
    // Most records of a first page are new and nothing waits: they are looked up and put down once.
    if (next && pending.size === 0 && !map.has(record.id)) {
      replace(map, record.id, undefined, next)
      return
    }
    const held = baseOf(record.kind, record.id)
    if (held && held.stream !== stream) {
      // A tombstone of the stream that a record left must not take it from the one it went to, nor an old page of it;
      // nor a record that only has the same id, with no move that explains it: the first one stays, and it is told.
      const isLater = next !== undefined && explains(next, held)
      if (next && !standsInSeveral(next) && movesOf(next) === movesOf(held)) doubled.add(record.id)
      keepElsewhere(isLater ? held.stream : stream, record.id, isLater ? held : next)
      if (isLater) {
        keepElsewhere(stream, record.id, undefined)
        setBase(record.kind, record.id, next)
      }
      return
    }
    if (held && held.version >= record.version) return
    setBase(record.kind, record.id, next ?? takeElsewhere(record.id))
  }
  const keepElsewhere = (stream: string, id: string, state: AnyRecord | undefined) => {
    const states = elsewhere.get(id) ?? new Map<string, AnyRecord>()
    if (state) states.set(stream, state)
    else states.delete(stream)
    if (states.size > 0) elsewhere.set(id, states)
    else elsewhere.delete(id)
  }
  const takeElsewhere = (id: string): AnyRecord | undefined => {
    const [latest] = [...(elsewhere.get(id)?.values() ?? [])].sort(
      (a, b) => movesOf(b) - movesOf(a),
    )
    if (latest) keepElsewhere(latest.stream, id, undefined)
    return latest
  }
  const dropBase = (stream: string) => {
    if (!streams.delete(stream)) return
    for (const id of [...elsewhere.keys()]) keepElsewhere(stream, id, undefined)
    // Also what a removal that waits hides from view.
    for (const [id, base] of [...under]) {
      if (base?.stream === stream) setBase(base.kind, id, takeElsewhere(id))
    }
    for (const [kind, map] of view) {
      for (const id of [...map.keys()]) {
        if (baseOf(kind, id)?.stream === stream) setBase(kind, id, takeElsewhere(id))
      }
    }
  }

  return {
    get: (kind, id) => view.get(kind)?.get(id),
    of: (kind) => mapOf(kind),
    applyPage(page) {
      if (page.reset) dropBase(page.stream)
      if (page.records.length > 0) streams.add(page.stream)
      for (const record of page.records) applyRecord(page.stream, record)
    },
    applyOwn(mutation) {
      if (recordOf.has(mutation.id)) return
      const { kind, record } = mutation
      const waiting = pending.get(record)
      if (!waiting) under.set(record, mapOf(kind).get(record))
      const all = [...(waiting ?? []), mutation].sort((a, b) => a.seq - b.seq)
      pending.set(record, all)
      recordOf.set(mutation.id, { kind, record })
      show(kind, record, rebase(under.get(record), all))
    },
    settle(id) {
      const known = recordOf.get(id)
      if (!known) return
      recordOf.delete(id)
      const { kind, record } = known
      const left = (pending.get(record) ?? []).filter((mutation) => mutation.id !== id)
      const base = under.get(record)
      if (left.length > 0) {
        pending.set(record, left)
        show(kind, record, rebase(base, left))
        return
      }
      pending.delete(record)
      under.delete(record)
      show(kind, record, base)
    },
    dropStream(stream) {
      dropBase(stream)
      for (const [record, waiting] of [...pending]) {
        if (waiting[0]?.stream !== stream) continue
        // A colleague may have moved the record to a stream that stays.
        const base = under.get(record)
        pending.delete(record)
        under.delete(record)
        for (const mutation of waiting) recordOf.delete(mutation.id)
        show(waiting[0].kind, record, base)
      }
    },
    clear() {
      for (const [kind, map] of view) for (const id of [...map.keys()]) show(kind, id, undefined)
      for (const held of [view, under, elsewhere, pending, recordOf, streams, doubled]) held.clear()
    },
    isPending: (record) => pending.has(record),
    doubled,
    waitingFor: (record) => ({ base: under.get(record), mutations: pending.get(record) ?? [] }),
  }
}

function toRecord(stream: string, record: WireRecord): AnyRecord {
  const { kind, id, version, fields = {}, moves, at, by } = record
  const made: Record<string, unknown> = { kind, id, stream, version, fields }
  if (moves !== undefined) made.moves = moves
  if (at !== undefined) made.at = at
  if (by !== undefined) made.by = by
  // The server checked the fields when they were written; reading them again field by field would cost a phone seconds.
  return made as unknown as AnyRecord
}

/**
 * Whether a record of another stream takes the place of one that is held: where it has moved more often, it came from
 * there. Of what the server alone writes in several streams the one that came last is shown.
 */
function explains(next: AnyRecord, held: AnyRecord): boolean {
  const [moves, before] = [movesOf(next), movesOf(held)]
  return moves > before || (standsInSeveral(next) && moves === before)
}

/** An account's public part in each of its places, a unit's part of a request in each unit. No device makes these. */
function standsInSeveral({ kind }: AnyRecord): boolean {
  return traits[kind].byServer === true
}

function movesOf(record: AnyRecord): number {
  return record.moves ?? 0
}

/** The server's state with what waits on top. A create whose record the server has already counts as done. */
function rebase(base: AnyRecord | undefined, waiting: readonly Mutation[]): AnyRecord | undefined {
  let record = base
  for (const mutation of waiting) record = step(record, mutation)
  return record
}

/** What a mutation makes of a record. */
export function step(record: AnyRecord | undefined, mutation: Mutation): AnyRecord | undefined {
  if (mutation.op === 'remove') return undefined
  if (mutation.op === 'create' && record && record.version > 0) return record
  if (mutation.op === 'patch' && !record) return undefined
  const fields = applied(mutation.kind, record?.fields, mutation) as AnyRecord['fields']
  if (record) return { ...record, fields }
  const { kind, record: id, stream, at } = mutation
  return { kind, id, stream, version: 0, fields, at }
}
