/** `POST /api/pull`: lines of JSON, compressed on the way, never all of them in memory. */
import { Hono } from 'hono'
import type { Kind } from '#domain/record.ts'
import { pullRequestSchema, type PullRequest } from '#protocol/pull.ts'
import { mayPull } from '../access.ts'
import type { SessionRow } from '../db/accounts.ts'
import { findDevice } from '../db/accounts.ts'
import { historyDays, readPages, type PageRange } from '../db/pages.ts'
import { streamsOf, type ScopedStream } from '../db/streams.ts'
import { problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'
import { requireSession } from './session.ts'

export function pullRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', requireSession(office), async (context) => {
    const request = await readBody(context, pullRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const session = context.get('session')
    if (request.device !== session.device) return refuse(context, 'not-allowed')
    const lines = pullLines(office, session, request)
    // The first line is made before the answer begins: what fails there is still a refusal and not a cut answer.
    const first = await lines.next()
    const accepts = context.req.header('accept-encoding')?.includes('gzip') === true
    const body = streamOf(first.value ?? '', lines, (bytes) => office.count('pull_bytes', bytes))
    context.header('Content-Type', 'application/x-ndjson')
    context.header('Cache-Control', 'no-store')
    if (!accepts) return context.body(body)
    context.header('Content-Encoding', 'gzip')
    return context.body(body.pipeThrough(new CompressionStream('gzip')))
  })
  return app
}

async function* pullLines(
  office: Office,
  session: SessionRow,
  request: PullRequest,
): AsyncGenerator<string, undefined> {
  const { db } = office
  const now = office.clock.now()
  const streams = await streamsOf(db, session.account)
  const device = await findDevice(db, session.device)
  yield `${JSON.stringify({
    type: 'scope',
    now: new Date(now).toISOString(),
    account: { id: session.account, name: session.name, role: session.role },
    streams: streams.map(({ id, epoch, head, own }) => ({ id, epoch, head, write: own })),
    expected: (device?.last_seq ?? 0) + 1,
  })}\n`
  const since = new Date(now - historyDays * 86_400_000).toISOString()
  const visible = (kind: Kind) => mayPull(session.role, kind)
  for (const stream of streams) {
    const range = rangeOf(stream, request.cursors[stream.id])
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
    cursor.epoch === epoch &&
    cursor.version >= floor &&
    cursor.version <= head
  if (!isUsable) return { stream: id, epoch, from: 0, head, reset: true }
  return cursor.version < head
    ? { stream: id, epoch, from: cursor.version, head, reset: false }
    : null
}

function streamOf(
  first: string,
  rest: AsyncGenerator<string, undefined>,
  onBytes: (bytes: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const send = (controller: ReadableStreamDefaultController, line: string) => {
    const bytes = encoder.encode(line)
    onBytes(bytes.length)
    controller.enqueue(bytes)
  }
  return new ReadableStream({
    start: (controller) => send(controller, first),
    async pull(controller) {
      const { done, value } = await rest.next()
      if (done) controller.close()
      else send(controller, value)
    },
    async cancel() {
      await rest.return(undefined)
    },
  })
}
