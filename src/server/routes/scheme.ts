/** `POST /api/scheme/preview`: what a scheme would change, for whoever may save one. */
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { faultsOf } from '#domain/scheme-check.ts'
import { previewRequestSchema } from '#protocol/scheme.ts'
import { previewScheme } from '../colours/preview.ts'
import { gridsBelow } from '../db/streams.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'

/** 200 rules with deep conditions stay far below. */
const maxBodyBytes = 512 * 1024

export function schemeRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/preview', limitBody(maxBodyBytes), async (context) => {
    const { account } = context.get('session')
    const request = await readBody(context, previewRequestSchema)
    if (!request || faultsOf(request.scheme).length > 0) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const grids = await gridsBelow(office.db, account)
    const { signal } = context.req.raw
    const lines = previewScheme(office.db, grids, request.scheme, office.clock.now(), signal)
    context.header('Content-Type', 'application/x-ndjson')
    context.header('Cache-Control', 'no-store')
    // What fails in the middle cuts the answer short: without its end line it says nothing.
    return context.body(Readable.toWeb(Readable.from(asBytes(lines))) as ReadableStream)
  })
  return app
}

async function* asBytes(lines: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) yield encoder.encode(`${JSON.stringify(line)}\n`)
}
