/**
 * A model of the office in memory: the same messages as the server speaks, decided by the server's own plan of a push,
 * without its database. `tests/server/sync` runs the same stories against the real one.
 */
import type { Kind } from '#domain/record.ts'
import type { Role } from '#domain/account.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { holdByDemand } from '#domain/held-by-demand.ts'
import { mayHoldByDemand } from '#domain/permission-of-access.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import type { PageLine, PullLine, PullRequest, WireChange, WireRecord } from '#protocol/pull.ts'
import type { PushRequest } from '#protocol/push.ts'
import { passPath, type SignInRequest } from '#protocol/session.ts'
import { mayPull } from '#domain/permission.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import { planPush, seqOf, type Plan } from '#server/ledger/plan.ts'
import { firstAnswer, upToGap } from '#server/ledger/up-to-gap.ts'
import {
  headCursor,
  missingOf,
  placesToProve,
  signOfPutBack,
  type Missing,
  type StreamState as CursorStream,
} from '#server/routes/cursor.ts'
import { readMutations } from '#server/routes/read-mutations.ts'
import type { Clock } from '#app/platform/clock.ts'
import { createCountedIds } from './counted-ids.ts'
import { createModelImports } from './model-imports.ts'
import { createModelRequests } from './model-requests.ts'

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
  readonly proofs: { readonly version: number; readonly proof: string }[]
}

interface DeviceState {
  readonly account: string
  expected: number
  readonly receipts: Map<number, { readonly mutation: string; readonly receipt: Receipt }>
  revoked: boolean
}

export type ModelOffice = ReturnType<typeof createModelOffice>

const pageSize = 50

export function createModelOffice(clock: Clock, accounts: readonly OfficeAccount[]) {
  const streams = new Map<string, StreamState>()
  const devices = new Map<string, DeviceState>()
  const sessions = new Map<string, string>() // device to token
  const passes = new Map<string, string>() // pass to device
  const listeners = new Set<() => void>()
  let epochs = 1
  /** Counts on also where the office is put back. */
  let proofs = 0
  const ids = createCountedIds(0xccc)
  /** Records of all streams, and what was applied to them, by `stream/id`. */
  const rows = new Map<string, RecordRow>()
  const applied = new Map<string, number>()
  /** Whose time was over. */
  const purged = new Set<string>()
  /** Every mutation that was ever applied, in order: what a test compares with what was saved. */
  const log: Mutation[] = []
  /** What each of them changed, in the same order. */
  const done: { readonly record: string; readonly fields: WireChange['fields'] }[] = []
  let bodyLimit = Infinity
  let refuseWhole: Problem | null = null
  let deviceResidents = Infinity

  const streamOf = (id: string) => {
    let stream = streams.get(id)
    if (!stream) {
      stream = { epoch: 1, head: 0, changes: [], proofs: [] }
      streams.set(id, stream)
    }
    return stream
  }
  const recordsOf = (stream: string) => [...rows.values()].filter((row) => row.stream === stream)
  const refusal = (problem: Problem, status: number) =>
    Response.json({ ok: false, problem }, { status })

  /** As `raiseHeads` does: a word for the version that no other history of it has. */
  const raise = (id: string, head: number) => {
    const stream = streamOf(id)
    if (head === stream.head) return
    stream.head = head
    stream.proofs.push({ version: head, proof: `proof-${(proofs += 1)}` })
  }
  const stateOf = (id: string): CursorStream => {
    const { epoch, head, proofs } = streamOf(id)
    return { id, epoch, head, floor: 0, proof: proofs.at(-1)?.proof ?? '' }
  }
  const proofsAt = (places: ReturnType<typeof placesToProve>) =>
    new Map(
      places.flatMap(({ stream, version }) => {
        const own = streamOf(stream).proofs.find((one) => one.version >= version)
        return own ? [[stream, own.proof] as const] : []
      }),
    )
  const giveNewEpochs = () => {
    // One that never was: the same copy may be put back twice.
    epochs += 1
    for (const stream of streams.values()) {
      stream.epoch = epochs
      stream.proofs.splice(0)
      if (stream.head > 0)
        stream.proofs.push({ version: stream.head, proof: `proof-${(proofs += 1)}` })
    }
  }

  /** What the server's transaction does with a plan, to these maps. */
  const carryOut = (plan: Plan, account: Pick<OfficeAccount, 'id'>) => {
    for (const [key, row] of plan.written) rows.set(key, row)
    for (const [id, head] of plan.heads) raise(id, head)
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

  const imports = createModelImports({
    ...{ accounts, rows, log, ids, carryOut },
    now: () => clock.now(),
    heads: () => new Map([...streams].map(([id, { head }]) => [id, head])),
    write(row) {
      raise(row.stream, row.version)
      rows.set(`${row.stream}/${row.id}`, row)
    },
    poke() {
      for (const listener of listeners) listener()
    },
  })

  const requests = createModelRequests({
    ...{ rows, ids, carryOut },
    now: () => clock.now(),
    heads: () => new Map([...streams].map(([id, { head }]) => [id, head])),
    poke() {
      for (const listener of listeners) listener()
    },
  })

  const push = (request: PushRequest, account: OfficeAccount, device: DeviceState) => {
    const incoming = readMutations(request.mutations, request.device).sort(
      (one, other) => seqOf(one) - seqOf(other),
    )
    const lastSeq = device.expected - 1
    const again = incoming
      .filter((item) => seqOf(item) <= lastSeq)
      .map((item) => firstAnswer(item, device.receipts.get(seqOf(item))))
    const { fresh, reused } = upToGap(incoming, lastSeq)
    const plan = planPush(fresh, {
      account,
      scope: new Map(account.scope.map((id) => [id, { own: true }])),
      records: rows,
      applied,
      heads: new Map([...streams].map(([id, { head }]) => [id, head])),
      policies: new Map(),
      spans: imports.places(),
      skewMs: Date.parse(request.sentAt) - clock.now(),
      now: clock.now(),
      ids,
    })
    carryOut(plan, account)
    for (const receipt of plan.receipts) {
      device.receipts.set(receipt.seq, { mutation: receipt.id, receipt })
    }
    device.expected += fresh.length
    const receipts = [...again, ...plan.receipts, ...reused]
    if (receipts.length > 0) for (const listener of listeners) listener()
    const now = new Date(clock.now()).toISOString()
    return Response.json({ ok: true, receipts, expected: device.expected, now })
  }

  /** Of a large office's account: what its device holds by demand. */
  const heldBy = ({ demand }: PullRequest, { scope, role }: OfficeAccount) => {
    const all = { scope, demand: null }
    if (!demand || !mayHoldByDemand(role)) return all
    const placeOf = (id: string) => recordsOf(id).find((one) => one.kind === 'place')
    const holdable = scope.map((id) => ({
      ...{ id, own: true, isGrid: placeOf(id)?.fields['placeKind'] === 'grid' },
      residents: recordsOf(id).filter((one) => one.kind === 'resident' && !one.removed).length,
    }))
    const chosen = holdByDemand(holdable, demand, deviceResidents)
    if (!chosen) return all
    const outline = chosen.places.flatMap((id) => {
      const place = placeOf(id)
      return place
        ? [{ kind: 'place' as const, id, version: place.version, fields: place.fields }]
        : []
    })
    const outlineDigest = outline.map(({ id, version }) => `${id} ${version}`).join()
    return {
      scope: scope.filter((id) => !chosen.places.includes(id) || chosen.held.has(id)),
      demand: {
        ...{ held: [...chosen.held], residents: chosen.residents, places: chosen.places.length },
        ...{ most: deviceResidents, outlineDigest },
        ...(demand.outline === outlineDigest ? {} : { outline }),
      },
    }
  }

  const pull = (request: PullRequest, account: OfficeAccount, device: DeviceState) => {
    if (request.held !== undefined) return answerHeld(request, account, device)
    const { scope, demand } = heldBy(request, account)
    const seen = scope.map(stateOf)
    const sign = signOfPutBack(
      seen,
      request,
      device.expected,
      proofsAt(placesToProve(seen, request.cursors)),
    )
    if (sign) giveNewEpochs()
    const states = scope.map(stateOf)
    const known = proofsAt(placesToProve(states, request.cursors))
    const lines: PullLine[] = [
      {
        type: 'scope',
        now: new Date(clock.now()).toISOString(),
        account: { id: account.id, name: account.name, role: account.role },
        streams: states.map(({ id, epoch, head, proof }) => ({
          ...{ id, epoch, head, write: true },
          ...(proof === '' ? {} : { proof }),
        })),
        ...(demand ? { demand } : {}),
        expected: device.expected,
      },
      ...states.flatMap((state) => {
        const range = missingOf(state, request.cursors[state.id], known)
        return range ? pagesOf(range, request.pageSize ?? pageSize, account.role) : []
      }),
      { type: 'end' },
    ]
    if (sign) for (const listener of listeners) listener()
    return linesToResponse(lines)
  }

  const answerHeld = (request: PullRequest, account: OfficeAccount, device: DeviceState) => {
    const { scope, demand } = heldBy(request, account)
    const isNamed = demand === null || !('outline' in demand)
    const heads = scope.map((id) => [id, headCursor(stateOf(id), true)] as const)
    const isBehind = request.told !== undefined && request.told > device.expected
    const isSame = cursorsToHeld(Object.fromEntries(heads)) === request.held
    const same = isSame && isNamed && !isBehind
    const now = new Date(clock.now()).toISOString()
    return linesToResponse([
      { type: 'held', same, now, expected: device.expected },
      { type: 'end' },
    ])
  }

  const pagesOf = (
    { stream: id, epoch, from: first, head, reset }: Missing,
    size: number,
    role: Role,
  ) => {
    const { changes } = streamOf(id)
    const records = recordsOf(id).filter(({ kind }) => mayPull(role, kind))
    const pages: PageLine[] = []
    for (let from = first; from < head; from += size) {
      const to = Math.min(head, from + size)
      const inside = ({ version }: { version: number }) => version > from && version <= to
      const proof = streamOf(id).proofs.find((one) => one.version >= to)?.proof
      pages.push({
        type: 'page',
        stream: id,
        epoch,
        from,
        to,
        ...(reset && from === first ? { reset: true as const } : {}),
        ...(proof === undefined ? {} : { proof }),
        records: records.filter(inside).map(rowToWire),
        changes: changes.filter(inside),
      })
    }
    return pages
  }

  const signIn = (request: SignInRequest) => {
    const account = accounts.find(({ login }) => login === request.login)
    if (account?.password !== request.password) return refusal('wrong-password', 401)
    const device = devices.get(request.device)
    if (device?.revoked) return refusal('device-revoked', 403)
    if (!device) {
      const receipts = new Map<number, { mutation: string; receipt: Receipt }>()
      devices.set(request.device, { account: account.id, expected: 1, receipts, revoked: false })
    }
    const token = ids()
    sessions.set(request.device, token)
    return Response.json({
      ok: true,
      account: { id: account.id, name: account.name, role: account.role },
      device: request.device,
      deviceKey: deviceKeyOf(request.device),
      token,
      now: new Date(clock.now()).toISOString(),
    })
  }

  const givePass = (bearer: string) => {
    const owner = [...sessions].find(([, token]) => token === bearer)?.[0] ?? ''
    const device = devices.get(owner)
    if (device?.revoked) return refusal('device-revoked', 403)
    if (!device) return refusal('session-ended', 401)
    const pass = ids()
    passes.set(pass, owner)
    return Response.json({ ok: true, pass, seconds: 8 * 3_600 })
  }

  const inSession = (text: string, path: string, bearer: string) => {
    const owner = passes.get(bearer) ?? ''
    const device = devices.get(owner)
    const account = accounts.find(({ id }) => id === device?.account)
    if (device?.revoked) return refusal('device-revoked', 403)
    if (!account || !device || !sessions.has(owner)) return refusal('session-ended', 401)
    const body = JSON.parse(text) as { device: string }
    if (body.device !== owner) return refusal('not-allowed', 403)
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
      const bearer = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
      if (path === passPath) return givePass(bearer)
      if (path === '/api/push' || path === '/api/pull') return inSession(text, path, bearer)
      return refusal('not-found', 404)
    },
    /** Called whenever streams moved. */
    onPoke(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    head: (stream: string) => streamOf(stream).head,
    epoch: (stream: string) => streamOf(stream).epoch,
    cursor: (stream: string) => headCursor(stateOf(stream), true),
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
    /** Accounts of offices with more residents hold by demand. */
    limitDevices: (residents: number) => (deviceResidents = residents),
    limitBodies: (characters: number) => (bodyLimit = characters),
    refuseEverything: (problem: Problem | null) => (refuseWhole = problem),
    /** Puts records there as a roster or the seed brings them. */
    seed(stream: string, kind: Kind, id: string, fields: Record<string, unknown>) {
      const version = streamOf(stream).head + 1
      raise(stream, version)
      const at = new Date(clock.now()).toISOString()
      const created = { version, device: null, at }
      const made = { stream, id, kind, fields, created, marks: {}, version, removed: false, at }
      rows.set(`${stream}/${id}`, { ...made, by: null, movedTo: null, moves: 0 })
    },
    /** The time of somebody who left is over: the person and all that was told about them go. */
    purge(stream: string, id: string) {
      const row = rows.get(`${stream}/${id}`)
      if (!row || row.removed) return
      const version = streamOf(stream).head + 1
      raise(stream, version)
      rows.set(`${stream}/${id}`, { ...row, version, removed: true, fields: {}, marks: {} })
      const { changes } = streamOf(stream)
      const others = changes.filter((change) => change.record !== id)
      const at = new Date(clock.now()).toISOString()
      const last = { id: ids(), record: id, version, op: 'remove' as const, at, fields: {} }
      changes.splice(0, changes.length, ...others, last)
      purged.add(id)
      for (const listener of listeners) listener()
    },
    purged: purged as ReadonlySet<string>,
    /** Writes the imports whose parts have come, and takes those back that shall be. */
    decideImports: () => imports.decide(),
    /** What happens to requests by itself, and by people without an account. */
    requests,
    /**
     * A copy of everything of this moment. Restored as a backup, streams begin a new epoch; put back as a folder or a
     * snapshot is, the office does not know of it.
     */
    copy() {
      const kept = structuredClone({ streams, devices, rows, applied, purged })
      const logged = log.length
      const brought = imports.copy()
      const putBack = () => {
        const copy = structuredClone(kept)
        streams.clear()
        devices.clear()
        for (const [id, stream] of copy.streams) streams.set(id, stream)
        for (const [id, device] of copy.devices) devices.set(id, device)
        log.length = logged
        done.length = logged
        rows.clear()
        applied.clear()
        purged.clear()
        for (const [key, row] of copy.rows) rows.set(key, row)
        for (const [key, version] of copy.applied) applied.set(key, version)
        for (const id of copy.purged) purged.add(id)
        brought()
      }
      const restore = () => {
        putBack()
        giveNewEpochs()
      }
      return { putBack, restore }
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
