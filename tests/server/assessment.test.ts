/** The record of an impact assessment: the administrator's, seen by those who work with it, and there to stay. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayMs, openOffice, type Device, type Office } from './office.ts'

let office: Office
let admin: Device
beforeAll(async () => {
  office = await openOffice()
  admin = await office.enter('admin')
})
afterAll(() => office.close())

const assessment = (more: object = {}) => ({
  ...{ version: '2026-1', on: '2026-11-20', signedBy: '样例甲', fileName: '样例.pdf' },
  ...{ fileHash: 'a'.repeat(64), cases: ['sensitive', 'automated'], schemeVersion: 1 },
  ...more,
})
const put = async (device: Device, stream: string, fields: object, record = office.ids()) => {
  const { receipts } = await device.pushed([
    device.create(stream, 'assessment', record, { ...fields }),
  ])
  return receipts[0]
}

it('is put on record by an administrator for the whole subdistrict, and by nobody else', async () => {
  const { subdistrict, community } = office.places
  expect(await put(admin, subdistrict, assessment())).toMatchObject({ ok: true })
  const refused = async (login: string, stream: string) =>
    (await put(await office.enter(login), stream, assessment())) ?? null
  expect(await refused('staff', community)).toMatchObject({ problem: 'kind-not-yours' })
  expect(await refused('worker', office.places.grid)).toMatchObject({ problem: 'kind-not-yours' })
  expect(await put(admin, community, assessment())).toMatchObject({ problem: 'stream-not-yours' })
})

it('names what is wrong with it', async () => {
  const { subdistrict } = office.places
  for (const [more, field, problem] of [
    [{ on: '2026-11-24' }, 'on', 'day-in-future'],
    [{ on: '2026-02-30' }, 'on', 'not-a-day'],
    [{ cases: [] }, 'cases', 'required'],
    [{ cases: ['weather'] }, 'cases', 'unknown-choice'],
    [{ schemeVersion: null }, 'schemeVersion', 'required'],
    [{ fileHash: 'A'.repeat(64) }, 'fileHash', 'wrong-shape'],
  ] as const) {
    const receipt = await put(admin, subdistrict, assessment(more))
    const fields = receipt && !receipt.ok ? receipt.fields : []
    expect(fields?.map((one) => [one.field, one.problem])).toEqual([[field, problem]])
  }
})

it('is never changed or removed, and no purge takes it', async () => {
  const id = office.ids()
  await put(admin, office.places.subdistrict, assessment({ version: '2026-2' }), id)
  const held = (await admin.pull()).records.get(id)
  if (!held) throw new Error('it did not come')
  const { receipts } = await admin.pushed([
    admin.patch(held, { fileName: '别的.pdf' }),
    admin.mutation({
      ...{ stream: held.stream, kind: 'assessment', record: id, op: 'remove', seen: held.version },
    }),
  ])
  expect(receipts.map((one) => !one.ok && one.problem)).toEqual(['append-only', 'append-only'])
  for (let month = 0; month < 40; month += 1) {
    office.clock.at += 6 * dayMs
    await office.server.runCalendar()
  }
  office.clock.at += 1_200 * dayMs
  await office.server.runCalendar()
  const later = (await (await office.enter('auditor')).pull()).records
  expect(later.get(id)?.fields).toMatchObject({ version: '2026-2', fileName: '样例.pdf' })
})

it('is no business of a unit’s device', async () => {
  const { records } = await (await office.enter('handler')).pull()
  expect([...records.values()].filter(({ kind }) => kind === 'assessment')).toEqual([])
})
