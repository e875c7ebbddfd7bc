/** `GET /api/events`: server-sent events that name moved streams, nothing else. */
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { findSession } from '../db/accounts.ts'
import { streamsOf } from '../db/streams.ts'
import type { Env, Office } from './context.ts'
import { requireSession } from './session.ts'

const heartbeatMs = 25_000

export function eventRoutes(office: Office, stopped: AbortSignal): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', requireSession(office), (context) => {
    const { account } = context.get('session')
    const hash = context.get('sessionHash')
    context.header('Cache-Control', 'no-store')
    return streamSSE(context, async (stream) => {
      let wake: () => void = () => undefined
      const moved = new Set<string>()
      const unlisten = office.pokes.listen((streams) => {
        streams.forEach((id) => moved.add(id))
        wake()
      })
      const end = () => wake()
      stopped.addEventListener('abort', end)
      stream.onAbort(end)
      try {
        await stream.writeSSE({ event: 'ready', data: '' })
        while (!stream.aborted && !stopped.aborted) {
          if (moved.size === 0) await asleep((resolve) => (wake = resolve))
          if (stream.aborted || stopped.aborted) break
          // The session and the scope are asked anew each time: a revoked device hears nothing more.
          if (!(await isAlive(office, hash))) break
          const visible = new Set((await streamsOf(office.db, account)).map((row) => row.id))
          const streams = [...moved].filter((id) => visible.has(id))
          moved.clear()
          await stream.writeSSE({
            event: streams.length > 0 ? 'poke' : 'alive',
            data: JSON.stringify(streams),
          })
        }
      } finally {
        unlisten()
        stopped.removeEventListener('abort', end)
      }
    })
  })
  return app
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

async function isAlive(office: Office, hash: string): Promise<boolean> {
  const session = await findSession(office.db, hash)
  if (!session || session.revoked_at || session.closed) return false
  return session.expires_at.getTime() > office.clock.now()
}
