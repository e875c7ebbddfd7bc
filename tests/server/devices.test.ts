/**
 * Devices as the office sees them: which, what they say of themselves, and ending one.
 * Holds `src/server/routes/devices.ts`.
 */
import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deviceListSchema, type DeviceReport } from '#protocol/device.ts'
import { protocolVersion } from '#protocol/version.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const report: DeviceReport = {
  app: '0.1.0',
  waiting: 3,
  refused: 1,
  oldest: '2026-11-20T01:00:00.000Z',
  storage: { used: 1_000, quota: 2_000, persisted: true },
}

const ask = ({ headers }: Device) => office.fetch('/api/devices', { headers })
const list = async (device: Device) => {
  const answer = await ask(device)
  return v.parse(deviceListSchema, await answer.json()).devices
}
const pull = (device: Device, more: object) =>
  office.post(
    '/api/pull',
    { protocol: protocolVersion, device: device.id, cursors: {}, ...more },
    device.pass,
  )

it('shows an office the devices of its people with their last report, and nobody else’s', async () => {
  const worker = await office.enter('worker')
  const stranger = await office.enter('stranger')
  const staff = await office.enter('staff')
  const admin = await office.enter('admin')
  await pull(worker, { report })
  const seen = await list(staff)
  expect(seen.find(({ id }) => id === worker.id)).toMatchObject({
    account: { id: worker.account, name: 'worker', role: 'worker' },
    revoked: false,
    report,
    seenAt: new Date(office.clock.now()).toISOString(),
  })
  expect(seen.map(({ id }) => id)).not.toContain(stranger.id)
  expect((await list(admin)).map(({ id }) => id)).toEqual(
    expect.arrayContaining([worker.id, stranger.id, staff.id]),
  )
})

it('keeps the last report where an older app pulls without one', async () => {
  const worker = await office.enter('worker')
  await pull(worker, { report })
  await pull(worker, { protocol: 1 })
  const seen = await list(await office.enter('staff'))
  expect(seen.find(({ id }) => id === worker.id)?.report).toEqual(report)
})

it('refuses a report that is none', async () => {
  const worker = await office.enter('worker')
  for (const wrong of [{ ...report, waiting: -1 }, { ...report, oldest: 'gestern' }, 'fine']) {
    expect(await problemOf(await pull(worker, { report: wrong }))).toBe('malformed')
  }
})

it.each(['worker', 'handler', 'auditor'])('is nothing for a %s', async (login) => {
  const device = await office.enter(login)
  expect(await problemOf(await ask(device))).toBe('not-allowed')
  const revoke = await office.post('/api/devices/revoke', { device: device.id }, device.pass)
  expect(await problemOf(revoke)).toBe('not-allowed')
})

it('ends a device of the scope at once and for ever', async () => {
  const worker = await office.signIn('worker')
  const staff = await office.enter('staff')
  const revoke = (device: string) => office.post('/api/devices/revoke', { device }, staff.pass)
  expect((await revoke(worker.id)).status).toBe(200)
  expect(await problemOf(await worker.push([]))).toBe('device-revoked')
  await expect(office.signIn('worker', worker.id)).rejects.toThrow('device-revoked')
  expect((await list(staff)).find(({ id }) => id === worker.id)?.revoked).toBe(true)
  // Another device of the same person works on.
  const other = await office.enter('worker')
  expect((await other.push([])).status).toBe(200)
})

it('does not end a device out of scope, its own or none at all', async () => {
  const staff = await office.enter('staff')
  const stranger = await office.enter('stranger')
  const revoke = (device: string) => office.post('/api/devices/revoke', { device }, staff.pass)
  expect(await problemOf(await revoke(stranger.id))).toBe('not-found')
  expect(await problemOf(await revoke(office.ids()))).toBe('not-found')
  expect(await problemOf(await revoke(staff.id))).toBe('not-allowed')
  expect(await problemOf(await revoke('x'))).toBe('malformed')
  expect((await stranger.push([])).status).toBe(200)
})

it('of one’s own are seen and ended by everybody; the one in hand only signs out', async () => {
  const [phone, tablet] = [await office.enter('worker'), await office.enter('worker')]
  const stranger = await office.enter('stranger')
  const own = async (by: Device) => {
    const answer = await office.fetch('/api/devices/own', { headers: by.headers })
    return v.parse(deviceListSchema, await answer.json()).devices
  }
  const end = (by: Device, device: string) =>
    office.post('/api/devices/own/end', { device }, by.pass)
  const seen = await own(phone)
  expect(seen.filter(({ current }) => current).map(({ id }) => id)).toEqual([phone.id])
  expect(seen.map(({ id }) => id)).toContain(tablet.id)
  expect((await own(stranger)).map(({ id }) => id)).not.toContain(phone.id)

  expect(await problemOf(await end(stranger, phone.id))).toBe('not-found')
  expect((await end(phone, tablet.id)).status).toBe(200)
  expect(await problemOf(await office.fetch('/api/session', { headers: tablet.headers }))).toBe(
    'device-revoked',
  )
  expect((await own(phone)).find(({ id }) => id === tablet.id)?.revoked).toBe(true)

  expect((await end(phone, phone.id)).status).toBe(200)
  expect(await problemOf(await office.fetch('/api/session', { headers: phone.headers }))).toBe(
    'session-ended',
  )
  // Signed in again, it goes on where it was.
  expect((await office.signIn('worker', phone.id)).id).toBe(phone.id)
})
