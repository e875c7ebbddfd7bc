/**
 * A model of the office in memory: the same messages as the server speaks, decided by the server's own plan of a push,
 * without its database. `tests/server/sync` runs the same stories against the real one.
 */
import type { Kind } from '#domain/record.ts'
import type { Role } from '#domain/account.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import type { PageLine, PullLine, PullRequest, WireChange, WireRecord } from '#protocol/pull.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { SignInRequest } from '#protocol/session.ts'
import type { RecordRow } from '#server/db/records.ts'
import { planPush, type Incoming, type Plan } from '#server/push/plan.ts'
import { readMutations } from '#server/routes/read-mutations.ts'
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

interface StreamState {
  epoch: number
  head: number
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
  const ids = createCountedIds(0xccc)
  /** Records of all streams, and what was applied to them, by `stream/id`. */
  const rows = new Map<string, RecordRow>()
  const applied = new Map<string, number>()
  /** Every mutation that was ever applied, in order: what a test compares with what was saved. */
  const log: Mutation[] = []
  /** What each of them changed, in the same order. */
  const done: { readonly record: string; readonly fields: WireChange['fields'] }[] = []
  let bodyLimit = Infinity
  let refuseWhole: Problem | null = null

  const streamOf = (id: string) => {
    let stream = streams.get(id)
    if (!stream) {
      stream = { epoch: 1, head: 0, changes: [] }
      streams.set(id, stream)
    }
    return stream
  }
  const recordsOf = (stream: string) => [...rows.values()].filter((row) => row.stream === stream)
  const refusal = (problem: Problem, status: number) =>
    Response.json({ ok: false, problem }, { status })

  /** What follows on what the device is known to have sent, without a hole; the rest has been answered or waits. */
  const freshOf = (raw: readonly unknown[], device: DeviceState, deviceId: string): Incoming[] => {
    const fresh: Incoming[] = []
    for (const one of raw) {
      const { seq } = one as { seq: number }
      if (seq < device.expected + fresh.length) continue
      if (seq > device.expected + fresh.length) break
      fresh.push(...readMutations([one], deviceId))
    }
    return fresh
  }

  /** What the server's transaction does with a plan, to these maps. */
  const carryOut = (plan: Plan, account: OfficeAccount) => {
    for (const [key, row] of plan.written) rows.set(key, row)
    for (const [id, head] of plan.heads) streamOf(id).head = head
    for (const { mutation, stream, version, correctedAt, fields } of plan.changes) {
      applied.set(`${stream}/${mutation.id}`, version)
      log.push(mutation)
      const { id, record, op } = mutation
      done.push({ record, fields: fields as WireChange['fields'] })
      if (op === 'create') continue
      streamOf(stream).changes.push({
        id,
        record,
        version,
        op,
        at: correctedAt,
        by: account.id,
        fields: op === 'remove' ? {} : (fields as WireChange['fields']),
      })
    }
    for (const { from, to, record, version } of plan.moved) {
      const there = streamOf(to).changes
      const came = streamOf(from).changes.filter(
        (change) => change.record === record && !there.some(({ id }) => id === change.id),
      )
      there.push(...came.map((change) => ({ ...change, version })))
    }
  }

  const push = (request: PushRequest, account: OfficeAccount, device: DeviceState) => {
    const had = request.mutations.flatMap((raw): Receipt[] => {
      const { id, seq } = raw as { id: string; seq: number }
      if (seq >= device.expected) return []
      const known = device.receipts.get(seq)
      return [known?.id === id ? known.receipt : { id, seq, ok: false, problem: 'sequence-reused' }]
    })
    const plan = planPush(freshOf(request.mutations, device, request.device), {
      account,
      scope: new Map(account.scope.map((id) => [id, { own: true }])),
      records: rows,
      applied,
      heads: new Map([...streams].map(([id, { head }]) => [id, head])),
      policies: new Map(),
      skewMs: Date.parse(request.sentAt) - clock.now(),
      now: clock.now(),
      ids,
    })
    carryOut(plan, account)
    for (const receipt of plan.receipts) {
      device.receipts.set(receipt.seq, { id: receipt.id, receipt })
      device.expected = receipt.seq + 1
    }
    const receipts = [...had, ...plan.receipts]
    if (receipts.length > 0) for (const listener of listeners) listener()
    const now = new Date(clock.now()).toISOString()
    return Response.json({ ok: true, receipts, expected: device.expected, now })
  }

  const pull = (request: PullRequest, account: OfficeAccount, device: DeviceState) => {
    if (request.held !== undefined) return answerHeld(request.held, account, device)
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
    return linesToResponse(lines)
  }

  const answerHeld = (held: string, account: OfficeAccount, device: DeviceState) => {
    const heads = account.scope.map((id) => {
      const { epoch, head } = streamOf(id)
      return [id, { epoch, version: head }] as const
    })
    const same = cursorsToHeld(Object.fromEntries(heads)) === held
    const now = new Date(clock.now()).toISOString()
    return linesToResponse([
      { type: 'held', same, now, expected: device.expected },
      { type: 'end' },
    ])
  }

  const pagesOf = (id: string, cursor: PullRequest['cursors'][string] | undefined): PageLine[] => {
    const { epoch, head, changes } = streamOf(id)
    const records = recordsOf(id)
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
        records: records.filter(inside).map(rowToWire),
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
    done,
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
    record: (stream: string, id: string) => rows.get(`${stream}/${id}`),
    records: (stream: string, kind?: Kind) =>
      recordsOf(stream).filter((row) => kind === undefined || row.kind === kind),
    changes: (stream: string, record: string) =>
      (streams.get(stream)?.changes ?? []).filter((change) => change.record === record),
    told: (stream: string): readonly WireChange[] => streams.get(stream)?.changes ?? [],
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
      const made = { stream, id, kind, fields, created, marks: {}, version, removed: false, at }
      rows.set(`${stream}/${id}`, { ...made, by: null, movedTo: null, moves: 0 })
    },
    /** A copy of everything, to restore as a backup of this moment; streams begin a new epoch. */
    backup() {
      const kept = structuredClone({ streams, devices, rows, applied })
      const logged = log.length
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
        log.length = logged
        done.length = logged
        rows.clear()
        applied.clear()
        for (const [key, row] of copy.rows) rows.set(key, row)
        for (const [key, version] of copy.applied) applied.set(key, version)
      }
    },
  }
}

function linesToResponse(lines: readonly PullLine[]): Response {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  return new Response(text, { headers: { 'content-type': 'application/x-ndjson' } })
}

function rowToWire(row: RecordRow): WireRecord {
  const { kind, id, version, removed, fields, moves, at, by } = row
  if (removed) return { kind, id, version, removed: true }
  return {
    kind,
    id,
    version,
    fields: { ...fields },
    ...(moves > 0 ? { moves } : {}),
    ...(at ? { at } : {}),
    ...(by ? { by } : {}),
  }
}

/** 32 bytes, the same for the same device. */
function deviceKeyOf(device: string): string {
  return Buffer.from(device.replaceAll('-', '')).subarray(0, 32).toString('base64')
}
