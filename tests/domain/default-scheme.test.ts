import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { colourOf, reasonWords } from '#domain/colour-of.ts'
import { addDays } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { dwellingFacts, residentFacts, type Subject } from '#domain/facts.ts'
import { levelKeys } from '#domain/level.ts'
import type { CareTag } from '#domain/resident.ts'
import { schemeSchema, type Condition } from '#domain/scheme.ts'
import { dwellingSubject, residentSubject, tag } from './subjects.ts'

const today = '2026-11-23'

const colour = (subject: Subject, day = today) => colourOf(subject, defaultScheme, day).colour
const rules = (subject: Subject, day = today) =>
  colourOf(subject, defaultScheme, day).reasons.map((reason) => reason.rule)
const words = (subject: Subject, day = today, language: 'zh-CN' | 'en' = 'zh-CN') =>
  colourOf(subject, defaultScheme, day).reasons.map((reason) =>
    reasonWords(reason, defaultScheme, language),
  )

describe('the default scheme', () => {
  it('is a scheme, also after a journey as JSON', () => {
    const travelled: unknown = JSON.parse(JSON.stringify(defaultScheme))
    expect(v.parse(schemeSchema, travelled)).toEqual(defaultScheme)
  })

  it('has the levels, words, marks and days of the table', () => {
    expect(
      defaultScheme.levels.map(({ key, word, mark, visitWithin }) => [
        key,
        word,
        mark,
        visitWithin,
      ]),
    ).toEqual([
      ['red', '重点关注', '▲', 7],
      ['orange', '较高关注', '◆', 14],
      ['yellow', '一般关注', '●', 30],
      ['blue', '常态联系', '■', 90],
      ['green', '平稳', '✓', 180],
    ])
    expect(defaultScheme.levels.map((level) => level.key)).toEqual(levelKeys)
  })

  it('asks for facts that exist, names each rule once, and fills words with facts it asks for', () => {
    const factsOf = (condition: Condition): string[] => {
      if ('all' in condition) return condition.all.flatMap(factsOf)
      if ('any' in condition) return condition.any.flatMap(factsOf)
      return 'not' in condition ? factsOf(condition.not) : [condition.fact]
    }
    for (const rule of defaultScheme.rules) {
      const known = rule.subject === 'resident' ? residentFacts : dwellingFacts
      const asked = factsOf(rule.when)
      for (const fact of asked) expect(known, rule.key).toHaveProperty([fact])
      for (const words of [rule.words, rule.wordsEn]) {
        for (const [, slot] of words.matchAll(/\{([^}]+)\}/g)) expect(asked).toContain(slot)
      }
    }
    const keys = defaultScheme.rules.map((rule) => rule.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('red', () => {
  const alone = (birth: string, verifiedOn: string | null = '2026-01-05') =>
    residentSubject({ resident: { birth, verifiedOn }, others: [] })

  it('who lives alone, from the eightieth birthday on', () => {
    const subject = alone('1946-11-24')
    expect(colour(subject)).toBe('yellow')
    expect(colour(subject, '2026-11-24')).toBe('red')
    expect(colourOf(subject, defaultScheme, today).until).toBe('2026-11-24')
    expect(rules(subject, '2026-11-24')).toContain('aged-80-alone')
  })

  it('one of 85 alone, even where nobody verified anything', () => {
    expect(colour(alone('1941-05-01', null))).toBe('red')
  })

  it('one of 85 with the tag, whoever else stands in the household', () => {
    const resident = { birth: '1941-05-01', tags: [tag('living-alone')] }
    expect(colour(residentSubject({ resident }))).toBe('red')
    const ended = { ...resident, tags: [tag('living-alone', { until: '2026-11-22' })] }
    expect(colour(residentSubject({ resident: ended }))).toBe('green')
  })

  it('not one of 85 with somebody', () => {
    expect(colour(residentSubject({ resident: { birth: '1941-05-01' } }))).toBe('green')
  })

  it('who is incapacitated without a carer or alone, and not who has one', () => {
    const tags = [tag('incapacitated')]
    expect(colour(residentSubject({ resident: { tags } }))).toBe('green')
    expect(colour(residentSubject({ resident: { tags }, others: [] }))).toBe('red')
    expect(colour(residentSubject({ resident: { tags: [...tags, tag('no-carer')] } }))).toBe('red')
    expect(colour(residentSubject({ resident: { tags: [tag('no-carer')] } }))).toBe('green')
  })

  it.each(['orphan', 'unsupported-child'] as const)('%s until the eighteenth birthday', (name) => {
    const subject = residentSubject({ resident: { birth: '2008-11-24', tags: [tag(name)] } })
    expect(colour(subject)).toBe('red')
    expect(colourOf(subject, defaultScheme, today).until).toBe('2026-11-24')
    expect(colour(subject, '2026-11-24')).toBe('green')
  })

  it('an orphan whose birth date nobody knows', () => {
    const resident = { birth: null, tags: [tag('orphan')] }
    expect(colour(residentSubject({ resident }))).toBe('red')
  })

  it('everybody of a household with an open serious dispute', () => {
    const dispute = { id: '00000000-0000-7000-8000-0000000000a1', found: '2026-01-01' }
    const subject = (more: object) =>
      residentSubject({ household: { disputes: [{ ...dispute, ...more }] } })
    expect(colour(subject({ serious: true }))).toBe('red')
    expect(colour(subject({ serious: true, settled: '2026-02-01' }))).toBe('green')
    expect(colour(subject({ serious: false }))).toBe('green')
    expect(colour(subject({}))).toBe('green')
  })

  it('a dwelling with an open hazard to life, lived in or not', () => {
    const hazard = { id: '00000000-0000-7000-8000-0000000000a2', type: '99', found: '2026-01-01' }
    const open = { hazards: [{ ...hazard, toLife: true }] }
    expect(colour(dwellingSubject(open))).toBe('red')
    expect(colour(dwellingSubject(open, []))).toBe('red')
    expect(colour(dwellingSubject({ hazards: [hazard] }))).toBe('green')
    const cleared = { hazards: [{ ...hazard, toLife: true, cleared: '2026-02-01' }] }
    expect(colour(dwellingSubject(cleared))).toBe('green')
  })
})

describe('orange', () => {
  const tenant = {
    hukouDivision: '341221',
    residence: '2',
    arrivedOn: '2026-11-18',
    verifiedOn: '2026-11-18',
  } as const
  const rental = { use: 'rental' } as const

  it('a tenant not registered when three working days have passed over a weekend', () => {
    // Arrived on a Wednesday: Thursday, Friday, Monday.
    const subject = residentSubject({ resident: tenant, dwelling: rental })
    expect(colour(subject, '2026-11-23')).toBe('yellow')
    expect(colourOf(subject, defaultScheme, '2026-11-23').until).toBe('2026-11-24')
    expect(colour(subject, '2026-11-24')).toBe('orange')
  })

  it('a tenant not registered when three working days have passed over a holiday', () => {
    // Arrived on 29 September: the 30th, then seven days off, the 8th and 9th of October.
    const resident = { ...tenant, arrivedOn: '2026-09-29' }
    const subject = residentSubject({ resident, dwelling: rental })
    expect(rules(subject, '2026-10-09')).not.toContain('tenant-unregistered')
    expect(colourOf(subject, defaultScheme, '2026-10-09').until).toBe('2026-10-10')
    expect(rules(subject, '2026-10-10')).toContain('tenant-unregistered')
    // A Saturday worked in exchange, so the fourth working day passes with it.
    expect(words(subject, '2026-10-11')[0]).toBe('租客来了 4 个工作日还没有登记')
    expect(words(subject, '2026-10-11', 'en')[0]).toBe(
      'tenant not registered 4 working days after arrival',
    )
  })

  it('not one who is registered or holds a permit, is no tenant, or no floating resident', () => {
    const day = '2026-11-30'
    const of = (more: object, dwelling: object = rental) =>
      rules(residentSubject({ resident: { ...tenant, ...more }, dwelling }), day)
    expect(of({})).toContain('tenant-unregistered')
    expect(of({}, { use: 'group-rental' })).toContain('tenant-unregistered')
    expect(of({ registeredOn: '2026-11-27' })).not.toContain('tenant-unregistered')
    expect(of({ permitType: '01' })).not.toContain('tenant-unregistered')
    expect(of({}, { use: 'own' })).not.toContain('tenant-unregistered')
    expect(of({ hukouDivision: '330106' })).not.toContain('tenant-unregistered')
    expect(of({ arrivedOn: null })).not.toContain('tenant-unregistered')
    expect(rules(residentSubject({ resident: tenant, dwelling: null }), day)).toEqual([])
  })

  it('group rental, and an open fire hazard', () => {
    expect(colour(dwellingSubject({ use: 'group-rental' }))).toBe('orange')
    const fire = { id: '00000000-0000-7000-8000-0000000000a3', type: '02', found: '2026-01-01' }
    expect(colour(dwellingSubject({ hazards: [fire] }))).toBe('orange')
    expect(colour(dwellingSubject({ hazards: [{ ...fire, type: '01' }] }))).toBe('green')
    expect(colour(dwellingSubject({ hazards: [{ ...fire, cleared: '2026-02-01' }] }))).toBe('green')
  })

  it('disability of grade 2, and yellow of grade 3', () => {
    const disabled = (grade: number | null, more: object = {}) =>
      residentSubject({ resident: { tags: [tag('disabled', { grade, ...more })] } })
    expect([1, 2, 3, 4, null].map((grade) => colour(disabled(grade)))).toEqual([
      'orange',
      'orange',
      'yellow',
      'yellow',
      'yellow',
    ])
    expect(colour(disabled(1, { until: '2026-11-22' }))).toBe('green')
    expect(colour(disabled(1, { until: '2026-11-23' }))).toBe('orange')
    expect(colourOf(disabled(1, { until: '2026-11-23' }), defaultScheme, today).until).toBe(
      '2026-11-24',
    )
    expect(words(disabled(2))[0]).toBe('重度残疾（2级）')
  })

  it('no labour capacity', () => {
    const resident = { tags: [tag('no-labour-capacity')] }
    expect(colour(residentSubject({ resident }))).toBe('orange')
  })

  it.each(['child-in-difficulty', 'left-behind-child'] as const)(
    '%s until the eighteenth birthday',
    (name) => {
      const subject = residentSubject({ resident: { birth: '2008-11-24', tags: [tag(name)] } })
      expect(colour(subject)).toBe('orange')
      expect(colour(subject, '2026-11-24')).toBe('green')
    },
  )
})

describe('yellow', () => {
  it.each(['dibao', 'tekun', 'dibian'] as const)('%s from its first day to its last', (name) => {
    const held = tag(name, { from: '2026-11-10', until: '2026-11-20' })
    const subject = residentSubject({ resident: { tags: [held] } })
    expect(
      ['2026-11-09', '2026-11-10', '2026-11-20', '2026-11-21'].map((day) => colour(subject, day)),
    ).toEqual(['green', 'yellow', 'yellow', 'green'])
  })

  it('sixty with nobody younger at home', () => {
    const couple = residentSubject({
      resident: { birth: '1960-01-01' },
      others: [{ birth: '1966-11-24' }],
    })
    expect(colour(couple)).toBe('green')
    expect(colourOf(couple, defaultScheme, today).until).toBe('2026-11-24')
    expect(colour(couple, '2026-11-24')).toBe('yellow')
  })

  it('sixty alone, on the birthday itself', () => {
    const subject = residentSubject({ resident: { birth: '1966-11-24' }, others: [] })
    expect(colour(subject)).toBe('green')
    expect(colour(subject, '2026-11-24')).toBe('yellow')
    expect(words(subject, '2026-11-24')).toEqual(['60岁，子女不在身边'])
  })

  it('sixty with the tag, and not with somebody of unknown age', () => {
    const resident = { birth: '1960-01-01' }
    const others = [{ birth: null }]
    expect(colour(residentSubject({ resident, others }))).toBe('green')
    const tagged = { ...resident, tags: [tag('empty-nest')] }
    expect(colour(residentSubject({ resident: tagged, others }))).toBe('yellow')
  })

  it('a tenant for less than six months', () => {
    const resident = {
      hukouDivision: '341221',
      arrivedOn: '2026-05-24',
      registeredOn: '2026-05-25',
    } as const
    const subject = residentSubject({ resident, dwelling: { use: 'rental' } })
    expect(colour(subject)).toBe('yellow')
    expect(colourOf(subject, defaultScheme, today).until).toBe('2026-11-24')
    expect(colour(subject, '2026-11-24')).toBe('blue')
    expect(colour(subject, '2026-12-24')).toBe('blue')
  })

  it('not a tenant whose arrival lies ahead or is not known', () => {
    const of = (arrivedOn: string | null) =>
      rules(residentSubject({ resident: { arrivedOn }, dwelling: { use: 'rental' } }))
    expect(of('2026-11-23')).toEqual(['tenant-new'])
    expect(of('2026-11-24')).toEqual([])
    expect(of(null)).toEqual([])
  })

  it('an endorsement due within thirty days, or past', () => {
    const due = (permitExpires: string) => colour(residentSubject({ resident: { permitExpires } }))
    expect(due(addDays(today, 31))).toBe('green')
    expect(due(addDays(today, 30))).toBe('yellow')
    expect(due(today)).toBe('yellow')
    expect(due(addDays(today, -1))).toBe('yellow')
    const subject = residentSubject({ resident: { permitExpires: addDays(today, 31) } })
    expect(colourOf(subject, defaultScheme, today).until).toBe(addDays(today, 1))
  })

  it('an address unverified for more than ten days', () => {
    const subject = residentSubject({ resident: { addressChangedOn: '2026-11-13' } })
    expect(colour(subject, '2026-11-23')).toBe('green')
    expect(colour(subject, '2026-11-24')).toBe('yellow')
    expect(colourOf(subject, defaultScheme, '2026-11-23').until).toBe('2026-11-24')
  })

  it('an address that somebody saw since is verified, on the very day too', () => {
    const resident = { addressChangedOn: '2026-10-01' }
    const seen = (lastMet: string) => colour(residentSubject({ resident, lastMet }))
    expect(seen('2026-09-30')).toBe('yellow')
    expect(seen('2026-10-01')).toBe('green')
    expect(colour(residentSubject({ resident: { ...resident, verifiedOn: '2026-10-02' } }))).toBe(
      'green',
    )
  })
})

describe('blue', () => {
  it('a registered floating resident who is no new tenant', () => {
    const resident = { hukouDivision: '341221', registeredOn: '2020-01-02' }
    expect(colour(residentSubject({ resident }))).toBe('blue')
    expect(colour(residentSubject({ resident: { ...resident, registeredOn: null } }))).toBe('green')
  })

  it('who lives apart from the hukou: of another district of Hangzhou, not of another town', () => {
    const apart = { residence: '2', hukouDivision: '330106' } as const
    expect(rules(residentSubject({ resident: apart }))).toEqual(['lives-apart'])
    expect(rules(residentSubject({ resident: { ...apart, residence: '1' } }))).toEqual([])
    expect(rules(residentSubject({ resident: { ...apart, hukouDivision: '330122' } }))).toEqual([])
    expect(rules(residentSubject({ resident: { ...apart, hukouDivision: '330113001' } }))).toEqual([
      'lives-apart',
    ])
  })

  it('a rental without an open hazard that somebody verified and lives in', () => {
    const hazard = { id: '00000000-0000-7000-8000-0000000000a4', type: '01', found: '2026-01-01' }
    expect(colour(dwellingSubject({ use: 'rental' }))).toBe('blue')
    expect(colour(dwellingSubject({ use: 'rental', hazards: [hazard] }))).toBe('green')
    expect(colour(dwellingSubject({ use: 'rental' }, []))).toBe('grey')
    expect(colour(dwellingSubject({ use: 'rental' }, [{}]))).toBe('grey')
    expect(colour(dwellingSubject({ use: 'rental' }, [{}], '2026-11-01'))).toBe('blue')
  })
})

describe('grey and green', () => {
  const unverified = { verifiedOn: null }

  it('nobody who was never verified is green or blue', () => {
    expect(colour(residentSubject({ resident: unverified }))).toBe('grey')
    const floating = { ...unverified, hukouDivision: '341221', permitType: '01' }
    expect(colour(residentSubject({ resident: floating }))).toBe('grey')
    const apart = { ...unverified, hukouDivision: '330106', residence: '2' } as const
    expect(colour(residentSubject({ resident: apart }))).toBe('grey')
  })

  it('a visit verifies', () => {
    expect(colour(residentSubject({ resident: unverified, lastMet: '2026-11-01' }))).toBe('green')
  })

  it('an empty dwelling is grey, however often somebody called', () => {
    expect(colour(dwellingSubject({ use: 'vacant' }, [], '2026-11-01'))).toBe('grey')
    expect(colour(dwellingSubject({}, [{}]))).toBe('grey')
    expect(colour(dwellingSubject({}, [{}], '2026-11-01'))).toBe('green')
  })

  it('tags that ask for no call change nothing', () => {
    const names: CareTag[] = ['pregnant', 'veteran', 'martyr-family']
    const resident = { tags: names.map((name) => tag(name)) }
    expect(colour(residentSubject({ resident }))).toBe('green')
  })
})

describe('several rules at once', () => {
  it('are all told, the most urgent first', () => {
    const subject = residentSubject({
      resident: {
        birth: '1940-01-01',
        tags: [tag('dibao'), tag('disabled', { grade: 2 })],
      },
      others: [],
    })
    const found = colourOf(subject, defaultScheme, today)
    expect(found.colour).toBe('red')
    expect(found.reasons.map((reason) => [reason.rule, reason.level])).toEqual([
      ['aged-80-alone', 'red'],
      ['severe-disability', 'orange'],
      ['aged-60-empty-nest', 'yellow'],
      ['disability', 'yellow'],
      ['low-income', 'yellow'],
    ])
  })

  it('lateness of a visit is none of them', () => {
    const subject = residentSubject({ resident: { verifiedOn: '2019-01-01' } })
    expect(colourOf(subject, defaultScheme, today)).toEqual({
      colour: 'green',
      reasons: [],
      until: '2045-06-15', // sixty, with nobody younger
    })
  })
})
