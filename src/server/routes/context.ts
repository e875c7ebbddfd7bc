/** What every route is given, and how each refuses. */
import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { oldestServed, protocolVersion } from '#protocol/version.ts'
import type { Problem } from '#protocol/problem.ts'
import type { SessionRow } from '../db/accounts.ts'
import type { Database } from '../db/schema.ts'
import type { Pokes } from './pokes.ts'

export interface Office {
  readonly db: Kysely<Database>
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly randomBytes: (count: number) => Uint8Array
  readonly secureCookies: boolean
  readonly pokes: Pokes
  readonly count: (name: string, by: number) => void
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
  'device-revoked': 403,
  'account-closed': 403,
  'not-allowed': 403,
  'not-found': 404,
  'too-large': 413,
  'app-too-old': 426,
  'server-too-old': 409,
  'too-many-attempts': 429,
  'server-fault': 500,
  'database-unreachable': 503,
}

/** A refusal of the whole request. `retryAfter` in seconds. */
export function refuse(context: RouteContext, problem: Problem, retryAfter?: number): Response {
  context.set('problem', problem)
  if (retryAfter !== undefined) context.header('Retry-After', String(retryAfter))
  const body = { ok: false, problem, ...(retryAfter === undefined ? {} : { retryAfter }) }
  return context.json(body, statuses[problem] ?? 400)
}

/** Null where device and server understand each other. */
export function problemOfProtocol(version: number): Problem | null {
  if (version < oldestServed) return 'app-too-old'
  return version > protocolVersion ? 'server-too-old' : null
}

/** The body by a schema; undefined where it is no JSON or not of that shape. */
export async function readBody<T extends v.GenericSchema>(
  context: RouteContext,
  schema: T,
): Promise<v.InferOutput<T> | undefined> {
  const text = await context.req.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
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
  const type = context.req.header('content-type') ?? ''
  const needsBody = context.req.method !== 'DELETE'
  if (needsBody && !type.startsWith('application/json')) return refuse(context, 'malformed')
  return next()
}
