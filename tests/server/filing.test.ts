/**
 * The filing number for whoever opens the page: the newest policy's, and nothing else of it.
 * Holds `src/server/routes/filing.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOffice, type Device, type Office } from './office.ts'
import { sampleOffice, samplePolicy } from '#tests/support/sample-policy.ts'

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
  const fields = { ...samplePolicy, policyVersion, filingNumber }
  const made = admin.create(office.places.subdistrict, 'policy', office.ids(), fields)
  expect((await admin.pushed([made])).receipts).toMatchObject([{ ok: true }])
}

it('is none where the office has saved none', async () => {
  expect(await asked()).toEqual({ ok: true, filingNumber: null, owner: null, isDemo: false })
})

it('is that of the newest version, for anybody', async () => {
  await save(2, '样例备案 1 号')
  expect(await asked()).toMatchObject({ filingNumber: '样例备案 1 号', owner: sampleOffice.owner })
  await save(3, '样例备案 2 号')
  expect(await asked()).toMatchObject({ filingNumber: '样例备案 2 号', owner: sampleOffice.owner })
  await save(4, null)
  expect(await asked()).toMatchObject({ filingNumber: null, owner: sampleOffice.owner })
})
