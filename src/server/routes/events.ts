/** `GET /api/events`: server-sent events that name moved streams, nothing else. */
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { findSession } from '../db/sessions.ts'
import { streamsOf } from '../db/streams.ts'
import { problemOfSession } from './session.ts'
import type { Env, Office } from './context.ts'

const heartbeatMs = 25_000

export function eventRoutes(office: Office, stopped: AbortSignal): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', (context) => {
    const { account } = context.get('session')
    const hash = context.get('sessionHash')
    context.header('Cache-Control', 'no-store')
    // Proxies of nginx's kind would hold a poke back until they have a buffer full.
    context.header('X-Accel-Buffering', 'no')
    return streamSSE(context, async (stream) => {
      let wake: () => void = () => undefined
      const moved = new Set<string>()
      let scope = await scopeOf(office, account)
      const unlisten = office.pokes.listen((streams) => {
        const mine = streams.filter((id) => scope.has(id))
        mine.forEach((id) => moved.add(id))
        // Without a stream it is a call to look whether the session still lives.
        if (mine.length > 0 || streams.length === 0) wake()
      })
      const end = () => wake()
      stopped.addEventListener('abort', end)
      stream.onAbort(end)
      try {
        await stream.writeSSE({ event: 'ready', data: '' })
        while (!stream.aborted && !stopped.aborted) {
          if (moved.size === 0) await asleep((resolve) => (wake = resolve))
          if (stream.aborted || stopped.aborted) break
          // Session and scope are asked anew each time: a revoked device hears nothing more.
          const session = await findSession(office.db, hash)
          if (problemOfSession(session, office.clock.now())) {
            // The device asks at once, and its next question is answered with the reason.
            await stream.writeSSE({ event: 'poke', data: '[]' })
            break
          }
          scope = await scopeOf(office, account)
          const streams = [...moved].filter((id) => scope.has(id))
          moved.clear()
          const event = streams.length > 0 ? 'poke' : 'alive'
          await stream.writeSSE({ event, data: JSON.stringify(streams) })
        }
      } finally {
        unlisten()
        stopped.removeEventListener('abort', end)
      }
    })
  })
  return app
}

async function scopeOf(office: Office, account: string): Promise<ReadonlySet<string>> {
  return new Set((await streamsOf(office.db, account)).map((row) => row.id))
}

/** Until woken, or until it is time for a sign of life. */
function asleep(onStart: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, heartbeatMs)
    onStart(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
