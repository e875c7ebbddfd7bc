/** What every route is given, and how each refuses. */
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import { isStorableJson } from '#domain/storable.ts'
import { oldestServed, protocolVersion } from '#protocol/version.ts'
import type { Problem } from '#protocol/problem.ts'
import type { ChunkStore } from '../db/chunk-store.ts'
import type { Db } from '../db/schema.ts'
import type { SessionLookup } from '../db/session-lookup.ts'
import type { SessionRow } from '../db/sessions.ts'
import type { Waker } from '../keepers/keeper.ts'
import type { WriteProbe } from '../keepers/write-probe.ts'
import type { Hasher } from '../db/hashing.ts'
import type { CallerAddress } from './caller-address.ts'
import type { Metrics } from './metrics.ts'
import type { SignInPace } from './pace.ts'
import type { Pokes } from '../pokes/pokes.ts'
import type { SnapshotKeeper } from '../keepers/snapshot-keeper.ts'

export interface Office {
  readonly db: Db
  readonly sessions: SessionLookup
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly randomBytes: (count: number) => Uint8Array
  readonly secureCookies: boolean
  readonly isDemo: boolean
  /** The tables lie on several machines. */
  readonly isSpread: boolean
  /** How many residents a device of an office holds at most; of a larger one it holds what was opened on it. */
  readonly deviceResidents: number
  readonly caller: CallerAddress
  readonly hasher: Hasher
  readonly pace: SignInPace
  /** Opens the metrics to whoever has it; null where they are for this machine alone. */
  readonly metricsToken: string | null
  readonly pokes: Pokes
  readonly metrics: Metrics
  readonly writeProbe: WriteProbe
  readonly snapshots: SnapshotKeeper
  readonly recolour: Waker
  readonly imports: Waker
  readonly requests: Waker
  /** Where the sealed chunks of photographs lie. */
  readonly chunks: ChunkStore
  /** Puts a fault that nobody is answered with into the log. */
  readonly onFault: (error: unknown) => void
}

export interface Variables {
  session: SessionRow
  sessionHash: string
  problem: Problem
}
export type Env = { Variables: Variables }
export type RouteContext = Context<Env>

const statuses: Partial<Record<Problem, ContentfulStatusCode>> = {
  'not-signed-in': 401,
  'session-ended': 401,
  'wrong-password': 401,
  'wrong-code': 401,
  'code-needed': 403,
  'factor-to-set': 403,
  'device-revoked': 403,
  'account-closed': 403,
  'not-allowed': 403,
  'stream-not-yours': 403,
  'not-found': 404,
  'too-large': 413,
  'file-unreadable': 422,
  'app-too-old': 426,
  'server-too-old': 409,
  'too-many-attempts': 429,
  'new-password-needed': 403,
  'one-time-expired': 403,
  'place-closed': 409,
  'place-not-empty': 409,
  'login-taken': 409,
  'changed-meanwhile': 409,
  'record-exists': 409,
  'weak-password': 422,
  'invalid-fields': 422,
  'server-fault': 500,
  'database-unreachable': 503,
}

/** A refusal of the whole request. `retryAfter` in seconds; `more` for what the caller needs to go on. */
export function refuse(
  context: RouteContext,
  problem: Problem,
  retryAfter?: number,
  more: object = {},
): Response {
  context.set('problem', problem)
  context.header('Cache-Control', 'no-store')
  if (retryAfter !== undefined) context.header('Retry-After', String(retryAfter))
  const body = { ok: false, problem, ...(retryAfter === undefined ? {} : { retryAfter }), ...more }
  return context.json(body, statuses[problem] ?? 400)
}

/** Null where device and server understand each other. */
export function problemOfProtocol(version: number): Problem | null {
  if (version < oldestServed) return 'app-too-old'
  return version > protocolVersion ? 'server-too-old' : null
}

/** Refuses a body that is longer, before it is read into memory. */
export function limitBody(maxSize: number): MiddlewareHandler<Env> {
  return bodyLimit({ maxSize, onError: (context) => refuse(context as RouteContext, 'too-large') })
}

/**
 * The body by a schema; undefined where it is no JSON, not of that shape, or where it holds what no database takes.
 * `isChecked`: what the body carries is looked at by the route itself, one by one.
 */
export async function readBody<T extends v.GenericSchema>(
  context: RouteContext,
  schema: T,
  { isChecked = false }: { readonly isChecked?: boolean } = {},
): Promise<v.InferOutput<T> | undefined> {
  const text = await context.req.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isChecked && !isStorableJson(body)) return undefined
  const parsed = v.safeParse(schema, body)
  return parsed.success ? parsed.output : undefined
}

/**
 * State is changed only by this site's own pages: a foreign page can make a browser send its cookie, but neither
 * JSON without asking first, nor these headers.
 */
export const sameSiteOnly: MiddlewareHandler<Env> = async (context, next) => {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return next()
  const site = context.req.header('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') return refuse(context, 'not-allowed')
  if (!site && !isOwnOrigin(context)) return refuse(context, 'not-allowed')
  const type = context.req.header('content-type') ?? ''
  const needsBody = context.req.method !== 'DELETE'
  // A page of another site may send neither without asking first.
  const expected =
    context.req.method === 'PUT' ? /^application\/octet-stream$/i : /^application\/json\b/i
  if (needsBody && !expected.test(type)) return refuse(context, 'malformed')
  return next()
}

/** By host and port alone, since a proxy may speak https to the browser and http to us; a program sends no origin. */
function isOwnOrigin(context: RouteContext): boolean {
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  const { req } = context
  const host = req.header('x-forwarded-host') ?? req.header('host') ?? new URL(req.url).host
  return URL.canParse(origin) && new URL(origin).host === host
}
