/** The filing number for whoever opens the page: the newest policy's, and nothing else of it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { openOffice, type Device, type Office } from './office.ts'

let office: Office
let admin: Device

beforeAll(async () => {
  office = await openOffice()
  admin = await office.enter('admin')
})
afterAll(() => office.close())

const asked = async () => {
  const response = await office.fetch('/api/filing')
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return (await response.json()) as unknown
}
const save = async (policyVersion: number, filingNumber: string | null) => {
  const fields = { ...defaultPolicy, policyVersion, filingNumber }
  const made = admin.create(office.places.subdistrict, 'policy', office.ids(), fields)
  expect((await admin.pushed([made])).receipts).toMatchObject([{ ok: true }])
}

it('is none where the office has saved none', async () => {
  expect(await asked()).toEqual({ ok: true, filingNumber: null })
})

it('is that of the newest version, for anybody', async () => {
  await save(2, '样例备案 1 号')
  expect(await asked()).toEqual({ ok: true, filingNumber: '样例备案 1 号' })
  await save(3, '样例备案 2 号')
  expect(await asked()).toEqual({ ok: true, filingNumber: '样例备案 2 号' })
  await save(4, null)
  expect(await asked()).toEqual({ ok: true, filingNumber: null })
})
