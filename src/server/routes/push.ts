/** `POST /api/push`. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { maxMutationBytes, mutationSchema } from '#protocol/mutation.ts'
import { pushRequestSchema } from '#protocol/push.ts'
import { applyPush } from '../push/apply.ts'
import type { Incoming } from '../push/plan.ts'
import { problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'
import { requireSession } from './session.ts'

/** A push of 500 ordinary mutations is some 250 kB; a device halves what is refused as too large. */
const maxBodyBytes = 8 * 1024 * 1024

export function pushRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: (context) => refuse(context as never, 'too-large'),
  })
  app.post('/', limit, requireSession(office), async (context) => {
    const request = await readBody(context, pushRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const session = context.get('session')
    if (request.device !== session.device) return refuse(context, 'not-allowed')
    const incoming = request.mutations.map((raw) => readMutation(raw, session.device))
    if (incoming.includes(null)) return refuse(context, 'malformed')
    const now = office.clock.now()
    const pushed = await applyPush(office.db, incoming as Incoming[], {
      account: { id: session.account, role: session.role },
      device: session.device,
      skewMs: clampSkew(Date.parse(request.sentAt) - now),
      now,
      ids: office.ids,
    })
    const applied = pushed.receipts.filter((receipt) => receipt.ok).length
    office.count('mutations_applied', applied)
    office.count('mutations_refused', pushed.receipts.length - applied)
    if (pushed.moved.length > 0) office.pokes.poke(pushed.moved)
    return context.json({
      ok: true,
      receipts: pushed.receipts,
      expected: pushed.expected,
      now: new Date(now).toISOString(),
    })
  })
  return app
}

const named = v.looseObject({
  id: v.pipe(v.string(), v.uuid()),
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
})

/** One that cannot be read is refused alone, where it can be named at all; null where it cannot. */
function readMutation(raw: unknown, device: string): Incoming | null {
  const name = v.safeParse(named, raw)
  if (!name.success) return null
  const { id, seq } = name.output
  if (Buffer.byteLength(JSON.stringify(raw)) > maxMutationBytes) {
    return { id, seq, problem: 'too-large' }
  }
  const parsed = v.safeParse(mutationSchema, raw)
  if (!parsed.success) {
    const isKind = parsed.issues.some((issue) => issue.path?.[0]?.key === 'kind')
    return { id, seq, problem: isKind ? 'unknown-kind' : 'malformed' }
  }
  if (parsed.output.device !== device) return { id, seq, problem: 'malformed' }
  return { mutation: parsed.output }
}

/** What fits the column: a device whose clock is more than three weeks off is told so all the same. */
function clampSkew(skewMs: number): number {
  const most = 2_000_000_000
  return Math.max(-most, Math.min(most, Math.round(skewMs)))
}
