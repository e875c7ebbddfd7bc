import { describe, expect, it } from 'vitest'
import { defaultScheme } from '#domain/default-scheme.ts'
import { dueOf, dueOn, lastMetOf, type DueFacts } from '#domain/due.ts'
import { colourKeys, mostUrgent, urgency } from '#domain/level.ts'

const base: DueFacts = {
  colour: 'green',
  lastMet: null,
  knownSince: '2026-01-01',
  lifeEventOn: null,
  scheme: defaultScheme,
}

describe('the day until which a call is in time', () => {
  it.each([
    ['red', '2026-11-08'],
    ['orange', '2026-11-15'],
    ['yellow', '2026-12-01'],
    ['blue', '2027-01-30'],
    ['green', '2027-04-30'],
    ['grey', '2026-12-01'],
  ] as const)('%s: %s after a visit on 1 November', (colour, expected) => {
    expect(dueOn({ ...base, colour, lastMet: '2026-11-01' })).toBe(expected)
  })

  it('counts from when the household became known where nobody was ever met', () => {
    expect(dueOn({ ...base, colour: 'red' })).toBe('2026-01-08')
    expect(dueOn({ ...base, colour: 'red', knownSince: '2026-01-05' })).toBe('2026-01-12')
  })

  it('is the day after a life event for red', () => {
    const red = { ...base, colour: 'red', lastMet: '2026-11-20' } as const
    expect(dueOn({ ...red, lifeEventOn: '2026-11-21' })).toBe('2026-11-22')
  })

  it('is not put off by a life event when the usual day comes sooner', () => {
    const red = { ...base, colour: 'red', lastMet: '2026-11-01' } as const
    expect(dueOn({ ...red, lifeEventOn: '2026-11-20' })).toBe('2026-11-08')
  })

  it('is the usual one once somebody has called on or after the event', () => {
    const red = { ...base, colour: 'red', lifeEventOn: '2026-11-20' } as const
    expect(dueOn({ ...red, lastMet: '2026-11-19' })).toBe('2026-11-21')
    expect(dueOn({ ...red, lastMet: '2026-11-20' })).toBe('2026-11-27')
    expect(dueOn({ ...red, lastMet: '2026-11-22' })).toBe('2026-11-29')
  })

  it('is the day on which somebody looks at care, unless another comes sooner', () => {
    const red = { ...base, colour: 'red', lastMet: '2026-11-20' } as const
    expect(dueOf({ ...red, careOn: '2026-11-24' })).toEqual({ on: '2026-11-24', isEvent: false })
    expect(dueOn({ ...red, careOn: '2026-12-24' })).toBe('2026-11-27')
    const event = { ...red, lifeEventOn: '2026-11-21' }
    expect(dueOf({ ...event, careOn: '2026-11-22' })).toEqual({ on: '2026-11-22', isEvent: true })
    expect(dueOf({ ...event, careOn: '2026-11-21' })).toEqual({ on: '2026-11-21', isEvent: false })
  })

  it('does not hurry after a life event where the level does not ask for it', () => {
    const orange = { ...base, colour: 'orange', lastMet: '2026-11-20' } as const
    expect(dueOn({ ...orange, lifeEventOn: '2026-11-21' })).toBe('2026-12-04')
    const grey = { ...base, colour: 'grey', lastMet: '2026-11-20' } as const
    expect(dueOn({ ...grey, lifeEventOn: '2026-11-21' })).toBe('2026-12-20')
  })

  it('follows the days of another scheme', () => {
    const scheme = {
      ...defaultScheme,
      levels: defaultScheme.levels.map((level) => ({ ...level, visitWithin: 3 })),
    }
    expect(dueOn({ ...base, scheme, lastMet: '2026-02-27' })).toBe('2026-03-02')
  })
})

describe('urgency', () => {
  it('goes from red to grey', () => {
    expect(colourKeys.map(urgency)).toEqual([0, 1, 2, 3, 4, 5])
    expect(mostUrgent(['green', 'orange', 'blue'])).toBe('orange')
    expect(mostUrgent(['grey', 'green'])).toBe('green')
    expect(mostUrgent([])).toBe('grey')
  })
})

describe('the last meeting of a resident', () => {
  it('is none of those in the household from before they came into it', () => {
    expect(lastMetOf(null, '2026-11-21', '2026-11-23')).toBeNull()
    expect(lastMetOf(null, '2026-11-23', '2026-11-23')).toBe('2026-11-23')
    expect(lastMetOf('2026-11-20', '2026-11-21', '2026-11-23')).toBe('2026-11-20')
    expect(lastMetOf(null, '2026-11-21', null)).toBe('2026-11-21')
  })
})
