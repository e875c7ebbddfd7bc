/** `/api/devices`: whoever runs an office sees the devices of its people, and can end one. */
import { Hono } from 'hono'
import { revokeRequestSchema } from '#protocol/device.ts'
import { audit, officeChain } from '../db/audit.ts'
import { listDevices, revokeDevice } from '../db/devices.ts'
import { transact } from '../db/transact.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'

export function deviceRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (context) => {
    const devices = await listDevices(office.db, context.get('session').account)
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, devices })
  })
  app.post('/revoke', limitBody(1024), async (context) => {
    const request = await readBody(context, revokeRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const { account, device: own, role } = context.get('session')
    const device = request.device.toLowerCase()
    // One's own would shut out whoever just said so; a colleague can do it.
    if (device === own) return refuse(context, 'not-allowed')
    const mine = await listDevices(office.db, account)
    // A device of others and one that does not exist are the same to whoever asks.
    if (!mine.some(({ id }) => id === device)) return refuse(context, 'not-found')
    const now = new Date(office.clock.now())
    await transact(office.db, async (trx) => {
      await revokeDevice(trx, device, now)
      await audit(trx, officeChain, [
        {
          ...{ act: 'device-revoked', at: now.toISOString(), account, device: own, record: device },
          facts: { role, of: mine.find(({ id }) => id === device)?.account.id },
        },
      ])
    })
    // Its open event stream looks at once whether it may go on.
    office.pokes.poke([])
    return context.json({ ok: true })
  })
  return app
}
