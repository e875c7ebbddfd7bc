/** What an app of before version 0.3.0 reads of accounts that have a role which it does not know. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { protocolHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { openOffice, type Device, type Office } from '../office.ts'

let office: Office
let admin: Device
beforeAll(async () => {
  office = await openOffice()
  admin = await office.enter('admin')
  // Its sign-in stands in the log.
  await office.signIn('gate')
})
afterAll(() => office.close())

it.each(['/api/places', '/api/devices', '/api/audit'])(
  '%s names a gate as a role that it knows',
  async (path) => {
    const ask = async (protocol: number | null) => {
      const headers: Record<string, string> = {
        ...(admin.headers as Record<string, string>),
        ...(protocol === null ? {} : { [protocolHeader]: String(protocol) }),
      }
      const isAudit = path === '/api/audit'
      const response = await office.fetch(path, {
        headers: { ...headers, ...(isAudit ? { 'content-type': 'application/json' } : {}) },
        ...(isAudit ? { method: 'POST', body: JSON.stringify({ protocol: protocolVersion }) } : {}),
      })
      expect(response.status).toBe(200)
      return response.text()
    }
    const [before, earlier, now] = [await ask(null), await ask(3), await ask(protocolVersion)]
    expect(now).toContain('"role":"gate"')
    expect(before).not.toContain('"role":"gate"')
    expect(earlier).not.toContain('"role":"gate"')
    const changed = now.split('"role":"gate"').join('"role":"handler"')
    // The log has a line more for each look at it.
    if (path === '/api/audit') expect(before).toContain('"role":"handler"')
    else expect(JSON.parse(before)).toEqual(JSON.parse(changed))
  },
)
