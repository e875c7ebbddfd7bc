/** `GET /api/topics/:stream/:topic`: what its doors said, counted across grids. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { countAwaited, finalBy, findTopics } from '../db/topics.ts'
import { streamsOf } from '../db/streams.ts'
import { countTopic } from '../ledger/count-topic.ts'
import { refuse, type Env, type Office } from './context.ts'

export function topicRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:stream/:topic', async (context) => {
    const stream = v.safeParse(uuid, context.req.param('stream'))
    const id = v.safeParse(uuid, context.req.param('topic'))
    if (!stream.success || !id.success) return refuse(context, 'malformed')
    const { account } = context.get('session')
    const scope = await streamsOf(office.db, account)
    if (!scope.some((one) => one.id === stream.output)) return refuse(context, 'stream-not-yours')
    const [topic] = await findTopics(office.db, [stream.output], [id.output])
    // A topic of others and one that does not exist are the same to whoever asks.
    if (!topic) return refuse(context, 'stream-not-yours')
    const { standing, closingReceived, tally, places, late } = await countTopic(office.db, topic)
    const isWaiting = closingReceived !== null && standing.tally === null
    const own = new Set(scope.filter((one) => one.own).map((one) => one.id))
    context.header('Cache-Control', 'no-store')
    return context.json({
      ...{ ok: true, at: new Date(office.clock.now()).toISOString(), tally, places },
      isFinal: standing.tally !== null,
      devicesAwaited: isWaiting ? await countAwaited(office.db, topic, closingReceived) : 0,
      finalBy: isWaiting ? finalBy(closingReceived) : null,
      late: late.length,
      lateVoices: late.flatMap((voice) => (own.has(voice.stream) ? [voice.id] : [])),
    })
  })
  return app
}
