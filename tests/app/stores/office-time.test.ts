import { expect, it } from 'vitest'
import { createToday } from '#app/stores/today.ts'
import { toOfficeTime } from '#app/stores/office-time.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 23, 6, 32)

it.each([40, -40, 366, -366, -4_018])(
  'a clock that is %i days off shows the office’s time',
  (days) => {
    const skew = days * day
    expect(toOfficeTime(now + skew, { skew, heard: now - 5_000 })).toBe(now)
  },
)

it('is never before the server’s last word: a battery that was empty knows neither', () => {
  const heard = now - 3_600_000
  expect(toOfficeTime(Date.UTC(2015, 0, 1), { skew: 0, heard })).toBe(heard)
  expect(toOfficeTime(now, { skew: null, heard: null })).toBe(now)
})

it('today is the office’s, and moves at the office’s midnight', () => {
  const clock = createManualClock(now - 40 * day)
  const today = createToday(clock, () => toOfficeTime(clock.now(), { skew: -40 * day, heard: now }))
  expect(today.store.getState().day).toBe('2026-11-23')
  // 14:32 in China: nine hours and a half to midnight.
  clock.advance(9.5 * 3_600_000)
  expect(today.store.getState().day).toBe('2026-11-24')
  today.stop()
})
