/** Declared doors in the plan of the day: a part of its work, whatever becomes of them. */
import { describe, expect, it } from 'vitest'
import type { WireRecord } from '#protocol/pull.ts'
import { createRegister } from '#app/register/create-register.ts'
import { declaredDoors } from '#app/register/declared-doors.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  uuid,
  visit,
} from './grid-of-samples.ts'

const disabled = { tags: [{ tag: 'disabled', grade: 1, source: 'seen', from: '2026-01-01' }] }
const aged = { birth: '1940-01-01' }
const houses = [building(102, '3幢', 2), building(101, '12幢', 2)]

describe('doors of which somebody came or left', () => {
  /** A Monday: thirty households have ten working days. */
  const monday = '2026-11-02'
  const many = Array.from({ length: 30 }, (_, at) => [
    dwelling(1_000 + at, 102, '1', String(100 + at)),
    household(2_000 + at, 1_000 + at),
    resident(3_000 + at, 2_000 + at, '己', disabled),
  ]).flat()
  const empty = [1, 2, 3].map((at) => dwelling(1_100 + at, 101, '2', String(100 + at)))
  const claim = (id: number, of: number, on: string) =>
    record(
      'arrival',
      id,
      { dwelling: uuid(of), speaker: 'self', name: '样例', count: 1, from: on },
      { at: `${on}T01:00:00.000Z` },
    )
  const answer = (id: number, of: number) =>
    record('declaration-answer', id, {
      ...{ declaration: uuid(of), outcome: 'confirmed', on: monday },
    })
  const planned = (...more: WireRecord[]) => {
    const register = createRegister()
    register.readHelpBy(() => [], declaredDoors)
    register.applyPages([page(gridA, [...houses, ...many, ...empty, ...more])])
    const today = register.today(monday)
    const stops = today.groups.reduce((sum, group) => sum + group.stops.length, 0)
    return { stops, declared: today.declared, total: today.total }
  }
  // Said on Wednesday, so due on the third working day after it: today.
  const claims = [1, 2, 3].map((at) => claim(5_000 + at, 1_100 + at, '2026-10-28'))

  it('are a part of the day’s work, and no stops', () => {
    expect(planned()).toEqual({ stops: 3, declared: 0, total: 3 })
    expect(planned(...claims)).toEqual({ stops: 1, declared: 3, total: 1 })
  })

  it('count as done today where they were answered today, and not at all afterwards', () => {
    const answers = [1, 2, 3].map((at) => answer(6_000 + at, 5_000 + at))
    expect(planned(...claims, ...answers)).toEqual({ stops: 1, declared: 0, total: 1 })
    const before = answers.map((one) => ({ ...one, fields: { ...one.fields, on: '2026-10-30' } }))
    expect(planned(...claims, ...before)).toEqual({ stops: 3, declared: 0, total: 3 })
  })

  it('are one way each, however many said it, and none where the household is due anyway', () => {
    const twice = claim(5_010, 1_101, '2026-10-28')
    expect(planned(...claims, twice)).toMatchObject({ declared: 3 })
    // Met seven days ago, and red: due today, as what was said of the door is on Wednesday.
    const red = [
      dwelling(1_200, 101, '2', '601'),
      household(2_200, 1_200),
      resident(3_200, 2_200, '庚', aged),
      visit(4_200, 2_200, '2026-10-26T03:00:00.000Z'),
    ]
    const stops = planned(...red).stops
    expect(planned(...red, claim(5_020, 1_200, '2026-10-30'))).toMatchObject({ stops, declared: 0 })
    // One that is due before the household is.
    expect(planned(claim(5_020, 1_000, '2026-10-28'))).toMatchObject({ declared: 1 })
  })
})
