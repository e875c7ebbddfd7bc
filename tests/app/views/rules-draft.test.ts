/** Drafts of the catalogue and the calendar: what is missing, and the version that they would be. */
import { expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import type { Item } from '#domain/requests/catalogue.ts'
import {
  beginCalendar,
  calendarShown,
  catalogueShown,
  freshItem,
  isWholeItem,
} from '#app/views/rules-draft.ts'
import { uuid } from '../register/grid-of-samples.ts'

const lamp: Item = {
  ...{ id: uuid(40), group: '公共', groupEn: 'Common', name: '楼道灯', nameEn: 'Light' },
  level: 'ordinary',
}
const units = [{ id: uuid(63), name: '样例维修组' }]

it('counts the kinds that do not say all, and is the next version', () => {
  const fresh = freshItem(uuid(41), [lamp])
  expect(fresh).toMatchObject({ group: '公共', name: '', level: 'ordinary' })
  const draft = { name: ' 样例清单 ', items: [lamp, fresh] }
  const shown = catalogueShown(null, draft, units)
  expect([shown.errors, shown.wrong, shown.isNameless]).toEqual([1, [fresh], false])
  expect(shown.fields).toMatchObject({ name: '样例清单', catalogueVersion: 1, units })
  const newest = { ...shown.fields, catalogueVersion: 7 }
  expect(catalogueShown(newest, { name: '', items: [] }, units)).toMatchObject({
    ...{ errors: 1, isNameless: true, fields: { catalogueVersion: 8 } },
  })
})

it('takes a limit of whole days and no other', () => {
  const within = (count: number) => ({
    ...lamp,
    limits: { answer: { unit: 'working-days' as const, count } },
  })
  expect([1, 5, 1_000].map((count) => isWholeItem(within(count)))).toEqual([true, true, true])
  expect([0, 1.5, 1_001].map((count) => isWholeItem(within(count)))).toEqual([
    ...[false, false, false],
  ])
})

it('keeps the hours that stand where those that are typed cannot be read', () => {
  const begun = beginCalendar(defaultCalendar)
  const same = calendarShown(defaultCalendar, begun)
  expect(same.errors).toBe(0)
  expect(same.fields).toEqual({
    ...defaultCalendar,
    calendarVersion: defaultCalendar.calendarVersion + 1,
  })
  const odd = calendarShown(defaultCalendar, { ...begun, hours: '九点', knownUntil: '2027' })
  expect(odd.problems).toEqual({ name: false, hours: true, knownUntil: true })
  expect(odd.fields.hours).toEqual(defaultCalendar.hours)
})
