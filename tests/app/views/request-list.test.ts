/** Lists of requests: what narrows them, what falls due today, and how one stands in its row. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { listedShown } from '#app/views/listed-request.ts'
import { noFilter } from '#app/views/request-filter.ts'
import { lineOf, listShown, todayRequests } from '#app/views/request-list.ts'
import { listRequests, type Viewer } from '#app/views/requests.ts'
import { building, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const viewer: Viewer = { role: 'worker', account: uuid(8), now: Date.parse('2026-11-30T05:00:00Z') }
const day = (date: string) => `2026-11-${date}T01:00:00.000Z`
const asked = (id: number, date: string, more: object = {}, first: object = {}) => [
  record('request', id, {
    ...{ number: `JJQ-1126-07-${id}`, words: `样例${id}`, level: 'ordinary', source: 'door' },
    ...{ at: day(date) },
    ...more,
  }),
  record('request-step', id + 100, {
    ...{ request: uuid(id), step: 'submit', at: day(date), received: day(date), actor: 'worker' },
    ...{ moved: true, to: 'submitted' },
    ...first,
  }),
]
const step = (id: number, request: number, name: string, more: object) =>
  record('request-step', id, {
    ...{ request: uuid(request), step: name, at: day('24'), received: day('24'), moved: true },
    ...more,
  })

function stage(...records: readonly (readonly ReturnType<typeof record>[])[]) {
  const register = createRegister()
  register.applyPages([page(gridA, [building(100, '3幢', 1), ...records.flat()])])
  return { register, lists: listRequests(register, viewer) }
}

it('is narrowed by kind, by what is late, and by a number that somebody else gave', () => {
  const { lists } = stage(
    asked(10, '30', { itemName: '样例灯', item: uuid(40) }),
    asked(11, '20', { itemName: '样例门', item: uuid(41) }, { outsideNumber: '样例-2026-77' }),
    asked(12, '29'),
  )
  const ids = (more: object) =>
    listShown(lists.open, { ...noFilter, ...more }).found.map(({ request }) => request.id)
  const { all, late, kinds } = listShown(lists.open, noFilter)
  expect([all.length, late, kinds]).toEqual([3, 1, ['样例灯', '样例门'].sort()])
  expect(ids({ kind: '样例灯' })).toEqual([uuid(10)])
  expect(ids({ isLate: true })).toEqual([uuid(11)])
  expect(ids({ text: '2026-77' })).toEqual([uuid(11)])
  expect(ids({ text: '没有' })).toEqual([])
})

it('has for today whom to call back, then what was promised for it or before', () => {
  const { register } = stage(
    asked(10, '23'),
    asked(11, '30'),
    asked(12, '20'),
    [step(220, 12, 'accept', { to: 'accepted', actor: 'staff' })],
    [step(221, 12, 'answer-self', { to: 'verifying', actor: 'staff', ending: 'explained' })],
  )
  const { callBacks, due, first } = todayRequests(register, viewer, '2026-11-30')
  expect([callBacks, due]).toEqual([1, 1])
  expect(first.map(({ request }) => request.id)).toEqual([uuid(12), uuid(10)])
  expect(todayRequests(register, viewer, '2026-11-24').due).toBe(0)
})

it('stands in its row with its door, its state and its day', () => {
  const { register, lists } = stage(
    asked(10, '30', { site: uuid(100), siteKind: 'building', where: '门口' }),
  )
  const [view] = lists.open
  const line = view && lineOf(register, view, viewer)
  expect(line).toMatchObject({ state: 'submitted', waits: null, words: '样例10' })
  expect(line?.site).toMatchObject({ words: '门口', href: `/building/${uuid(100)}` })
  expect(line?.due).toMatchObject({ isLate: false, isAbout: true })
})

it('as the office lists it is late only while somebody still owes an answer', () => {
  const { register } = stage(asked(10, '20'))
  const row = {
    ...{ request: uuid(10), stream: gridA, building: uuid(100), promise: day('27') },
    ...{ isPaused: false, state: 'assigned' },
  }
  const shown = (more: object) => listedShown(register, { ...row, ...more } as never, viewer.now)
  expect(shown({})).toMatchObject({ isHere: true, isLate: true })
  expect(shown({}).where.join()).toContain('3幢')
  expect(shown({ isPaused: true }).isLate).toBe(false)
  expect(shown({ state: 'verifying' }).isLate).toBe(false)
  expect(shown({ request: uuid(99) }).isHere).toBe(false)
})
