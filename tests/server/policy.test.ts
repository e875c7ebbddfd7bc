/**
 * The office's policy as the server holds to it: saved by whom, fields that are not asked, a guardian under 14.
 * Holds `src/server/ledger/policy.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOffice, type Device, type Office } from './office.ts'
import { resident, settle, type Home } from './sample.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'

let office: Office
let staff: Device
let worker: Device
let admin: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  admin = await office.enter('admin')
  home = await settle(staff, worker, office.places.grid, office.ids, { workplace: '样例厂' })
})
afterAll(() => office.close())

const save = async (device: Device, more: object, stream = office.places.subdistrict) => {
  const fields = { ...samplePolicy, policyVersion: 2, ...more }
  const { receipts } = await device.pushed([device.create(stream, 'policy', office.ids(), fields)])
  return receipts[0]
}
const outcome = async (more: object) => {
  const made = worker.create(
    office.places.grid,
    'resident',
    office.ids(),
    resident(home.household, more),
  )
  const [receipt] = (await worker.pushed([made])).receipts
  return receipt && !receipt.ok ? (receipt.fields ?? receipt.problem) : 'applied'
}
const patch = async (fields: object) => {
  const { records } = await worker.pull()
  const held = records.get(home.resident)
  if (!held) throw new Error('nobody')
  const [receipt] = (await worker.pushed([worker.patch(held, fields as Record<string, unknown>)]))
    .receipts
  return receipt && !receipt.ok ? (receipt.fields ?? receipt.problem) : 'applied'
}

it('is saved by the administrator alone, whole, and never over somebody else’s', async () => {
  expect(await save(staff, {}, office.places.community)).toMatchObject({
    problem: 'kind-not-yours',
  })
  expect(await save(admin, {}, office.places.grid)).toMatchObject({ problem: 'stream-not-yours' })
  expect(await save(admin, { off: ['name'] })).toMatchObject({
    ok: false,
    problem: 'invalid-fields',
  })
  expect(await save(admin, { noticeText: '新的' })).toMatchObject({ problem: 'invalid-fields' })
  expect(await save(admin, { policyVersion: 3 })).toMatchObject({ problem: 'scheme-moved-on' })
  expect(await save(admin, { off: ['workplace'], guardianRequired: true })).toMatchObject({
    ok: true,
  })
  expect(await save(admin, {})).toMatchObject({ problem: 'scheme-moved-on' })
  const { records } = await worker.pull()
  expect([...records.values()].filter(({ kind }) => kind === 'policy')).toHaveLength(1)
})

it('what is not asked any more is taken from nobody, and what is there can stay or go', async () => {
  expect(await outcome({ workplace: '样例店' })).toEqual([
    { field: 'workplace', problem: 'field-off' },
  ])
  expect(await outcome({ workplace: null })).toBe('applied')
  expect(await patch({ workplace: '样例店' })).toEqual([
    { field: 'workplace', problem: 'field-off' },
  ])
  expect(await patch({ note: '样例' })).toBe('applied')
  expect(await patch({ workplace: null })).toBe('applied')
})

it('nobody under 14 is saved without a guardian where it says so', async () => {
  const missing = [{ field: 'guardianName', problem: 'guardian-needed' }]
  expect(await outcome({ birth: '2012-11-24' })).toEqual(missing)
  expect(await outcome({ birth: '2012-11-24', guardianName: '样例母' })).toBe('applied')
  // 14 on this very day.
  expect(await outcome({ birth: '2012-11-23' })).toBe('applied')
})

it('holds below the place where it was saved, and nowhere else', async () => {
  const other = await openOffice()
  const far = await other.enter('worker')
  const near = await settle(await other.enter('staff'), far, other.places.grid, other.ids)
  const made = far.create(
    other.places.grid,
    'resident',
    other.ids(),
    resident(near.household, { workplace: '样例店', birth: '2001-01-01' }),
  )
  expect((await far.pushed([made])).receipts).toMatchObject([{ ok: true }])
  await other.close()
})
