/** Requests as a device shows them: worked out once, and gone with the register. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { listRequests, viewRequest, type Viewer } from '#app/views/requests.ts'
import { gridA, mutation, page, record, uuid } from '../register/grid-of-samples.ts'

const viewer: Viewer = {
  role: 'worker',
  account: uuid(77),
  now: Date.parse('2026-11-29T04:00:00Z'),
}
const asked = (words: string) =>
  page(gridA, [
    record('request', 10, {
      ...{ number: '样例-1129-01', words, level: 'normal', source: 'door' },
      at: '2026-11-29T03:00:00.000Z',
    }),
  ])

it('shows nothing of a register that was emptied, though the same request comes again', () => {
  const register = createRegister()
  register.applyPages([asked('样例路灯不亮')])
  const first = register.get('request', uuid(10))!
  const before = viewRequest(register, first, viewer)
  expect(viewRequest(register, first, viewer)).toBe(before)
  expect(listRequests(register, viewer).open).toHaveLength(1)
  register.clear()
  expect(listRequests(register, viewer).open).toEqual([])
  register.applyPages([asked('样例水管漏水')])
  const again = viewRequest(register, register.get('request', uuid(10))!, viewer)
  expect(again.request.fields.words).toBe('样例水管漏水')
})

it('says that a step waits until it came back from the server, and no longer', () => {
  const register = createRegister()
  register.applyPages([asked('样例路灯不亮')])
  const shown = () => {
    const { steps } = viewRequest(register, register.get('request', uuid(10))!, viewer)
    return steps.map(({ isPending }) => isPending)
  }
  const fields = { request: uuid(10), step: 'note', at: '2026-11-29T03:10:00.000Z', note: '样例' }
  const own = mutation('create', 'request-step', 11, fields)
  register.applyOwn([own])
  expect(shown()).toEqual([true])
  register.applyPages([page(gridA, [record('request-step', 11, fields)])])
  expect(shown()).toEqual([true])
  register.settle([own.id])
  expect(shown()).toEqual([false])
})

it('sorts its lists anew only after a change, or once one more is late', () => {
  const register = createRegister()
  const at = '2026-11-29T03:00:00.000Z'
  const submit = { request: uuid(10), step: 'submit', at, level: 'ordinary', moved: true }
  register.applyPages([
    asked('样例路灯不亮'),
    page(gridA, [record('request-step', 11, { ...submit, to: 'submitted', received: at })]),
  ])
  const first = listRequests(register, viewer)
  expect(first.open[0]?.isLate).toBe(false)
  expect(listRequests(register, { ...viewer, now: viewer.now + 60_000 })).toBe(first)
  const late = listRequests(register, { ...viewer, now: viewer.now + 30 * 86_400_000 })
  expect(late.open[0]?.isLate).toBe(true)
  // The clock went back: it is not late any more.
  expect(listRequests(register, viewer).open[0]?.isLate).toBe(false)
  register.applyPages([page(gridA, [record('request-step', 12, { ...submit, step: 'note' })])])
  expect(listRequests(register, viewer)).not.toBe(first)
})
