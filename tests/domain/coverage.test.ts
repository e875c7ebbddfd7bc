import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { coverageOf, defaultCoverage, isMeant, isMetInMonth, lastMetBy } from '#domain/coverage.ts'
import { addDays, instantToDay } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { changesOf, isUnchanged } from '#domain/scheme-changes.ts'
import { faultsOf } from '#domain/scheme-check.ts'
import { visitChannels, visitOutcomes } from '#domain/visit.ts'
import { condition, subject, today } from './some-scheme.ts'
import { residentSubject, tag } from './subjects.ts'

const anna = '00000000-0000-7000-8000-0000000000a1'
const bert = '00000000-0000-7000-8000-0000000000a2'

const meant = (facts: Parameters<typeof residentSubject>[0]) =>
  isMeant(residentSubject(facts), defaultScheme, today).holds

describe('whom coverage means', () => {
  it('are elderly people in special difficulty, by the tags and the household', () => {
    expect(meant({ resident: { birth: '1950-01-01' }, others: [] })).toBe(true)
    expect(meant({ resident: { birth: '1950-01-01' }, others: [{ birth: '1952-01-01' }] })).toBe(
      true,
    )
    expect(meant({ resident: { birth: '1950-01-01' } })).toBe(false)
    expect(meant({ resident: { birth: '1990-01-01' }, others: [] })).toBe(false)
    for (const name of ['incapacitated', 'tekun'] as const) {
      expect(meant({ resident: { birth: '1950-01-01', tags: [tag(name)] } })).toBe(true)
      expect(meant({ resident: { birth: '1990-01-01', tags: [tag(name)] } })).toBe(false)
    }
    const disabled = (grade: number) => ({
      resident: { birth: '1950-01-01', tags: [tag('disabled', { grade })] },
    })
    expect([1, 2, 3, 4].map((grade) => meant(disabled(grade)))).toEqual([true, true, false, false])
    expect(meant({ resident: { birth: null }, others: [] })).toBe(false)
    // Of two doors of a person only the one behind which they live.
    const at = (residence: '1' | '2' | '3' | '4') =>
      meant({ resident: { birth: '1950-01-01', residence }, others: [] })
    expect((['1', '2', '3', '4'] as const).map(at)).toEqual([true, true, false, false])
  })

  it('is data of the scheme, and changes at no day before the one that is named', () => {
    fc.assert(
      fc.property(subject, condition, (one, when) => {
        const scheme = { ...defaultScheme, coverage: { when, channels: ['door' as const] } }
        const now = isMeant(one, scheme, today)
        for (let ahead = 1; ahead <= 60; ahead += 1) {
          const day = addDays(today, ahead)
          if (now.next !== null && day >= now.next) break
          expect(isMeant(one, scheme, day).holds).toBe(now.holds)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is the product’s own where a scheme says nothing, and is said by a version that changes it', () => {
    expect(coverageOf(defaultScheme)).toBe(defaultCoverage)
    const same = { ...defaultScheme, coverage: defaultCoverage }
    expect(isUnchanged(changesOf(defaultScheme, same))).toBe(true)
    const fewer = {
      ...defaultScheme,
      coverage: { ...defaultCoverage, channels: ['door' as const] },
    }
    expect(changesOf(defaultScheme, fewer).coverage).toBe(true)
    expect(isUnchanged(changesOf(defaultScheme, fewer))).toBe(false)
  })

  it('has to be said in facts that there are, with a way of meeting', () => {
    expect(faultsOf(defaultScheme)).toEqual([])
    const wrong = {
      ...defaultScheme,
      coverage: {
        when: { all: [{ fact: 'nothing', op: 'is' as const, value: true }, { any: [] }] },
        channels: [],
      },
    }
    expect(faultsOf(wrong)).toEqual([
      { fault: 'no-channel' },
      { fault: 'unknown-fact', isCoverage: true, fact: 'nothing' },
      { fault: 'empty-group', isCoverage: true },
    ])
  })
})

const visit = fc.record({
  resident: fc.constantFrom(null, anna, bert),
  outcome: fc.constantFrom(...visitOutcomes),
  channel: fc.constantFrom(...visitChannels),
  at: fc
    .integer({ min: -70 * 24, max: 0 })
    .map((hours) => new Date(Date.parse(`${today}T12:00:00Z`) + hours * 3_600_000).toISOString()),
})

describe('who was met', () => {
  const { channels } = defaultCoverage

  it('is the same whatever the order of the visits, and once however many there were', () => {
    fc.assert(
      fc.property(
        fc.array(visit, { maxLength: 12 }),
        fc.option(
          fc.integer({ min: -70, max: 0 }).map((days) => addDays(today, days)),
          { nil: null },
        ),
        fc.integer({ min: 0, max: 40 }),
        (visits, joinedOn, ahead) => {
          const day = addDays(today, ahead)
          const found = lastMetBy(visits, channels, anna, joinedOn)
          for (const other of [[...visits].reverse(), [...visits, ...visits]]) {
            expect(lastMetBy(other, channels, anna, joinedOn)).toBe(found)
          }
          // Against the plain sentence: somebody met this person, or the household since they came, in this month.
          const counts = visits.some(({ resident, outcome, channel, at }) => {
            const on = instantToDay(at)
            if (outcome !== 'met' || channel === 'neighbour') return false
            if (resident === bert || on.slice(0, 7) !== day.slice(0, 7)) return false
            return resident === anna || joinedOn === null || on >= joinedOn
          })
          // One of a household before somebody came there hides none after it.
          if (counts) expect(isMetInMonth(found, day)).toBe(true)
          else if (found !== null) expect(isMetInMonth(found, day)).toBe(false)
          else expect(isMetInMonth(null, day)).toBe(false)
        },
      ),
    )
  })

  it('by a neighbour’s word counts for the colours and not here', () => {
    const told = { resident: null, outcome: 'met', channel: 'neighbour', at: `${today}T02:00:00Z` }
    expect(lastMetBy([told as never], channels, anna, null)).toBeNull()
    expect(lastMetBy([{ ...told, channel: 'telephone' } as never], channels, anna, null)).toBe(
      today,
    )
  })
})
