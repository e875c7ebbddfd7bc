/** `/healthz` and `/metrics`, for whoever keeps the server running. Numbers only. */
import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Env, Office } from './context.ts'

const patienceMs = 2_000

/** 200 while the database answers, 503 while it does not. */
export function healthRoutes(office: Office, counters: ReadonlyMap<string, number>): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/healthz', async (context) => {
    const ok = await isReachable(office)
    return context.json({ ok }, ok ? 200 : 503)
  })
  app.get('/metrics', (context) => {
    const lines = [...counters].map(([name, value]) => `wuse_${name} ${value}`)
    lines.push(`wuse_event_listeners ${office.pokes.listeners}`)
    return context.text(`${lines.sort().join('\n')}\n`)
  })
  return app
}

async function isReachable(office: Office): Promise<boolean> {
  const asked = sql`select 1`.execute(office.db).then(
    () => true,
    () => false,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const ok = await Promise.race([asked, late])
  clearTimeout(timer)
  return ok
}
