import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { careNeeds, mostCares, type Care } from '#domain/care.ts'
import { careDueOn, careLapsed, lookAt } from '#domain/care-lapse.ts'
import { colourOf } from '#domain/colour-of.ts'
import { addDays } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { dwellingLabels, residentLabels } from '#domain/fact-labels.ts'
import { dwellingFacts, residentFacts } from '#domain/facts.ts'
import { defaultPolicy, fieldsOff, newestPolicy } from '#domain/policy-in-force.ts'
import { careTags, residentSchema } from '#domain/resident.ts'
import type { Scheme } from '#domain/scheme.ts'
import { today } from './some-scheme.ts'
import { person, residentSubject, tag } from './subjects.ts'

const care = (more: Partial<Care>): Care => ({
  id: '01900000-0000-7000-8000-0000000000d1',
  need: 'meals' as const,
  who: '样例助餐点',
  from: '2026-01-01',
  ...more,
})
const near = fc.integer({ min: -40, max: 40 }).map((days) => addDays(today, days))
const maybeNear = fc.option(near, { nil: null })

describe('care', () => {
  it('is looked at on the earlier of its days, and never once it is over', () => {
    expect(lookAt(care({}))).toBeNull()
    expect(lookAt(care({ look: '2026-12-01', until: '2026-11-30' }))).toBe('2026-11-30')
    expect(lookAt(care({ look: '2026-12-01', endedOn: '2026-11-01' }))).toBeNull()
  })

  it('lapses the day after, and says the next day on which that can change', () => {
    const cares = fc.array(fc.record({ until: maybeNear, look: maybeNear, endedOn: maybeNear }), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(cares, (all) => {
        const now = careLapsed(all, today)
        for (let ahead = 1; ahead <= 90; ahead += 1) {
          const day = addDays(today, ahead)
          if (now.next !== null && day >= now.next) break
          expect(careLapsed(all, day).value).toBe(now.value)
        }
        if (now.next !== null) expect(careLapsed(all, now.next).value).toBe(true)
      }),
    )
    expect(careLapsed([care({ look: today })], today)).toEqual({
      value: false,
      next: addDays(today, 1),
    })
    expect(careLapsed([care({ look: today })], addDays(today, 1)).value).toBe(true)
    expect(careLapsed(null, today)).toEqual({ value: false, next: null })
  })

  it('is a due visit until somebody calls on its day or later', () => {
    const cares = [care({ look: '2026-11-20' }), care({ until: '2026-11-25' }), care({})]
    expect(careDueOn(cares, null)).toBe('2026-11-20')
    expect(careDueOn(cares, '2026-11-19')).toBe('2026-11-20')
    expect(careDueOn(cares, '2026-11-20')).toBe('2026-11-25')
    expect(careDueOn(cares, '2026-11-25')).toBeNull()
    expect(careDueOn([care({ look: today, endedOn: today })], null)).toBeNull()
    expect(careDueOn(null, null)).toBeNull()
  })

  it('changes no colour and no reason under the scheme of the product, whatever is arranged', () => {
    const some = fc.array(
      fc
        .record({
          need: fc.constantFrom(...careNeeds),
          until: maybeNear,
          look: maybeNear,
          endedOn: maybeNear,
        })
        .map(care),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(some, fc.subarray([...careTags]), near, (cares, tags, birth) => {
        const plain = { birth, tags: tags.map((name) => tag(name)) }
        const subject = residentSubject({ resident: { ...plain, cares } })
        const { colour, reasons } = colourOf(subject, defaultScheme, today)
        const without = colourOf(residentSubject({ resident: plain }), defaultScheme, today)
        expect({ colour, reasons }).toEqual({ colour: without.colour, reasons: without.reasons })
      }),
    )
  })

  it('stands with a person a hundred times at most', () => {
    const many = (count: number) => ({
      ...person(),
      cares: Array.from({ length: count }, (_, at) =>
        care({ id: `01900000-0000-7000-8000-${String(at).padStart(12, '0')}` }),
      ),
    })
    expect(v.is(residentSchema, many(mostCares))).toBe(true)
    expect(v.is(residentSchema, many(mostCares + 1))).toBe(false)
  })

  it('changes no colour but by a rule that asks for it', () => {
    const subject = residentSubject({ resident: { cares: [care({ look: '2026-11-01' })] } })
    const plain = colourOf(subject, defaultScheme, today)
    expect(plain).toEqual(colourOf(residentSubject(), defaultScheme, today))
    const scheme: Scheme = {
      ...defaultScheme,
      rules: [
        ...defaultScheme.rules,
        {
          ...{ key: 'care', subject: 'resident', level: 'yellow' },
          when: { fact: 'careLapsed', op: 'is', value: true },
          ...{ words: '照护到期', wordsEn: 'care has lapsed' },
        },
      ],
    }
    expect(colourOf(subject, scheme, today)).toMatchObject({
      colour: 'yellow',
      reasons: [{ rule: 'care' }],
    })
  })

  it('is asked only where the office said so', () => {
    const after = { cares: [care({})] }
    expect(fieldsOff(defaultPolicy, {}, after)).toEqual(['cares'])
    // A policy from before knows nothing of care.
    const before = { ...defaultPolicy, policyVersion: 2, off: ['note'] }
    expect(newestPolicy([before]).off).toEqual(['cares', 'note'])
    const on = newestPolicy([before, { ...before, policyVersion: 3, knows: 1 }])
    expect(on.off).toEqual(['note'])
    expect(fieldsOff(on, {}, after)).toEqual([])
    // What is there may be ended and cleared, and nothing else of it.
    const ended = { cares: [care({ endedOn: today })] }
    expect(fieldsOff(defaultPolicy, after, ended)).toEqual([])
    expect(fieldsOff(defaultPolicy, ended, after)).toEqual([])
    expect(fieldsOff(defaultPolicy, after, { cares: [care({ who: '样例' })] })).toEqual(['cares'])
    expect(fieldsOff(defaultPolicy, {}, ended)).toEqual(['cares'])
    expect(fieldsOff(defaultPolicy, after, { cares: [] })).toEqual([])
  })
})

it('every fact but the tags has a name in both languages, and no other has', () => {
  const names = (facts: object) => Object.keys(facts).filter((name) => !name.startsWith('tag.'))
  expect(Object.keys(residentLabels).sort()).toEqual(names(residentFacts).sort())
  expect(Object.keys(dwellingLabels).sort()).toEqual(names(dwellingFacts).sort())
})
