/** What a new catalogue or calendar would change for requests that came. */
import { describe, expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import type { Catalogue, Item } from '#domain/requests/catalogue.ts'
import { changeOf } from '#domain/requests/rules-preview.ts'
import { createRequestRules } from '#domain/requests/rules.ts'
import { at, unitA, unitB } from './story.ts'

const lamp: Item = {
  ...{ id: '0190f5c6-0000-7000-8000-00000000c0c0', group: '样例', groupEn: 'Sample' },
  ...{ name: '楼道灯', nameEn: 'Stairwell light', level: 'ordinary', unit: unitA },
}
const catalogue = (more: Partial<Item> = {}): Catalogue => ({
  ...{ name: '样例清单', catalogueVersion: 1, items: [{ ...lamp, ...more }] },
})
const before = createRequestRules(catalogue(), null)
const begun = { item: lamp.id, level: 'ordinary' as const, at: Date.parse(at('11-25 10:00')) }
const changed = (more: Partial<Item>) =>
  changeOf(begun, before, createRequestRules(catalogue(more), null))

describe('a draft', () => {
  it('of the same rules changes nothing', () => {
    expect(changed({ name: '灯' })).toEqual({ goesElsewhere: false, due: 'same' })
  })

  it('sends elsewhere what another unit leads, helps with, gets by itself, or an office keeps', () => {
    for (const more of [
      { unit: unitB },
      { unit: null },
      { coUnits: [unitB] },
      { isDispatchedAtOnce: true },
      { isStaffOnly: true },
      { isAboutStaff: true },
    ]) {
      expect(changed(more), JSON.stringify(more)).toMatchObject({ goesElsewhere: true })
    }
    // What an office keeps is never sent on, whatever else is said of it.
    const kept = createRequestRules(catalogue({ isStaffOnly: true }), null)
    const sent = createRequestRules(
      catalogue({ isStaffOnly: true, isDispatchedAtOnce: true }),
      null,
    )
    expect(changeOf(begun, kept, sent)).toMatchObject({ goesElsewhere: false })
  })

  it('makes sooner or later what has another limit, at its own level alone', () => {
    const limit = (count: number) => ({
      limits: { answer: { unit: 'working-days' as const, count } },
    })
    expect(changed(limit(3)).due).toBe('sooner')
    expect(changed(limit(8)).due).toBe('later')
    expect(changed(limit(5)).due).toBe('same')
    const urgent = { ...begun, level: 'urgent' as const }
    expect(changeOf(urgent, before, createRequestRules(catalogue(limit(8)), null)).due).toBe('same')
  })

  it('of a calendar moves what counts a day that is off now', () => {
    const off = { ...defaultCalendar, off: [...defaultCalendar.off, '2026-11-27'] }
    expect(changeOf(begun, before, createRequestRules(catalogue(), off)).due).toBe('later')
    const worked = { ...defaultCalendar, worked: [...defaultCalendar.worked, '2026-11-28'] }
    expect(changeOf(begun, before, createRequestRules(catalogue(), worked)).due).toBe('sooner')
  })
})
