/**
 * A model of the office in memory: the same messages as the server speaks, over the same merge, without its
 * database. `tests/server/sync` runs the same stories against the real one.
 */
import * as v from 'valibot'
import { problemsOfNew, problemsOfPatched, type Kind } from '#domain/record.ts'
import type { Role } from '#domain/account.ts'
import {
  applied,
  merge,
  type FieldClash,
  type FieldMark,
  type MergeState,
} from '#protocol/merge.ts'
import { mutationSchema, type Mutation, type Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { PageLine, PullLine, PullRequest, WireChange, WireRecord } from '#protocol/pull.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { SignInRequest } from '#protocol/session.ts'
import type { Clock } from '#app/platform/clock.ts'
import { createCountedIds } from './counted-ids.ts'

export interface OfficeAccount {
  readonly id: string
  readonly login: string
  readonly password: string
  readonly name: string
  readonly role: Role
  /** Streams that it may see and write; a test may change it. */
  scope: string[]
}

interface Held extends MergeState {
  readonly id: string
  readonly version: number
  readonly removed: boolean
  readonly at: string
  readonly by: string | null
}

interface StreamState {
  epoch: number
  head: number
  readonly records: Map<string, Held>
  readonly changes: WireChange[]
}

interface DeviceState {
  readonly account: string
  expected: number
  readonly receipts: Map<number, { readonly id: string; readonly receipt: Receipt }>
  revoked: boolean
}

export type ModelOffice = ReturnType<typeof createModelOffice>

const pageSize = 50

export function createModelOffice(clock: Clock, accounts: readonly OfficeAccount[]) {
  const streams = new Map<string, StreamState>()
  const devices = new Map<string, DeviceState>()
  const sessions = new Map<string, string>() // device to account
  const listeners = new Set<() => void>()
  let epochs = 1
  const clashIds = createCountedIds(0xccc)
  /** Every mutation that was ever applied, in order: what a test compares with what was saved. */
  const log: Mutation[] = []
  let bodyLimit = Infinity
  let refuseWhole: Problem | null = null

  const streamOf = (id: string) => {
    let stream = streams.get(id)
    if (!stream) {
      stream = { epoch: 1, head: 0, records: new Map(), changes: [] }
      streams.set(id, stream)
    }
    return stream
  }
  const refusal = (problem: Problem, status: number) =>
    Response.json({ ok: false, problem }, { status })

  /** Both values, until somebody settles it; a record of the same stream with a version of its own. */
  const keepClash = (
    stream: StreamState,
    { kind, record }: Mutation,
    { field, kept, lost }: FieldClash,
    version: number,
  ) => {
    const side = ({ value, mark }: FieldClash['kept']) => ({
      value: value ?? null,
      at: mark.at,
      by: mark.by ?? null,
      mutation: mark.mutation ?? null,
    })
    const { at } = kept.mark
    const id = clashIds()
    const fields = { kind, record, field, kept: side(kept), lost: side(lost) }
    const created = { version, device: null, at }
    const made = { id, kind: 'clash' as const, fields, created, marks: {}, version, at, by: null }
    stream.records.set(id, { ...made, removed: false })
    stream.head = version
  }

  const applyOne = (mutation: Mutation, account: OfficeAccount): Problem | number => {
    if (!account.scope.includes(mutation.stream)) return 'stream-not-yours'
    const stream = streamOf(mutation.stream)
    const { kind, record: id, op } = mutation
    const held = stream.records.get(id)
    const version = stream.head + 1
    const { device, at } = mutation
    const by = account.id
    const mark: FieldMark = { version, device, at, by, mutation: mutation.id }
    if (op === 'create') {
      if (held) return 'record-exists'
      if (problemsOfNew(kind, mutation.fields).length > 0) return 'invalid-fields'
      const fields = applied(kind, undefined, mutation)
      const made = { id, kind, fields, created: mark, marks: {}, version, removed: false, at, by }
      stream.records.set(id, made)
    } else {
      if (!held || held.removed) return 'record-gone'
      if (op === 'patch') {
        const { fields, marks, changed, clashes } = merge(held, mutation, mark)
        if (problemsOfPatched(kind, fields, Object.keys(mutation.fields)).length > 0)
          return 'invalid-fields'
        stream.records.set(id, { ...held, fields, marks, version })
        clashes.forEach((clash, index) => keepClash(stream, mutation, clash, version + 1 + index))
        stream.changes.push({
          id: mutation.id,
          record: id,
          version,
          op,
          at,
          by,
          fields: Object.fromEntries(
            Object.entries(changed).map(([name, [before, after]]) => [name, [before, after]]),
          ),
        })
      } else {
        stream.records.set(id, { ...held, version, removed: true })
        stream.changes.push({ id: mutation.id, record: id, version, op, at, by, fields: {} })
      }
    }
    stream.head = Math.max(stream.head, version)
    log.push(mutation)
    return version
  }

  const receive = (raw: unknown, device: DeviceState, account: OfficeAccount): Receipt | 'gap' => {
    const { id, seq } = raw as { id: string; seq: number }
    const known = device.receipts.get(seq)
    if (seq < device.expected) {
      if (known?.id === id) return known.receipt
      return { id, seq, ok: false, problem: 'sequence-reused' }
    }
    if (seq > device.expected) return 'gap'
    const parsed = v.safeParse(mutationSchema, raw)
    const outcome = parsed.success ? applyOne(parsed.output, account) : 'malformed'
    const receipt: Receipt =
      typeof outcome === 'number'
        ? { id, seq, ok: true, version: outcome }
        : { id, seq, ok: false, problem: outcome }
    device.receipts.set(seq, { id, receipt })
    device.expected = seq + 1
    return receipt
  }

  const push = (request: PushRequest, account: OfficeAccount, device: DeviceState) => {
    const receipts: Receipt[] = []
    for (const raw of request.mutations) {
      const receipt = receive(raw, device, account)
      if (receipt === 'gap') break
      receipts.push(receipt)
    }
    if (receipts.length > 0) for (const listener of listeners) listener()
    const now = new Date(clock.now()).toISOString()
    return Response.json({ ok: true, receipts, expected: device.expected, now })
  }

  const pull = (request: PullRequest, account: OfficeAccount, device: DeviceState) => {
    const lines: PullLine[] = [
      {
        type: 'scope',
        now: new Date(clock.now()).toISOString(),
        account: { id: account.id, name: account.name, role: account.role },
        streams: account.scope.map((id) => {
          const { epoch, head } = streamOf(id)
          return { id, epoch, head, write: true }
        }),
        expected: device.expected,
      },
      ...account.scope.flatMap((id) => pagesOf(id, request.cursors[id])),
      { type: 'end' },
    ]
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    return new Response(text, { headers: { 'content-type': 'application/x-ndjson' } })
  }

  const pagesOf = (id: string, cursor: PullRequest['cursors'][string] | undefined): PageLine[] => {
    const { epoch, head, records, changes } = streamOf(id)
    const stale = cursor !== undefined && cursor.epoch !== epoch
    const pages: PageLine[] = []
    let reset = stale
    for (let from = stale ? 0 : (cursor?.version ?? 0); from < head; from += pageSize) {
      const to = Math.min(head, from + pageSize)
      const inside = ({ version }: { version: number }) => version > from && version <= to
      pages.push({
        type: 'page',
        stream: id,
        epoch,
        from,
        to,
        ...(reset ? { reset: true as const } : {}),
        records: [...records.values()].filter(inside).map(heldToWire),
        changes: changes.filter(inside),
      })
      reset = false
    }
    return pages
  }

  const signIn = (request: SignInRequest) => {
    const account = accounts.find(({ login }) => login === request.login)
    if (account?.password !== request.password) return refusal('wrong-password', 401)
    const device = devices.get(request.device)
    if (device?.revoked) return refusal('device-revoked', 403)
    if (!device) {
      const receipts = new Map<number, { id: string; receipt: Receipt }>()
      devices.set(request.device, { account: account.id, expected: 1, receipts, revoked: false })
    }
    sessions.set(request.device, account.id)
    return Response.json({
      ok: true,
      account: { id: account.id, name: account.name, role: account.role },
      device: request.device,
      deviceKey: deviceKeyOf(request.device),
      now: new Date(clock.now()).toISOString(),
    })
  }

  const inSession = (text: string, path: string) => {
    const body = JSON.parse(text) as { device: string }
    const account = accounts.find(({ id }) => id === sessions.get(body.device))
    const device = devices.get(body.device)
    if (device?.revoked) return refusal('device-revoked', 403)
    if (!account || !device) return refusal('session-ended', 401)
    if (refuseWhole) return refusal(refuseWhole, 400)
    if (path === '/api/push') return push(body as unknown as PushRequest, account, device)
    return pull(body as unknown as PullRequest, account, device)
  }

  return {
    log,
    async fetch(request: Request): Promise<Response> {
      const path = new URL(request.url).pathname
      const text = await request.text()
      if (text.length > bodyLimit) return refusal('too-large', 413)
      if (path === '/api/session' && request.method === 'POST')
        return signIn(JSON.parse(text) as SignInRequest)
      if (path === '/api/push' || path === '/api/pull') return inSession(text, path)
      return refusal('not-found', 404)
    },
    /** Called whenever streams moved. */
    onPoke(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    head: (stream: string) => streamOf(stream).head,
    epoch: (stream: string) => streamOf(stream).epoch,
    record: (stream: string, id: string) => streams.get(stream)?.records.get(id),
    records: (stream: string) => [...(streams.get(stream)?.records.values() ?? [])],
    changes: (stream: string, record: string) =>
      (streams.get(stream)?.changes ?? []).filter((change) => change.record === record),
    expected: (device: string) => devices.get(device)?.expected ?? 1,
    endSessions: () => sessions.clear(),
    revoke(account: string) {
      for (const device of devices.values()) if (device.account === account) device.revoked = true
    },
    limitBodies: (characters: number) => (bodyLimit = characters),
    refuseEverything: (problem: Problem | null) => (refuseWhole = problem),
    /** Puts records there as a roster or the seed brings them. */
    seed(stream: string, kind: Kind, id: string, fields: Record<string, unknown>) {
      const state = streamOf(stream)
      const version = ++state.head
      const at = new Date(clock.now()).toISOString()
      const created = { version, device: null, at }
      const made = { id, kind, fields, created, marks: {}, version, removed: false, at, by: null }
      state.records.set(id, made)
    },
    /** A copy of everything, to restore as a backup of this moment; streams begin a new epoch. */
    backup() {
      const kept = structuredClone({ streams, devices })
      const applied = log.length
      return () => {
        const copy = structuredClone(kept)
        // One that never was: the same backup may be restored twice.
        epochs += 1
        streams.clear()
        devices.clear()
        for (const [id, stream] of copy.streams) {
          streams.set(id, { ...stream, epoch: epochs })
        }
        for (const [id, device] of copy.devices) devices.set(id, device)
        log.length = applied
      }
    },
  }
}

function heldToWire(held: Held): WireRecord {
  const { kind, id, version, removed, fields, at, by } = held
  if (removed) return { kind, id, version, removed: true }
  return { kind, id, version, fields: { ...fields }, at, ...(by ? { by } : {}) }
}

/** 32 bytes, the same for the same device. */
function deviceKeyOf(device: string): string {
  return Buffer.from(device.replaceAll('-', '')).subarray(0, 32).toString('base64')
}
