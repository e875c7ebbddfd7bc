/**
 * Before a catalogue or a calendar is saved, the office counts what it would change; nothing is written.
 * Holds `src/server/db/rules-preview.ts`.
 */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import type { RulesPreview } from '#protocol/rules-preview.ts'
import { protocolVersion } from '#protocol/version.ts'
import { dayMs, problemOf } from './office.ts'
import { openDesk, type Desk } from './request-desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.office.close())

const lamp = '0190f5c6-0000-7000-8000-00000000c0c1'
const catalogue = (catalogueVersion: number, more: object = {}) => ({
  ...{ name: '样例清单', catalogueVersion },
  items: [
    {
      ...{ id: lamp, group: '公共', groupEn: 'Common', name: '楼道灯', nameEn: 'Light' },
      ...{ level: 'ordinary', unit: desk.unit },
      ...more,
    },
  ],
})
const ask = (body: object, device = desk.admin, place = desk.office.places.subdistrict) =>
  desk.office.post(
    '/api/requests/preview',
    { protocol: protocolVersion, place, ...body },
    device.pass,
  )
const preview = async (body: object) => {
  const response = await ask(body)
  expect(response.status).toBe(200)
  return (await response.json()) as RulesPreview
}

it('counts of last month’s requests those that would go elsewhere or fall due otherwise', async () => {
  const { admin, office, worker, goodOf } = desk
  await goodOf(admin, [
    admin.create(office.places.subdistrict, 'catalogue', office.ids(), catalogue(1)),
  ])
  const old = desk.taken('样例旧', { item: lamp, number: 'JJQ-261001-07-01' })
  await goodOf(worker, old.mutations)
  // What came before the last month does not count.
  await office.db
    .updateTable('request_state')
    .set({ submitted_at: new Date(office.clock.now() - 31 * dayMs).toISOString() })
    .execute()
  await goodOf(worker, desk.taken('样例灯', { item: lamp }).mutations)
  await goodOf(worker, desk.taken('样例别的', { number: 'JJQ-261123-07-02' }).mutations)

  const same = await preview({ catalogue: catalogue(2) })
  expect(same).toMatchObject({ days: 30, total: 2, elsewhere: 0, sooner: 0, later: 0, byItem: [] })
  const limits = { answer: { unit: 'working-days', count: 2 } }
  const other = await preview({ catalogue: catalogue(2, { unit: desk.otherUnit, limits }) })
  expect(other).toMatchObject({ total: 2, elsewhere: 1, sooner: 1, later: 0 })
  expect(other.byItem).toEqual([
    { item: lamp, name: '楼道灯', total: 1, elsewhere: 1, sooner: 1, later: 0 },
  ])
  const calendar = {
    ...defaultCalendar,
    ...{ calendarVersion: 2, off: [...defaultCalendar.off, '2026-11-24'] },
  }
  expect(await preview({ calendar })).toMatchObject({ elsewhere: 0, later: 2 })
  // Nothing of it was saved.
  const kept = await office.db
    .selectFrom('record')
    .select('id')
    .where('kind', '=', 'catalogue')
    .execute()
  expect(kept).toHaveLength(1)
})

it('is for whoever saves them, of their own place, and of what is one', async () => {
  expect((await ask({}, desk.staff)).status).toBe(403)
  expect(await problemOf(await ask({}, desk.admin, desk.office.ids()))).toBe('stream-not-yours')
  expect(await problemOf(await ask({ catalogue: { name: '样例' } }))).toBe('malformed')
  expect(await problemOf(await ask({ calendar: { ...defaultCalendar, hours: [] } }))).toBe(
    'malformed',
  )
})
