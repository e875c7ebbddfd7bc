/** `POST /api/unsent-file`: unsent work that a device could not send, brought in at the office. */
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { Hono } from 'hono'
import * as v from 'valibot'
import { receiptsFor } from '#protocol/older.ts'
import {
  maxUnsentFileBytes,
  unsentContentSchema,
  unsentFileContext,
  unsentFileInfo,
  unsentFileSchema,
  type UnsentFile,
} from '#protocol/unsent-file.ts'
import { maySeeDevices } from '#domain/permission.ts'
import { oldestServed } from '#protocol/version.ts'
import { findAccountById } from '../db/accounts.ts'
import { auditAlone, officeChain } from '../db/audit.ts'
import { findDevice, listDevices, type DeviceRow } from '../db/devices.ts'
import { applyUnsent } from '../ledger/unsent.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'
import { readMutations } from './read-mutations.ts'

export function unsentFileRoutes(office: Office): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', limitBody(maxUnsentFileBytes), async (context) => {
    const file = await readBody(context, unsentFileSchema)
    if (!file) return refuse(context, 'file-unreadable')
    const session = context.get('session')
    const device = await findDevice(office.db, file.device.toLowerCase())
    // The owner's own, or one of the office's scope; anything else is the same as none.
    const isOwn = device?.account === session.account
    const isOfOffice =
      maySeeDevices(session.role) &&
      (await listDevices(office.db, session.account)).some(({ id }) => id === device?.id)
    if (!device || !(isOwn || isOfOffice)) return refuse(context, 'not-found')
    if (device.revoked_at) return refuse(context, 'device-revoked')
    const account = await findAccountById(office.db, device.account)
    const raws = openFile(file, device)
    if (!raws || !account) return refuse(context, 'file-unreadable')
    const pushed = await applyUnsent(office.db, readMutations(raws, device.id), {
      account: { id: account.id, role: account.role, isClosed: account.closed },
      device: device.id,
      skewMs: device.skew_ms ?? 0,
      isVouched: !isOwn,
      now: office.clock.now(),
      ids: office.ids,
      onFault: office.onFault,
    })
    if (pushed.moved.length > 0) office.pokes.poke(pushed.moved)
    // A roster may have been among it.
    void office.imports.wake()
    // Steps of requests as well, and what decides about them.
    void office.requests.wake()
    await auditAlone(office.db, officeChain, {
      act: 'unsent-file',
      at: new Date(office.clock.now()).toISOString(),
      account: session.account,
      device: session.device,
      record: device.id,
      facts: {
        ...{ role: session.role, count: raws.length },
        ...(pushed.skipped > 0 ? { skipped: pushed.skipped } : {}),
      },
    })
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      count: raws.length,
      applied: pushed.receipts.filter((receipt) => receipt.ok).length,
      // A file says nothing of the app that brings it in: every version understands these words.
      refused: receiptsFor(
        oldestServed,
        pushed.receipts.filter((receipt) => !receipt.ok),
      ),
    })
  })
  return app
}

const nonceLength = 12
const tagLength = 16

/** The mutations; null where the file is of another device's key, cut short or changed. */
function openFile(file: UnsentFile, device: DeviceRow): readonly unknown[] | null {
  const box = Buffer.from(file.box, 'base64')
  if (box.length < nonceLength + tagLength) return null
  const secret = Buffer.from(device.key, 'base64')
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), unsentFileInfo, 32))
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceLength))
    cipher.setAAD(Buffer.from(unsentFileContext(device.id)))
    cipher.setAuthTag(box.subarray(-tagLength))
    const text = Buffer.concat([
      cipher.update(box.subarray(nonceLength, -tagLength)),
      cipher.final(),
    ])
    const content = v.safeParse(unsentContentSchema, JSON.parse(text.toString()))
    return content.success ? content.output.mutations : null
  } catch {
    return null
  }
}
