import { expect, test } from 'vitest'
import { createToday } from '#app/stores/today.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

const hour = 3_600_000

test('the day is that of China and moves at its midnight, each night', () => {
  const clock = createManualClock(Date.parse('2026-11-23T15:59:59.000Z')) // 23:59:59 in China
  const today = createToday(clock)
  expect(today.store.getState().day).toBe('2026-11-23')
  clock.advance(999)
  expect(today.store.getState().day).toBe('2026-11-23')
  clock.advance(1)
  expect(today.store.getState().day).toBe('2026-11-24')
  clock.advance(24 * hour)
  expect(today.store.getState().day).toBe('2026-11-25')
})

test('a clock that was put forward shows when somebody looks, and midnight is counted anew', () => {
  const clock = createManualClock(Date.parse('2026-11-23T04:00:00.000Z'))
  const today = createToday(clock)
  clock.jump(24 * hour)
  expect(today.store.getState().day).toBe('2026-11-23')
  today.look()
  expect(today.store.getState().day).toBe('2026-11-24')
  clock.advance(12 * hour)
  expect(today.store.getState().day).toBe('2026-11-25')
})

test('listeners hear of a change only', () => {
  const clock = createManualClock()
  const today = createToday(clock)
  const days: string[] = []
  today.store.subscribe((state) => days.push(state.day))
  today.look()
  today.look()
  expect(days).toEqual([])
})

test('stopped, no timer is left', () => {
  const clock = createManualClock()
  createToday(clock).stop()
  expect(clock.next()).toBeNull()
})
