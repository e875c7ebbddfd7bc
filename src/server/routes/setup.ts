/**
 * `/api/setup`: the first start of an empty office. Whoever has the address that the start printed makes the
 * subdistrict and its first administrator, once. The token of that address lives in memory alone.
 */
import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import {
  setupPath,
  setupRequestSchema,
  type SetupAnswer,
  type SetupRequest,
} from '#protocol/setup.ts'
import { makeFirstOffice } from '../acts/first-office.ts'
import { isNew } from '../db/accounts.ts'
import { isGuessable } from '../db/guessable.ts'
import {
  limitBody,
  problemOfProtocol,
  readBody,
  refuse,
  type Env,
  type Office,
  type RouteContext,
} from './context.ts'

const maxBodyBytes = 4_096
/** Of 128 bits nobody guesses one in ten; whoever tries more often has no address from this start. */
const mostWrongTokens = 10

/** The one-time address of an empty office, 22 characters of base64url. */
export function makeSetupToken(randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(16)).toString('base64url')
}

/** `token` null: the office had accounts at the start, and nothing is ever set up here. */
export function setupRoutes(office: Office, token: string | null): Hono<Env> {
  const app = new Hono<Env>()
  let open = token
  let wrong = 0

  app.get(setupPath, async (context) => {
    const isWaiting = open !== null && (await isNew(office.db))
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, isWaiting } satisfies SetupAnswer)
  })

  app.post(setupPath, limitBody(maxBodyBytes), async (context) => {
    const request = await readBody(context, setupRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    if (open === null) return refuse(context, 'not-found')
    if (!isSame(request.token, open)) {
      wrong += 1
      if (wrong >= mostWrongTokens) open = null
      return refuse(context, 'not-allowed')
    }
    return setUp(office, context, request).then((response) => {
      if (response.ok) open = null
      return response
    })
  })
  return app
}

async function setUp(
  office: Office,
  context: RouteContext,
  request: SetupRequest,
): Promise<Response> {
  const { name, code, places, person, login, password } = request
  if (isGuessable(password, login, [person, name])) return refuse(context, 'weak-password')
  const hash = await office.hasher.hash(password, office.randomBytes(16))
  const made = await makeFirstOffice(
    office.db,
    { name, code, places, person, login, password: hash, oneTimeUntil: null },
    { now: office.clock.now(), ids: office.ids },
  )
  if (!made) return refuse(context, 'not-found')
  context.header('Cache-Control', 'no-store')
  return context.json({ ok: true })
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}
