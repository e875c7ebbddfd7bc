/** `GET /api/history/:stream/:record`: the lines of a record's history that are too old for a device to hold. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { kinds } from '#domain/record.ts'
import { mayPull } from '#domain/permission.ts'
import { goesBelow } from '#domain/permission-of-access.ts'
import { loadHistory } from '../db/changes.ts'
import { streamsOf } from '../db/streams.ts'
import { refuse, type Env, type Office } from './context.ts'

const paramsSchema = v.object({ stream: uuid, record: uuid })

export function historyRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:stream/:record', async (context) => {
    const asked = v.safeParse(paramsSchema, context.req.param())
    if (!asked.success) return refuse(context, 'malformed')
    const { stream, record } = asked.output
    const { account, role } = context.get('session')
    const scope = await streamsOf(office.db, account)
    // A stream of others and one that does not exist are the same to whoever asks.
    const found = scope.find((one) => one.id === stream)
    if (!found) return refuse(context, 'stream-not-yours')
    const visible = kinds.filter((kind) => mayPull(role, kind) && (found.own || goesBelow(kind)))
    const changes = await loadHistory(office.db, stream, record, visible)
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, changes })
  })
  return app
}
