/** What waits on an office's desk: counted from the device's own records, the oldest promise first. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { filterRequests, noFilter } from '#app/views/request-filter.ts'
import { listRequests, type Viewer } from '#app/views/requests.ts'
import { allVisits } from '#app/views/all-visits.ts'
import { waitingHere } from '#app/views/desk-waiting.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { gridA, page, record, resident, uuid } from '../register/grid-of-samples.ts'

const at = (hour: string, day = '23') => `2026-11-${day}T${hour}:00:00.000Z`
const viewer = { role: 'staff', account: uuid(8), now: Date.parse(at('05')) } satisfies Viewer
const request = (id: number) =>
  record('request', id, {
    ...{ number: `JJQ-261123-07-${id}`, words: '样例灯不亮', level: 'ordinary', source: 'door' },
    at: at('00'),
  })
const step = (id: number, of: number, name: string, to: string, more: object = {}) =>
  record('request-step', id, {
    ...{ request: uuid(of), step: name, to, moved: true, actor: 'staff' },
    ...{ at: at('00'), received: at('01') },
    ...more,
  })

function desk(records: ReturnType<typeof record>[]) {
  const register = createRegister()
  register.applyPages([page(gridA, records)])
  const list = () => waitingHere(register, viewer, '2026-11-23', [])
  return { register, list }
}

it('is nothing in an empty office', () => {
  expect(desk([]).list()).toEqual([])
})

it('counts requests by whose turn it is, with the moment that presses, and what is late', () => {
  const { register, list } = desk([
    request(10),
    step(11, 10, 'submit', 'submitted'),
    request(20),
    step(21, 20, 'submit', 'submitted', { at: at('00', '16'), received: at('00', '16') }),
    request(30),
    step(31, 30, 'submit', 'submitted'),
    step(32, 30, 'accept', 'accepted', { from: 'submitted', level: 'ordinary' }),
  ])
  const told = list()
  expect(told.map(({ kind, count, isLate }) => [kind, count, isLate])).toEqual([
    ['submitted', 2, true],
    ['accepted', 1, false],
  ])
  // Four working hours after eight on a Monday morning in China: from 8:30, and noon is nobody's.
  expect(told[0]?.by).toBe(Date.parse(at('06', '16')))
  expect(told[0]?.href).toBe('/requests?waits=submitted')
  const { open } = listRequests(register, viewer)
  const shown = filterRequests(open, { ...noFilter, waits: 'submitted' })
  expect(shown.map(({ request: { id } }) => id).sort()).toEqual([uuid(10), uuid(20)])
})

it('puts questions about personal data with their day among the promises, and what was answered nowhere', () => {
  const inquiry = (id: number, due: string, more: object = {}) =>
    record('inquiry', id, {
      ...{ resident: uuid(90), wants: 'see', receivedOn: '2026-11-20', due },
      ...more,
    })
  const { list } = desk([
    inquiry(40, '2026-12-14'),
    inquiry(41, '2026-11-22'),
    inquiry(42, '2026-11-01', { outcome: 'done', answer: '样例', answeredOn: '2026-11-01' }),
    record('complaint', 50, { topic: 'app', words: '样例', at: at('00') }),
    record('complaint', 51, {
      ...{ topic: 'app', words: '样例', at: at('00') },
      ...{ answer: '样例', answeredOn: '2026-11-23' },
    }),
    request(10),
    step(11, 10, 'submit', 'submitted'),
  ])
  expect(
    list().map(({ kind, count, by }) => [kind, count, typeof by === 'number' ? 0 : by]),
  ).toEqual([
    ['inquiries', 2, '2026-11-22'],
    ['submitted', 1, 0],
    ['complaints', 1, null],
  ])
})

it('counts reviews by kind, and an import until the server wrote it', () => {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('import', 60, { title: '样例', outcome: null }),
      record('import', 61, { title: '样例', outcome: 'applied' }),
    ]),
  ])
  const review = [
    { kind: 'pair', href: '/review/pair/a/b', pair: {} },
    { kind: 'pair', href: '/review/pair/c/d', pair: {} },
    { kind: 'device', href: '/review/device/a', device: {} },
  ] as unknown as Parameters<typeof waitingHere>[3]
  expect(
    waitingHere(register, viewer, '2026-11-23', review).map(({ kind, count, href }) => [
      ...[kind, count, href],
    ]),
  ).toEqual([
    ['pair', 2, '/review?kind=pair'],
    ['imports', 1, '/import'],
  ])
})

it('counts care that somebody has to look at, where the office arranges any', () => {
  const person = resident(400, 300, '样老大', {
    cares: [
      { id: uuid(900), need: 'meals', who: '样例', from: '2026-01-01', look: '2026-11-20' },
      { id: uuid(901), need: 'clinic', who: '样例', from: '2026-01-01', look: '2026-12-20' },
    ],
  })
  expect(desk([person]).list()).toEqual([])
  const on = record('policy', 30, { ...defaultPolicy, policyVersion: 2, off: [], knows: 1 })
  expect(desk([person, on]).list()).toMatchObject([
    { kind: 'care', count: 1, by: '2026-11-20', isLate: true, href: allVisits },
  ])
})

it('reminds of services that nobody checked for ninety days', () => {
  const service = (id: number, asOf: string, more: object = {}) =>
    record('service', id, { name: '样例', serviceKind: 'meals', asOf, ...more })
  const { list } = desk([
    service(700, '2026-08-24'),
    service(701, '2026-08-25'),
    service(702, '2026-01-01', { closed: true }),
  ])
  expect(list()).toMatchObject([{ kind: 'services', count: 1, href: '/services' }])
})
