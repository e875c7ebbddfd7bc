/** `POST /api/push`. */
import { Hono } from 'hono'
import { receiptsFor } from '#protocol/older.ts'
import { pushRequestSchema } from '#protocol/push.ts'
import { applyPush, DeviceEnded } from '../ledger/apply.ts'
import { createPushQueue } from '../ledger/push-queue.ts'
import { limitBody, problemOfProtocol, readBody, refuse, type Env, type Office } from './context.ts'
import { readMutations } from './read-mutations.ts'
import { createTurns } from './turns.ts'

/** A push of 500 ordinary mutations is some 250 kB; a device halves what is refused as too large. */
const maxBodyBytes = 8 * 1024 * 1024

/** Of one account: its telephone, its tablet and a file that is being brought in. The pool has twenty connections. */
const pushesAtOnce = 3

/** Of all that go by themselves: each may wait for a stream with a connection in hand. */
const aloneAtOnce = 10

export function pushRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  const turns = createTurns(pushesAtOnce)
  const all = createTurns(aloneAtOnce)
  const queue = createPushQueue({
    db: office.db,
    alone: ({ incoming, context }) =>
      turns.take(context.account.id, () =>
        all.take('', () => applyPush(office.db, incoming, context)),
      ),
    ...(office.isSpread ? { mostStreams: 1 } : {}),
  })
  app.post('/', limitBody(maxBodyBytes), async (context) => {
    const request = await readBody(context, pushRequestSchema, { isChecked: true })
    if (!request) return refuse(context, 'malformed')
    const outdated = problemOfProtocol(request.protocol)
    if (outdated) return refuse(context, outdated)
    const session = context.get('session')
    if (request.device !== session.device) return refuse(context, 'not-allowed')
    const now = office.clock.now()
    const sentAt = Date.parse(request.sentAt)
    const mutations = readMutations(request.mutations, session.device)
    const pushing = queue.push({
      incoming: mutations,
      context: {
        account: { id: session.account, role: session.role, isClosed: session.closed },
        device: session.device,
        skewMs: sentAt - now,
        now,
        ids: office.ids,
        onFault: office.onFault,
      },
    })
    const pushed = await pushing.catch((error: unknown) => {
      if (error instanceof DeviceEnded) return null
      throw error
    })
    if (!pushed) return refuse(context, 'device-revoked')
    if (pushed.moved.length > 0) office.writeProbe.noteSuccess()
    const applied = pushed.receipts.filter((receipt) => receipt.ok).length
    office.metrics.add('mutations_total', { outcome: 'applied' }, applied)
    const refused = pushed.receipts.length - applied
    office.metrics.add('mutations_total', { outcome: 'refused' }, refused)
    if (pushed.moved.length > 0) office.pokes.poke(pushed.moved)
    if (pushed.hasScheme) void office.recolour.wake()
    if (pushed.hasRequest) void office.requests.wake()
    if (pushed.hasImport) void office.imports.wake()
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      receipts: receiptsFor(request.protocol, pushed.receipts),
      expected: pushed.expected,
      now: new Date(now).toISOString(),
    })
  })
  return app
}
