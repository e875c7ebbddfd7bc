/** Colours on the server, the parts that need no database: which scheme holds, why a colour moved, when a call is due. */
import { describe, expect, it } from 'vitest'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import { callRows, colourCalls, dueDay } from '#server/colours/calls.ts'
import { schemeIn } from '#server/colours/scheme-in.ts'
import { arrivalOf, decisive, shiftOf } from '#server/colours/shifts.ts'

const subject = (colour: string, rules = '') =>
  ({ ...{ kind: 'resident', colour, rules } }) as never

describe('why a colour moved', () => {
  const reason = (before: never, after: never) => shiftOf(before, after, 'visit').reason

  it('is the rule that began where it became sharper, and the one that ceased where it became milder', () => {
    expect(reason(subject('green'), subject('red', 'aged-80-alone other'))).toBe('+aged-80-alone')
    expect(reason(subject('red', 'aged-80-alone'), subject('green'))).toBe('-aged-80-alone')
    expect(reason(subject('red', 'one'), subject('yellow', 'two'))).toBe('-one')
    expect(reason(subject('yellow', 'two'), subject('red', 'one'))).toBe('+one')
    expect(reason(subject('yellow', 'one'), subject('red', 'one'))).toBe('+one')
  })

  it('without a rule is that somebody verified it, or that this grew old', () => {
    expect(reason(subject('grey'), subject('green'))).toBe('+')
    expect(reason(subject('green'), subject('grey'))).toBe('-')
  })

  it('says of a colour by hand nothing of whose it is', () => {
    const byHand = subject('red', 'by-hand/0190f5c6-0000-7000-8000-000000000001 one')
    expect(decisive(byHand)).toBe('by-hand')
    expect(reason(subject('green'), byHand)).toBe('+by-hand')
    expect(reason(byHand, subject('green'))).toBe('-by-hand')
    expect(arrivalOf(byHand, 'import')).toMatchObject({ before: '', reason: '+by-hand' })
  })
})

describe('the scheme of a place', () => {
  const scheme = (id: string) =>
    ({ kind: 'scheme', id, version: 1, by: null, fields: defaultScheme }) as never
  const at = (place: string, ...rules: never[]) => ({ place, placeFields: null, rules })

  it('is the newest of the nearest place that has one, else the product’s own', () => {
    const way = [at('grid'), at('community', scheme('a'), scheme('b')), at('town', scheme('c'))]
    expect(schemeIn(way).id).toBe('b')
    expect(schemeIn([at('grid'), at('town', { kind: 'policy' } as never)]).id).toBe(defaultSchemeId)
  })
})

describe('a call at a household', () => {
  const call = (more: object = {}) => ({
    id: 'home',
    dwelling: 'flat',
    ...{ lastMet: '2026-11-01', lifeEventOn: null, careOn: null, knownSince: null },
    ...more,
  })
  const one = (id: string, household: string | undefined) => ({ id, household }) as never
  const colours: Readonly<Record<string, string>> = { old: 'red', child: 'green', flat: 'yellow' }
  const colourOf = ({ id }: { readonly id: string }) =>
    ({ colour: colours[id], reasons: [] }) as never

  it('has the most urgent colour of its people and its dwelling, and of nobody else’s', () => {
    const all = [
      one('old', 'home'),
      one('child', 'home'),
      one('flat', undefined),
      one('x', 'other'),
    ]
    const [own, other] = colourCalls([call(), { ...call(), id: 'other' }] as never, all, colourOf)
    expect([own?.colour, own?.subjects.length]).toEqual(['red', 3])
    expect(other?.subjects).toHaveLength(2)
  })

  it('is due so many days after the last one, and nobody knows when where nobody was ever met', () => {
    const held = (more: object) => ({ call: call(more), colour: 'red', subjects: [] }) as never
    const due = dueDay(held({}), defaultScheme)
    expect(due! > '2026-11-01').toBe(true)
    expect(dueDay(held({ lastMet: null }), defaultScheme)).toBeFalsy()
    expect(
      dueDay(held({ lastMet: null, knownSince: '2026-11-05' }), defaultScheme)! > '2026-11-04',
    ).toBe(true)
    expect(callRows('grid', [held({})], defaultScheme)).toMatchObject([
      { stream: 'grid', id: 'home', kind: 'household', colour: 'red', due },
    ])
  })
})
