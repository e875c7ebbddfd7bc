/** Care of a resident on its way to the office: off until the office says so, and a fact that a scheme may use. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayAt } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { recolourStale } from '#server/colours/recolour.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { settle } from './sample.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const seen = Number.MAX_SAFE_INTEGER

it('is refused where it is off, kept where it is on, merged by arrangement, and lapses by the calendar', async () => {
  const { grid, subdistrict } = office.places
  let worker = await office.enter('worker')
  const staff = await office.enter('staff')
  const admin = await office.enter('admin')
  const { household, resident } = await settle(staff, worker, grid, office.ids)
  const today = dayAt(office.clock.now())
  const patch = (device: Device, cares: object) =>
    device.pushed([
      device.mutation({
        ...{ stream: grid, kind: 'resident', record: resident, op: 'patch', seen },
        fields: { cares },
      }),
    ])
  const care = (look: string, more: object = {}) => ({
    ...{ id: office.ids(), need: 'meals', who: '样例助餐点', from: today, look, ...more },
  })
  const inTwoDays = dayAt(office.clock.now() + 2 * dayMs)
  const first = care(inTwoDays)
  expect((await patch(worker, { add: [first] })).receipts).toMatchObject([
    { ok: false, problem: 'invalid-fields', fields: [{ field: 'cares', problem: 'field-off' }] },
  ])
  const rule = {
    ...{ key: 'care', subject: 'resident', level: 'red' },
    when: { fact: 'careLapsed', op: 'is', value: true },
    ...{ words: '照护到期', wordsEn: 'care has lapsed' },
  }
  const scheme = { ...defaultScheme, schemeVersion: 2, rules: [...defaultScheme.rules, rule] }
  const on = { ...samplePolicy, policyVersion: 2, off: [], knows: 1 }
  const { receipts } = await admin.pushed([
    admin.create(subdistrict, 'policy', office.ids(), on),
    admin.create(subdistrict, 'scheme', office.ids(), scheme),
  ])
  expect(receipts).toMatchObject([{ ok: true }, { ok: true }])
  const clock = () => ({ now: office.clock.now(), ids: office.ids })
  await recolourStale(office.db, clock(), () => undefined)
  // Two people arrange something at the same time: both stay.
  expect((await patch(worker, { add: [first] })).receipts).toMatchObject([{ ok: true }])
  expect(
    (await patch(staff, { add: [care(inTwoDays, { need: 'clinic' })] })).receipts,
  ).toMatchObject([{ ok: true }])
  const wrong = { ...first, need: 'a-robot' }
  expect((await patch(worker, { add: [wrong] })).receipts).toMatchObject([
    { ok: false, problem: 'invalid-fields' },
  ])
  const row = async () => {
    const found = await office.db
      .selectFrom('record')
      .select('fields')
      .where('stream', '=', grid)
      .where('id', '=', resident)
      .executeTakeFirstOrThrow()
    return found.fields as { cares?: readonly unknown[] }
  }
  expect((await row()).cares).toHaveLength(2)
  const dueDay = async () => {
    const found = await office.db
      .selectFrom('subject')
      .select('due')
      .where('stream', '=', grid)
      .where('id', '=', household)
      .executeTakeFirstOrThrow()
    return found.due
  }
  const colour = async () => {
    const found = await office.db
      .selectFrom('subject')
      .select('colour')
      .where('stream', '=', grid)
      .where('id', '=', resident)
      .executeTakeFirstOrThrow()
    return found.colour
  }
  expect(await colour()).not.toBe('red')
  // Its day is a due visit: the office counts it as the device does.
  expect(await dueDay()).toBe(inTwoDays)
  office.clock.at += 3 * dayMs
  await colourByCalendar(office.db, clock())
  expect(await colour()).toBe('red')
  // Looked at, each of them: it lapses no more.
  worker = await office.enter('worker')
  const cares = (await row()).cares as readonly { id: string }[]
  const later = cares.map((one) => ({ ...one, look: dayAt(office.clock.now() + 30 * dayMs) }))
  expect((await patch(worker, { add: later })).receipts).toMatchObject([{ ok: true }])
  expect(await colour()).not.toBe('red')
})
