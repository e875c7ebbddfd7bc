/** `POST /api/pull`: lines of JSON, compressed on the way, never all of them in memory. */
import { Readable } from 'node:stream'
import { constants } from 'node:zlib'
import { Hono } from 'hono'
import { kinds } from '#domain/record.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { pullRequestSchema, type HeldLine, type PullRequest } from '#protocol/pull.ts'
import { mayPull, standsAtGate } from '#domain/permission.ts'
import { goesBelow } from '#domain/permission-of-access.ts'
import { findDevice, isNoted, noteReport } from '../db/devices.ts'
import { readGatePages } from '../db/gate-pages.ts'
import { historyDays, readPages } from '../db/pages.ts'
import { noticePutBack, proofsAt } from '../db/proofs.ts'
import type { SessionRow } from '../db/sessions.ts'
import { streamsOf } from '../db/streams.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'
import { heldOf, type Held } from './demand.ts'
import { headCursor, missingOf, placesToProve, signOfPutBack } from './cursor.ts'
import { deflatePart, inflatePart, joinGzip, type DeflatedPart } from '../keepers/joined-gzip.ts'
import { loadPolicies } from '../ledger/policy.ts'
import { createPullRecord, type PullRecord } from './pull-record.ts'
import { snapshotKinds } from '../keepers/snapshot-keeper.ts'

/** A cursor takes some 80 bytes; an office that works on a thousand grids still fits. */
const maxBodyBytes = 256 * 1024

/** A village on a phone's network gains by any level; the lowest costs the server a third of the usual one. */
const level = constants.Z_BEST_SPEED

export function pullRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  const record = createPullRecord(office)
  app.post('/', limitBody(maxBodyBytes), async (context) => {
    const request = await readBody(context, pullRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const session = context.get('session')
    if (request.device !== session.device) return refuse(context, 'not-allowed')
    context.header('Cache-Control', 'no-store')
    if (request.held !== undefined) {
      context.header('Content-Type', 'application/x-ndjson')
      return context.body(await heldLines(office, session, request))
    }
    const lines = pullLines(office, record, session, request)
    // The first line is made before the answer begins: what fails there is still a refusal and not a cut answer.
    const first = await lines.next()
    const parts = counted(office, first.value ?? '', lines)
    context.header('Content-Type', 'application/x-ndjson')
    context.header('Vary', 'Accept-Encoding')
    const accepts = context.req.header('accept-encoding')?.includes('gzip') === true
    // What fails in the middle cuts the answer short: without its end line a device takes it for no more than it is.
    if (!accepts) return context.body(toWeb(Readable.from(inflated(parts))))
    context.header('Content-Encoding', 'gzip')
    return context.body(toWeb(Readable.from(joinGzip(parts))))
  })
  return app
}

function toWeb(stream: Readable): ReadableStream {
  return Readable.toWeb(stream) as ReadableStream
}

/** A line as it is, or pages that were deflated before. */
type Piece = string | DeflatedPart

/** Lines that are shorter than this together are deflated together: each run of its own costs more than it holds. */
const fullRun = 64 * 1024

async function* counted(
  office: Office,
  first: Piece,
  rest: AsyncGenerator<Piece, undefined>,
): AsyncGenerator<DeflatedPart> {
  const sent = (part: DeflatedPart) => {
    office.metrics.add('pull_bytes_total', {}, part.size)
    return part
  }
  let text = typeof first === 'string' ? first : ''
  if (typeof first !== 'string') yield sent(first)
  const run = async () => {
    const part = await deflatePart(text, level)
    text = ''
    return sent(part)
  }
  try {
    for await (const piece of rest) {
      const isLine = typeof piece === 'string'
      if (text !== '' && (!isLine || text.length + piece.length > fullRun)) yield run()
      if (!isLine) yield sent(piece)
      else text += piece
      if (text.length >= fullRun) yield run()
    }
  } catch (fault) {
    // What came before it goes out all the same: the answer is cut short, and the device goes on from there.
    if (text !== '') yield run()
    throw fault
  }
  if (text !== '') yield run()
}

async function* inflated(parts: AsyncGenerator<DeflatedPart>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield inflatePart(part)
}

/** From that version on a cursor carries its proof. */
const provesSince = 3

/**
 * The streams that a device gets. Where the office said that there are no gates any more, a gate's has none of them: it
 * drops what it holds with this very answer, and begins anew where they are turned on again.
 */
async function scopeOf(office: Office, session: SessionRow, request: PullRequest): Promise<Held> {
  const { db } = office
  const streams = await streamsOf(db, session.account)
  if (!standsAtGate(session.role)) return heldOf(office, session, request.demand, streams)
  const policies = await loadPolicies(
    db,
    streams.map(({ id }) => id),
  )
  return { streams: streams.filter(({ id }) => policies.get(id)?.gates), demand: null, away: [] }
}

/** Whether a device holds what it may see as it is now; without another word, for it asks so once a minute. */
async function heldLines(
  office: Office,
  session: SessionRow,
  request: PullRequest,
): Promise<string> {
  const { db, clock } = office
  const now = new Date(clock.now())
  const { streams, demand } = await scopeOf(office, session, request)
  const proves = request.protocol >= provesSince
  const heads = streams.map((stream) => [stream.id, headCursor(stream, proves)] as const)
  const device = await findDevice(db, session.device)
  if (!device || !isNoted(device, request.report, now)) {
    await noteReport(db, session.device, request.report, now)
  }
  const expected = (device?.last_seq ?? 0) + 1
  // Names of places that it does not hold are in no stream of it.
  const isNamed = demand === null || demand.outline === undefined
  const isSame = isNamed && cursorsToHeld(Object.fromEntries(heads)) === request.held
  // A server that was put back says so where it sees the cursors.
  const isBehind = request.told !== undefined && request.told > expected
  const line: HeldLine = {
    type: 'held',
    same: isSame && !isBehind,
    now: now.toISOString(),
    expected,
  }
  return `${JSON.stringify(line)}\n{"type":"end"}\n`
}

async function* pullLines(
  office: Office,
  record: PullRecord,
  session: SessionRow,
  request: PullRequest,
): AsyncGenerator<Piece, undefined> {
  const { db } = office
  const now = office.clock.now()
  const device = await findDevice(db, session.device)
  const expected = (device?.last_seq ?? 0) + 1
  const { streams, demand, away, proofs } = await inOneHistory(office, session, request, expected)
  const proves = request.protocol >= provesSince
  await noteReport(db, session.device, request.report, new Date(now))
  await record(session, {
    fromZero: streams.flatMap((one) =>
      missingOf(one, request.cursors[one.id], proofs)?.reset ? [one.id] : [],
    ),
    held: Object.keys(request.cursors),
    ...(demand ? { demand: { away, opened: demand.held } } : {}),
  })
  yield `${JSON.stringify({
    type: 'scope',
    now: new Date(now).toISOString(),
    account: { id: session.account, name: session.name, role: session.role },
    streams: streams.map(({ id, epoch, head, own, proof }) => ({
      ...{ id, epoch, head, write: own },
      ...(proves && proof !== '' ? { proof } : {}),
    })),
    ...(demand ? { demand } : {}),
    expected,
  })}\n`
  const since = new Date(now - historyDays * 86_400_000).toISOString()
  const visible = kinds.filter((kind) => mayPull(session.role, kind))
  const seesAll = visible.length === snapshotKinds.length
  for (const stream of streams) {
    let range = missingOf(stream, request.cursors[stream.id], proofs)
    const isAbove = !stream.own
    // Its pages have the usual size, and what stays with the place.
    const servesStored = seesAll && !isAbove && request.pageSize === undefined
    const stored = range?.reset && servesStored ? await office.snapshots.read(stream) : null
    if (range && stored) {
      yield* stored.parts
      const from = stored.version
      range = from < stream.head ? { ...range, from, reset: false } : null
    }
    if (range && standsAtGate(session.role)) {
      yield* readGatePages(db, { ...range, pageSize: request.pageSize })
    } else if (range) {
      const shown = isAbove ? visible.filter(goesBelow) : visible
      yield* readPages(db, { ...range, isAbove, pageSize: request.pageSize }, shown, since)
    }
  }
  yield '{"type":"end"}\n'
}

/**
 * The streams of an account, all in the history that the server tells. Where the device shows that the server was put
 * back to an earlier moment, all streams begin new epochs first, and every device hears that they moved.
 */
async function inOneHistory(
  office: Office,
  session: SessionRow,
  request: PullRequest,
  expected: number,
) {
  const { db, clock, pokes } = office
  const look = async () => {
    const held = await scopeOf(office, session, request)
    const proofs = await proofsAt(db, placesToProve(held.streams, request.cursors))
    return { ...held, proofs }
  }
  const seen = await look()
  const sign = signOfPutBack(seen.streams, request, expected, seen.proofs)
  const { account, device } = session
  const at = new Date(clock.now())
  if (!sign || !(await noticePutBack(db, sign, { account, device }, at))) return seen
  const now = await look()
  pokes.poke([...now.streams.map(({ id }) => id), ...now.away])
  return now
}
