/** `/api/devices`: whoever runs an office sees the devices of its people, and everybody their own; each can end one. */
import { Hono } from 'hono'
import { revokeRequestSchema } from '#protocol/device.ts'
import { audit, officeChain } from '../db/audit.ts'
import { listDevices, listOwnDevices, revokeDevice } from '../db/devices.ts'
import { endSessionsOfDevice } from '../db/sessions.ts'
import { transact } from '../db/transact.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'

export function deviceRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (context) => {
    const devices = await listDevices(office.db, context.get('session').account)
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: true, devices })
  })
  app.get('/own', async (context) => {
    const { account, device } = context.get('session')
    context.header('Cache-Control', 'no-store')
    const devices = await listOwnDevices(office.db, account, device)
    return context.json({ ok: true, devices })
  })
  app.post('/own/end', limitBody(1024), async (context) => {
    const request = await readBody(context, revokeRequestSchema)
    if (!request) return refuse(context, 'malformed')
    const { account, device: current, role } = context.get('session')
    const device = request.device.toLowerCase()
    const mine = await listOwnDevices(office.db, account, current)
    if (!mine.some(({ id }) => id === device)) return refuse(context, 'not-found')
    const at = new Date(office.clock.now())
    await transact(office.db, async (trx) => {
      const isCurrent = device === current
      // The one in hand only signs out: its work is there, and goes on after the password.
      if (isCurrent) await endSessionsOfDevice(trx, device)
      else await revokeDevice(trx, device, at)
      await audit(trx, officeChain, [
        {
          act: isCurrent ? 'sign-out' : 'device-revoked',
          ...{ at: at.toISOString(), account, device: current, record: device },
          facts: { role, of: account },
        },
      ])
    })
    office.pokes.poke([])
    return context.json({ ok: true })
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
    office.pokes.wake({ device })
    return context.json({ ok: true })
  })
  return app
}
