/** A request as its page shows it: worked out of the register, without a word of the screen. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { requestShown, similarShown } from '#app/views/request-page.ts'
import { viewRequest, type Viewer } from '#app/views/requests.ts'
import { building, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const viewer: Viewer = { role: 'staff', account: uuid(8), now: Date.parse('2026-11-23T05:00:00Z') }
const at = (hour: string, day = '23') => `2026-11-${day}T${hour}:00:00.000Z`
const step = (id: number, name: string, more: object = {}) =>
  record('request-step', id, {
    ...{ request: uuid(10), step: name, at: at('01'), received: at('01'), actor: 'staff' },
    ...{ moved: true },
    ...more,
  })
const request = (id: number, more: object = {}) =>
  record('request', id, {
    ...{ number: `JJQ-261123-07-${id}`, words: '样例灯不亮', level: 'ordinary', source: 'door' },
    ...{ at: at('00'), site: uuid(100), siteKind: 'building', item: uuid(40), itemName: '样例灯' },
    ...more,
  })
const catalogue = record('catalogue', 50, {
  ...{ name: '样例清单', catalogueVersion: 1 },
  units: [{ id: uuid(30), name: '样例维修组' }],
  items: [
    {
      ...{ id: uuid(40), group: '样例', groupEn: 'Sample', name: '样例灯', nameEn: 'Light' },
      level: 'ordinary',
    },
  ],
})

function show(records: readonly ReturnType<typeof record>[]) {
  const register = createRegister()
  register.applyPages([page(gridA, [building(100, '3幢', 1), catalogue, ...records])])
  const view = viewRequest(register, register.get('request', uuid(10))!, viewer)
  return { register, view, shown: requestShown(register, view, viewer) }
}

const submitted = step(11, 'submit', { to: 'submitted', actor: 'worker' })
const accepted = step(12, 'accept', { from: 'submitted', to: 'accepted', at: at('02') })

it('says how it stands, with whom, by when, and which days counted', () => {
  const sent = step(13, 'dispatch', { from: 'accepted', to: 'assigned', unit: uuid(30) })
  const { shown } = show([request(10), submitted, accepted, sent])
  expect(shown).toMatchObject({ state: 'assigned', unit: '样例维修组', round: 1, waits: null })
  // Five working days after a Monday, by the end of the fifth.
  expect(shown.due).toEqual({
    ...{ at: '2026-11-30T09:30:00.000Z', isAbout: false, isLate: false },
    days: ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'],
  })
  expect(shown.site).toMatchObject({ words: null, href: `/building/${uuid(100)}` })
  expect(shown.site.door).toContain('3幢')
})

it('promises nothing of what is over', () => {
  const closed = step(12, 'settle', { from: 'submitted', to: 'closed' })
  expect(show([request(10), submitted, closed]).shown).toMatchObject({ state: 'closed', due: null })
})

it('tells a step that came on a later day than it was done, and one that moved nothing', () => {
  const late = step(13, 'note', { at: at('03'), received: at('03', '25') })
  const vain = step(14, 'settle', { moved: false, why: 'state-changed', words: '样例拧好了' })
  const { shown } = show([request(10), submitted, accepted, late, vain])
  expect(shown.steps.map(({ step: name, arrived }) => [name, arrived])).toEqual([
    ['submit', null],
    ['accept', null],
    ['note', at('03', '25')],
    ['settle', null],
  ])
  expect(shown.steps[3]).toMatchObject({ why: 'state-changed', words: '样例拧好了' })
})

it('has the number of whoever handed it in and of whoever has it now, each once', () => {
  const handed = step(11, 'submit', { to: 'submitted', outsideNumber: '样例-0001' })
  const outside = (number: string) =>
    step(13, 'hand-outside', { from: 'accepted', to: 'outside', outsideNumber: number })
  const numbers = (...steps: readonly ReturnType<typeof record>[]) =>
    show([request(10), ...steps]).shown.outsideNumbers
  expect(numbers(submitted)).toEqual([])
  expect(numbers(handed, accepted, outside('样例-0002'))).toEqual(['样例-0001', '样例-0002'])
  expect(numbers(handed, accepted, outside('样例-0001'))).toEqual(['样例-0001'])
})

it('sums who held it in working time', () => {
  // Taken at 08:00 in China, accepted at 10:00, looked at at 13:00: the noon is nobody's.
  const { shown } = show([
    request(10),
    step(11, 'submit', { to: 'submitted', at: at('00'), received: at('00') }),
    step(12, 'accept', { from: 'submitted', to: 'accepted', at: at('02'), received: at('02') }),
  ])
  expect(shown.held).toEqual([{ holder: 'office', unit: null, minutes: 210 }])
})

it('names what may be the same matter, the first three of them', () => {
  const others = [20, 21, 22, 23].map((id) => request(id))
  const theirs = [20, 21, 22, 23].map((id) =>
    step(id + 10, 'submit', { request: uuid(id), to: 'submitted' }),
  )
  const { register, view } = show([request(10), submitted, ...others, ...theirs])
  const { count, first } = similarShown(register, view, viewer)
  expect(count).toBe(4)
  expect(first).toHaveLength(3)
})
