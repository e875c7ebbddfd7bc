/** Views and exports as a push brings them: shared where they should be, logged where nobody can take it back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fields } from '#domain/record.ts'
import type { Device, Office } from './office.ts'
import { openDesk } from './acts/desk.ts'

const view: Fields<'view'> = {
  name: '样例高龄',
  sheet: 'residents',
  columns: ['name', 'colour'],
  filter: { ageFrom: 80 },
}
const exported: Fields<'export'> = {
  sheet: 'residents',
  columns: ['name', 'colour'],
  filter: '80岁及以上',
  count: 12,
  masked: false,
  purpose: 'report',
  at: '2026-11-23T06:00:00.000Z',
}

let office: Office
let staff: Device
let admin: Device
let worker: Device

beforeAll(async () => {
  office = (await openDesk()).office
  staff = await office.enter('staff')
  admin = await office.enter('admin')
  worker = await office.enter('worker')
})
afterAll(() => office.close())

const answerTo = async (device: Device, mutation: ReturnType<Device['mutation']>) =>
  (await device.pushed([mutation])).receipts[0]

describe('a view', () => {
  it('of the community is with its staff and above, and a colleague may change it', async () => {
    const id = office.ids()
    const { community } = office.places
    expect(await answerTo(staff, staff.create(community, 'view', id, view))).toMatchObject({
      ok: true,
    })
    const pulled = (await admin.pull()).records.get(id)
    expect(pulled).toMatchObject({ stream: community, fields: view })
    if (!pulled) throw new Error('not pulled')
    const patch = admin.patch(pulled, { filter: { ageFrom: 70 }, closed: true })
    expect(await answerTo(admin, patch)).toMatchObject({ ok: true })
    expect((await staff.pull()).records.get(id)?.fields).toEqual({
      ...view,
      filter: { ageFrom: 70 },
      closed: true,
    })
  })

  it('is not a worker’s to make, nor anybody’s outside of their places', async () => {
    const made = (device: Device, place: string) =>
      answerTo(device, device.create(place, 'view', office.ids(), view))
    const { grid, otherCommunity, subdistrict } = office.places
    expect(await made(worker, grid)).toMatchObject({ ok: false, problem: 'kind-not-yours' })
    expect(await made(staff, otherCommunity)).toMatchObject({ problem: 'stream-not-yours' })
    expect(await made(staff, subdistrict)).toMatchObject({ problem: 'stream-not-yours' })
    expect(await made(admin, subdistrict)).toMatchObject({ ok: true })
  })

  it('with a filter that nobody understands is refused by its field', async () => {
    const odd = { ...view, filter: { colours: ['pink'] } }
    const mutation = staff.create(office.places.community, 'view', office.ids(), odd)
    expect(await answerTo(staff, mutation)).toMatchObject({
      problem: 'invalid-fields',
      fields: [{ field: 'filter', problem: 'unknown-choice' }],
    })
  })

  it('stays with the office: neither auditor nor handler gets it', async () => {
    for (const login of ['auditor', 'handler']) {
      const device = await office.enter(login)
      const kinds = [...(await device.pull()).records.values()].map(({ kind }) => kind)
      expect(kinds).not.toContain('view')
    }
  })
})

describe('an export', () => {
  it('is kept with who and when, is on nobody’s device, and cannot be changed or taken back', async () => {
    const { community } = office.places
    const id = office.ids()
    expect(await answerTo(staff, staff.create(community, 'export', id, exported))).toMatchObject({
      ok: true,
    })
    const kept = await office.db
      .selectFrom('record')
      .select(['fields', 'by', 'kind'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(kept).toEqual({ kind: 'export', fields: exported, by: staff.account })
    for (const device of [staff, admin]) {
      expect((await device.pull()).records.has(id)).toBe(false)
    }
    const target = { stream: community, kind: 'export' as const, record: id }
    for (const op of ['patch', 'remove'] as const) {
      const mutation = staff.mutation({ ...target, op, fields: op === 'patch' ? { count: 1 } : {} })
      expect(await answerTo(staff, mutation)).toMatchObject({ problem: 'append-only' })
    }
  })

  it('of an administrator of a part is on record where the device finds the account', async () => {
    const { community, subdistrict } = office.places
    const given = { name: '样例管理员', role: 'admin', places: [community] }
    const account = office.ids()
    const made = { act: office.ids(), account, login: 'part', ...given }
    const answer = await office.post('/api/people/make', made, admin.pass)
    expect(answer.status).toBe(200)
    office.accounts['part'] = { id: account, role: 'admin' }
    const part = await office.enter('part')
    // The public part of the account stands in the place that it was given, and in none above.
    const pulled = (await part.pull()).records.get(account)
    expect(pulled?.stream).toBe(community)
    expect(
      await answerTo(part, part.create(community, 'export', office.ids(), exported)),
    ).toMatchObject({
      ok: true,
    })
    const above = part.create(subdistrict, 'export', office.ids(), exported)
    expect(await answerTo(part, above)).toMatchObject({ problem: 'stream-not-yours' })
  })

  it('without a purpose is refused, and so is a worker’s', async () => {
    const { community, grid } = office.places
    const { purpose: _, ...without } = exported
    expect(
      await answerTo(staff, staff.create(community, 'export', office.ids(), without)),
    ).toMatchObject({ fields: [{ field: 'purpose', problem: 'required' }] })
    expect(
      await answerTo(worker, worker.create(grid, 'export', office.ids(), exported)),
    ).toMatchObject({ problem: 'kind-not-yours' })
  })
})
