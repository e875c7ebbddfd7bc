import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { historyIn } from '#app/register/history-of.ts'
import { change, gridA, gridB, mutation, page, resident, uuid } from './grid-of-samples.ts'

const ids = (register: ReturnType<typeof createRegister>) =>
  historyIn(register, uuid(10)).map((line) => [line.id, line.op, line.pending])

it('tells the newest first: what waits, what the server applied, the making', () => {
  const register = createRegister()
  const made = { ...resident(10, 5, '样例甲', { note: 'new' }), by: uuid(77) }
  register.applyPages([page(gridA, [made], { changes: [change(12, 10), change(11, 10)] })])
  const own = mutation('patch', 'resident', 10, { note: 'mine', workplace: null })
  register.applyOwn([own])
  expect(ids(register)).toEqual([
    [own.id, 'patch', true],
    [uuid(12), 'patch', false],
    [uuid(11), 'patch', false],
    [uuid(10), 'create', false],
  ])
  // What was not known and is cleared is no change.
  expect(historyIn(register, uuid(10))[0]?.fields).toEqual({ note: ['new', 'mine'] })
  expect(historyIn(register, uuid(10)).at(-1)).toMatchObject({ by: uuid(77), fields: {} })
})

it('says what the clock of the device said where that was far off', () => {
  const register = createRegister()
  const saidAt = '2015-01-01T00:10:00.000Z'
  const near = new Date(Date.parse(change(11, 10).at) + 60_000).toISOString()
  const changes = [change(12, 10, { saidAt }), change(11, 10, { saidAt: near })]
  register.applyPages([page(gridA, [resident(10, 5, '样例甲')], { changes })])
  const [first, second] = historyIn(register, uuid(10))
  expect(first).toMatchObject({ id: uuid(12), saidAt })
  expect(second).not.toHaveProperty('saidAt')
})

it('has a line once, though it waits and has come already, or comes twice', () => {
  const register = createRegister()
  const own = mutation('patch', 'resident', 10, { note: 'mine' })
  register.applyPages([page(gridA, [resident(10, 5, '样例甲')])])
  register.applyOwn([own])
  const applied = { ...change(12, 10), id: own.id }
  register.applyPages([page(gridA, [], { changes: [applied] })])
  register.applyPages([page(gridA, [], { changes: [applied] })])
  expect(ids(register).map(([id]) => id)).toEqual([own.id, uuid(10)])
  register.settle([own.id])
  expect(ids(register)).toEqual([
    [own.id, 'patch', false],
    [uuid(10), 'create', false],
  ])
})

it('tells of a record that only this device has', () => {
  const register = createRegister()
  const make = mutation('create', 'resident', 10, { household: uuid(5), name: '样例丁' })
  const more = mutation('patch', 'resident', 10, { phones: { add: ['10012345502'] } })
  register.applyOwn([make, more])
  expect(ids(register)).toEqual([
    [more.id, 'patch', true],
    [make.id, 'create', true],
  ])
  expect(historyIn(register, uuid(10))[0]?.fields).toEqual({ phones: [null, ['10012345502']] })
})

it('keeps of a record that moved what its streams in scope tell', () => {
  const register = createRegister()
  register.applyPages([page(gridA, [resident(10, 5, '样例甲')], { changes: [change(11, 10)] })])
  const later = change(3, 10, { at: '2026-11-21T01:00:00.000Z' })
  const moved = { ...resident(10, 6, '样例甲'), version: 3, moves: 1 }
  register.applyPages([page(gridB, [moved], { changes: [later] })])
  expect(ids(register).map(([id]) => id)).toEqual([uuid(3), uuid(11), uuid(10)])
  register.dropStream(gridA)
  expect(ids(register).map(([id]) => id)).toEqual([uuid(3), uuid(10)])
  register.dropStream(gridB)
  expect(ids(register)).toEqual([])
})

it('keeps all of it where the grid that a record left is given up after it brought its log along', () => {
  const register = createRegister()
  register.applyPages([page(gridA, [resident(10, 5, '样例甲')], { changes: [change(11, 10)] })])
  const moved = { ...resident(10, 6, '样例甲'), version: 4, moves: 1 }
  const later = change(4, 10, { at: '2026-11-21T01:00:00.000Z' })
  const copied = change(11, 10, { version: 4 })
  register.applyPages([page(gridB, [moved], { changes: [later, copied] })])
  const whole = ids(register)
  expect(whole.map(([id]) => id).sort()).toEqual([uuid(4), uuid(10), uuid(11)])
  register.dropStream(gridA)
  expect(ids(register).map(([id]) => id)).toEqual(whole.map(([id]) => id))
})

it('is forgotten with a stream that is sent anew, and with everything', () => {
  const register = createRegister()
  register.applyPages([page(gridA, [resident(10, 5, '样例甲')], { changes: [change(11, 10)] })])
  register.applyPages([page(gridA, [resident(10, 5, '样例甲')], { reset: true })])
  expect(ids(register)).toEqual([[uuid(10), 'create', false]])
  register.clear()
  expect(ids(register)).toEqual([])
})
