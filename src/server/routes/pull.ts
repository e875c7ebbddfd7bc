/** `POST /api/pull`: lines of JSON, compressed on the way, never all of them in memory. */
import { Readable } from 'node:stream'
import { constants } from 'node:zlib'
import { Hono } from 'hono'
import { kinds } from '#domain/record.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { pullRequestSchema, type HeldLine, type PullRequest } from '#protocol/pull.ts'
import { mayPull } from '../access.ts'
import { findDevice, noteReport } from '../db/devices.ts'
import { historyDays, readPages, type PageRange } from '../db/pages.ts'
import type { SessionRow } from '../db/sessions.ts'
import { streamsOf, type ScopedStream } from '../db/streams.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'
import { deflatePart, inflatePart, joinGzip, type DeflatedPart } from './joined-gzip.ts'
import { snapshotKinds } from './snapshot-keeper.ts'

/** A cursor takes some 80 bytes; an office that works on a thousand grids still fits. */
const maxBodyBytes = 256 * 1024

/** A village on a phone's network gains by any level; the lowest costs the server a third of the usual one. */
const level = constants.Z_BEST_SPEED

export function pullRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
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
    const lines = pullLines(office, session, request)
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

async function* counted(
  office: Office,
  first: Piece,
  rest: AsyncGenerator<Piece, undefined>,
): AsyncGenerator<DeflatedPart> {
  const sent = async (piece: Piece) => {
    const part = typeof piece === 'string' ? await deflatePart(piece, level) : piece
    office.metrics.add('pull_bytes_total', {}, part.size)
    return part
  }
  yield sent(first)
  for await (const piece of rest) yield sent(piece)
}

async function* inflated(parts: AsyncGenerator<DeflatedPart>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield inflatePart(part)
}

/** Whether a device holds what it may see as it is now; without another word, for it asks so once a minute. */
async function heldLines(
  { db, clock }: Office,
  session: SessionRow,
  request: PullRequest,
): Promise<string> {
  const now = new Date(clock.now())
  const streams = await streamsOf(db, session.account)
  const heads = streams.map(({ id, epoch, head }) => [id, { epoch, version: head }] as const)
  const device = await findDevice(db, session.device)
  await noteReport(db, session.device, request.report, now)
  const line: HeldLine = {
    type: 'held',
    same: cursorsToHeld(Object.fromEntries(heads)) === request.held,
    now: now.toISOString(),
    expected: (device?.last_seq ?? 0) + 1,
  }
  return `${JSON.stringify(line)}\n{"type":"end"}\n`
}

async function* pullLines(
  office: Office,
  session: SessionRow,
  request: PullRequest,
): AsyncGenerator<Piece, undefined> {
  const { db } = office
  const now = office.clock.now()
  const streams = await streamsOf(db, session.account)
  const device = await findDevice(db, session.device)
  await noteReport(db, session.device, request.report, new Date(now))
  yield `${JSON.stringify({
    type: 'scope',
    now: new Date(now).toISOString(),
    account: { id: session.account, name: session.name, role: session.role },
    streams: streams.map(({ id, epoch, head, own }) => ({ id, epoch, head, write: own })),
    expected: (device?.last_seq ?? 0) + 1,
  })}\n`
  const since = new Date(now - historyDays * 86_400_000).toISOString()
  const visible = kinds.filter((kind) => mayPull(session.role, kind))
  const seesAll = visible.length === snapshotKinds.length
  for (const stream of streams) {
    let range = rangeOf(stream, request.cursors[stream.id])
    const stored = range?.reset && seesAll ? await office.snapshots.read(stream) : null
    if (range && stored) {
      yield* stored.parts
      const from = stored.version
      range = from < stream.head ? { ...range, from, reset: false } : null
    }
    if (range) yield* readPages(db, range, visible, since)
  }
  yield '{"type":"end"}\n'
}

/** What of a stream a device lacks; null where nothing. */
function rangeOf(
  stream: ScopedStream,
  cursor: { readonly epoch: number; readonly version: number } | undefined,
): PageRange | null {
  const { id, epoch, head, floor } = stream
  const isUsable =
    cursor !== undefined &&
    Number.isSafeInteger(cursor.version) &&
    cursor.epoch === epoch &&
    cursor.version >= floor &&
    cursor.version <= head
  if (!isUsable) return { stream: id, epoch, from: 0, head, reset: true }
  return cursor.version < head
    ? { stream: id, epoch, from: cursor.version, head, reset: false }
    : null
}
