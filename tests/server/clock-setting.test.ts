import { describe, expect, it } from 'vitest'
import { clockFrom, readMoment } from '#server/clock-setting.ts'
import { readConfig } from '#server/config.ts'

describe('WUSE_CLOCK', () => {
  it('is a moment with its zone', () => {
    expect(readMoment('2026-11-25T10:00+08:00')).toBe(Date.UTC(2026, 10, 25, 2))
    expect(readMoment('2026-11-25T02:00:00.000Z')).toBe(Date.UTC(2026, 10, 25, 2))
    for (const bad of ['', '2026-11-25', '2026-11-25T10:00', '2026-13-25T10:00Z', 'yesterday']) {
      expect(readMoment(bad), bad).toBeNull()
    }
  })

  it('lets the clock begin there and go on with the machine', () => {
    let machine = 1_000
    const clock = clockFrom('2026-11-25T02:00Z', () => machine, machine)
    expect(clock.now()).toBe(Date.UTC(2026, 10, 25, 2))
    machine += 90_000
    expect(clock.now()).toBe(Date.UTC(2026, 10, 25, 2, 1, 30))
    // A process begins between two milliseconds.
    expect(Number.isInteger(clockFrom('2026-11-25T02:00Z', () => machine, 0.25).now())).toBe(true)
    expect(clockFrom(undefined, () => machine, machine).now()).toBe(machine)
  })

  it('is said at the start, and a bad one ends it in words', () => {
    expect(readConfig({ WUSE_CLOCK: '2026-11-25T10:00+08:00' }).notices.join()).toContain(
      'false days',
    )
    expect(readConfig({}).notices).toEqual([])
    expect(() => readConfig({ WUSE_CLOCK: 'noon' })).toThrow('WUSE_CLOCK should be a moment')
  })
})
