/** What a request may be the same as, for what it waits, who can have it, and a unit's errand of it. */
import { describe, expect, it } from 'vitest'
import { createRequestRules } from '#domain/requests/rules.ts'
import { createRegister } from '#app/register/create-register.ts'
import { errandShown } from '#app/views/errand-page.ts'
import { kindNames } from '#app/views/kind-name.ts'
import { officeHere, unitName, unitsHere } from '#app/views/request-rules.ts'
import { mergeTargets, similarTo } from '#app/views/request-similar.ts'
import { isRequestWait, pressesAt, waitsFor } from '#app/views/request-waits.ts'
import { viewRequest, type Viewer } from '#app/views/requests.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  uuid,
} from '../register/grid-of-samples.ts'

const viewer: Viewer = { role: 'staff', account: uuid(8), now: Date.parse('2026-11-23T05:00:00Z') }
const at = (hour: string, day = '23') => `2026-11-${day}T${hour}:00:00.000Z`
const step = (id: number, of: number, name: string, more: object = {}) =>
  record('request-step', id, {
    ...{ request: uuid(of), step: name, at: at('01'), received: at('01'), actor: 'staff' },
    ...{ moved: true },
    ...more,
  })
const request = (id: number, more: object = {}, first: object = {}) => [
  record('request', id, {
    ...{
      number: `JJQ-261123-07-${String(id)}`,
      words: '样例灯不亮',
      level: 'ordinary',
      source: 'door',
    },
    ...{ at: at('00'), site: uuid(100), siteKind: 'building', item: uuid(40), itemName: '样例灯' },
    ...more,
  }),
  step(id + 200, id, 'submit', { to: 'submitted', at: at('00'), actor: 'worker', ...first }),
]
const catalogue = record('catalogue', 50, {
  ...{ name: '样例清单', catalogueVersion: 1 },
  units: [
    { id: uuid(30), name: '样例维修组' },
    { id: uuid(31), name: '从前的单位' },
  ],
  items: [
    {
      ...{ id: uuid(40), group: '样例', groupEn: 'Sample', name: '样例灯', nameEn: 'Light' },
      level: 'ordinary',
    },
  ],
})
const places = [
  record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
  record('place', 61, { placeKind: 'community', name: '样例社区', parent: uuid(60) }),
  record('place', 1, { placeKind: 'grid', name: '一', parent: uuid(61) }, { id: gridA }),
  record('place', 31, { placeKind: 'unit', name: '从前的单位', parent: uuid(61), closed: true }),
  record('place', 32, { placeKind: 'unit', name: '社区办公室', parent: uuid(61) }),
  record('place', 33, { placeKind: 'unit', name: '街道办公室', parent: uuid(60) }),
]

function stage(...records: readonly (readonly ReturnType<typeof record>[])[]) {
  const register = createRegister()
  const houses = [building(100, '3幢', 1), building(101, '8幢', 2), dwelling(110, 100, '1', '101')]
  const doors = [household(120, 110)]
  register.applyPages([page(gridA, [...places, ...houses, ...doors, catalogue, ...records.flat()])])
  const view = (id: number) => viewRequest(register, register.get('request', uuid(id))!, viewer)
  return { register, view }
}
const idsOf = (views: ReturnType<typeof similarTo>) => views.map(({ request: one }) => one.id)

describe('requests that may be one matter', () => {
  it('are of the same kind in the same building, by whichever door somebody named it', () => {
    const { register, view } = stage(
      request(10),
      request(11, { site: uuid(110), siteKind: 'dwelling', at: at('02') }),
      request(12, { site: uuid(120), siteKind: 'household', at: at('03') }),
      request(13, { site: uuid(101) }),
      request(14, { item: uuid(41) }),
      request(15, { site: null, siteKind: null }),
    )
    expect(idsOf(similarTo(register, view(10), viewer))).toEqual([uuid(12), uuid(11)])
  })

  it('are close by where neither has a door, and nothing is like a request without a kind', () => {
    const spot = { site: null, siteKind: null, latitude: 30.0487, longitude: 119.9556 }
    const { register, view } = stage(
      request(10, spot),
      request(11, { ...spot, latitude: 30.04871 }),
      request(12, { ...spot, latitude: 30.0587 }),
      request(13, { item: null, itemName: null }),
    )
    expect(idsOf(similarTo(register, view(10), viewer))).toEqual([uuid(11)])
    expect(similarTo(register, view(13), viewer)).toEqual([])
  })

  it('stand first among those into which it may go; what is over and itself are none', () => {
    const over = { to: 'invalid', from: 'submitted', at: at('02') }
    const { register, view } = stage(
      request(10),
      ...[request(11, { item: uuid(41), itemName: '样例门' }), request(12)],
      ...[request(13), [step(300, 13, 'invalidate', over)]],
    )
    expect(mergeTargets(register, view(10), viewer)).toEqual([
      { id: uuid(12), label: 'JJQ-261123-07-12 样例灯' },
      { id: uuid(11), label: 'JJQ-261123-07-11 样例门' },
    ])
  })
})

describe('a request waits', () => {
  const course = (more: object) => ({ course: { state: 'handling', asks: {}, ...more } }) as never

  it('for one office or more, and for none once it is over', () => {
    expect(waitsFor(course({ state: 'submitted' }), 'submitted')).toBe(true)
    expect(waitsFor(course({ state: 'submitted' }), 'accepted')).toBe(false)
    const both = course({ supervision: 1, asks: { extension: {} } })
    expect([waitsFor(both, 'asks'), waitsFor(both, 'supervised')]).toEqual([true, true])
    expect(waitsFor(course({ state: 'withdrawn', supervision: 1 }), 'supervised')).toBe(false)
    expect(['accepted', 'toString', null, undefined].map(isRequestWait)).toEqual([
      ...[true, false, false, false],
    ])
  })

  it('until the moment that presses: to be taken on before the whole is due, then the promise', () => {
    const rules = createRequestRules(null, null)
    const { view } = stage(request(10))
    const taken = pressesAt(view(10), 'submitted', rules)
    const whole = pressesAt(view(10), 'handled', rules)
    expect(whole).toBe(view(10).promise?.at)
    expect(taken).toBeGreaterThan(Date.parse(at('00')))
    expect(taken).toBeLessThan(whole!)
    expect(pressesAt(view(10), 'verifying', rules)).toBeNull()
  })
})

describe('who can have a request', () => {
  it('are the units of the catalogue and of the places, and no closed one', () => {
    const { register } = stage()
    expect(
      unitsHere(register)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['样例维修组', '社区办公室', '街道办公室'].sort())
    expect(unitName(register, uuid(31))).toBeUndefined()
    expect(unitName(register, uuid(32))).toBe('社区办公室')
  })

  it('is, for what no worker may hold, the community’s office, and the subdistrict’s where it is about staff', () => {
    const { register } = stage()
    expect(officeHere(register, true)).toBe(uuid(33))
    expect([uuid(32), uuid(33)]).toContain(officeHere(register, false))
    expect(officeHere(createRegister(), false)).toBeNull()
  })
})

it('a kind is called in English by the catalogue, and as it was taken where that does not know it', () => {
  const { register } = stage()
  const [english, chinese] = [kindNames(register, 'en'), kindNames(register, 'zh-CN')]
  expect(english(uuid(40), '样例灯')).toBe('Light')
  expect(english(null, '样例灯')).toBe('Light')
  expect(english(uuid(49), '从前的')).toBe('从前的')
  expect(chinese(uuid(40), '样例灯')).toBe('样例灯')
  expect(english(null, null)).toBeNull()
})

it('an errand shows by when it is due and which of its steps the office did not take', () => {
  const { register } = stage([
    record('errand', 70, {
      ...{ request: uuid(10), stream: gridA, unit: uuid(32), number: 'JJQ-1', round: 1 },
      ...{ isLead: true, state: 'assigned', level: 'ordinary', due: at('02') },
    }),
    record('errand', 71, { request: uuid(10), unit: uuid(32), number: 'JJQ-2', state: 'assigned' }),
    record('errand-step', 72, {
      ...{ errand: uuid(70), step: 'answer', at: at('01'), moved: false, why: 'changed-meanwhile' },
    }),
  ])
  const shown = errandShown(register, uuid(70), viewer.now)
  expect(shown?.due).toEqual({ at: at('02'), isAbout: false, isLate: true })
  expect(shown?.steps.map(({ step: name, why }) => [name, why])).toEqual([
    ['answer', 'changed-meanwhile'],
  ])
  expect(errandShown(register, uuid(71), viewer.now)?.due).toBeNull()
  expect(errandShown(register, uuid(79), viewer.now)).toBeNull()
})
