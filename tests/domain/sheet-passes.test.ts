/** What a table's filter lets through. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { createPinyinOrder, createSpelling } from '#domain/name-order.ts'
import { missingFacts, type SheetFilter } from '#domain/sheet-filter.ts'
import { countFilters, isFiltering, passes } from '#domain/sheet-passes.ts'
import { sampleResident, sheetRow } from './sheet-row.ts'

const place = { gridId: 'g', buildingId: 'b' }
const row = (more: Parameters<typeof sheetRow>[0] = {}) => ({ ...sheetRow(more), ...place })
const person = (more: Partial<typeof sampleResident>) =>
  row({ resident: { ...sampleResident, ...more } })

describe('a filter', () => {
  it('that asks nothing has whoever lives here now', () => {
    expect(passes(row(), {})).toBe(true)
    expect(passes(person({ movedOutOn: '2026-01-01' }), {})).toBe(false)
    expect(passes(person({ diedOn: '2026-01-01' }), { presence: 'gone' })).toBe(true)
    expect(passes(row(), { presence: 'gone' })).toBe(false)
    expect(passes(person({ diedOn: '2026-01-01' }), { presence: 'all' })).toBe(true)
    const left = { dwelling: '', endedOn: '2026-01-01' }
    expect(passes(row({ resident: null, household: left }), {})).toBe(false)
    expect(passes(row({ resident: null, household: null }), {})).toBe(true)
  })

  it('of care has whoever has some that goes on, and whose day has come', () => {
    const care = (more: object) =>
      ({ id: 'a', need: 'meals', who: '样例', from: '2026-01-01', ...more }) as const
    const with_ = (more: object) => person({ cares: [care(more)] })
    expect(passes(person({}), { care: 'some' })).toBe(false)
    expect(passes(with_({ look: '2027-01-01' }), { care: 'some' })).toBe(true)
    expect(passes(with_({ look: '2027-01-01' }), { care: 'lapsed' })).toBe(false)
    expect(passes(with_({ look: '2026-11-23' }), { care: 'lapsed' })).toBe(true)
    expect(passes(with_({ look: '2026-11-01', endedOn: '2026-11-02' }), { care: 'some' })).toBe(
      false,
    )
    expect(countFilters({ care: 'lapsed' })).toBe(1)
  })

  it('of vehicles has the dwellings that have one', () => {
    const room = (plates: readonly string[]) => row({ resident: null, plates })
    expect(passes(room([]), { vehicles: true })).toBe(false)
    expect(passes(room(['浙A00001']), { vehicles: true })).toBe(true)
    expect(passes(room([]), {})).toBe(true)
  })

  it.each<[SheetFilter, boolean]>([
    [{ colours: ['red', 'green'] }, true],
    [{ colours: ['green'] }, false],
    [{ colours: [] }, true],
    [{ tags: ['disabled', 'dibao'] }, true],
    [{ tags: ['dibao'] }, false],
    [{ ageFrom: 86 }, true],
    [{ ageFrom: 87 }, false],
    [{ ageTo: 86 }, true],
    [{ ageFrom: 10, ageTo: 85 }, false],
    [{ residences: ['apart'] }, true],
    [{ residences: ['floating'] }, false],
    [{ residences: ['2'] }, true],
    [{ residences: ['1', 'floating'] }, false],
    [{ uses: ['own'] }, true],
    [{ uses: ['rental'] }, false],
    [{ grid: 'g' }, true],
    [{ grid: 'other' }, false],
    [{ estate: '样例苑', building: 'b' }, true],
    [{ estate: '别的苑' }, false],
    [{ building: 'other' }, false],
    [{ due: 'overdue' }, true],
    [{ due: 'week' }, true],
    [{ missing: ['phone'] }, false],
    [{ missing: ['phone', 'notice'] }, true],
    [{ colours: ['red'], tags: ['dibao'] }, false],
    [{ metFrom: '2026-11-14', metTo: '2026-11-14' }, true],
    [{ metFrom: '2026-11-15' }, false],
    [{ metTo: '2026-11-13' }, false],
    [{ neverMet: true }, false],
    [{ dueFrom: '2026-11-21', dueTo: '2026-11-30' }, true],
    [{ dueFrom: '2026-11-22' }, false],
    [{ reasons: ['b', 'c'] }, true],
    [{ reasons: ['c'] }, false],
    [{ reasons: ['by-hand'] }, false],
    [{ reasons: [] }, true],
    [{ arrivedFrom: '2000-01-01' }, false],
    [{ arrivedWithin: 6 }, false],
  ])('%j', (filter, expected) => {
    expect(passes(row(), filter)).toBe(expected)
  })

  it('asks when somebody moved in, by days and by months before today', () => {
    const came = (arrivedOn: string, filter: SheetFilter) => passes(person({ arrivedOn }), filter)
    const july: SheetFilter = { arrivedFrom: '2026-07-01', arrivedTo: '2026-07-31' }
    expect(
      ['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01'].map((day) => came(day, july)),
    ).toEqual([false, true, true, false])
    // Half a year before the 23rd of November is the 23rd of May: from the day after on it is less.
    const half: SheetFilter = { arrivedWithin: 6 }
    expect(
      ['2026-05-23', '2026-05-24', '2026-11-23', '2026-11-24'].map((day) => came(day, half)),
    ).toEqual([false, true, true, false])
    // Of a household it is enough that one of its people came then.
    const home = row({
      resident: null,
      people: [sampleResident, { ...sampleResident, arrivedOn: '2026-07-02' }],
    })
    expect(passes(home, july)).toBe(true)
  })

  it('finds those whom nobody met, beside those met on some days', () => {
    const never = row({ lastMet: null })
    expect(passes(never, { neverMet: true })).toBe(true)
    expect(passes(never, { metTo: '2026-12-31' })).toBe(false)
    expect(passes(never, { metTo: '2026-11-30', neverMet: true })).toBe(true)
    expect(passes(row(), { metTo: '2026-11-30', neverMet: true })).toBe(true)
  })

  it('knows a colour given by hand from one by a rule', () => {
    const byHand = row({ reasons: [{ rule: 'by-hand/1', level: 'red' }] })
    expect(passes(byHand, { reasons: ['by-hand'] })).toBe(true)
    expect(passes(byHand, { reasons: ['a'] })).toBe(false)
  })

  it('counts from one day to another as one question', () => {
    expect(countFilters({ metFrom: '2026-01-01', metTo: '2026-02-01', neverMet: true })).toBe(2)
    expect(countFilters({ arrivedWithin: 6, reasons: ['a'], dueTo: '2026-01-01' })).toBe(3)
  })

  it('finds what is missing, one by one', () => {
    const whole = {
      ...sampleResident,
      hukouAddress: '样例路1号',
      noticeOn: '2026-01-01',
    }
    const without: Record<string, Parameters<typeof sheetRow>[0]> = {
      phone: { resident: { ...whole, phones: [] } },
      document: { resident: { ...whole, documentNumber: null } },
      birth: { resident: { ...whole, birth: null } },
      residence: { resident: { ...whole, residence: null } },
      hukou: { resident: { ...whole, hukouDivision: null, hukouAddress: null } },
      relation: { resident: { ...whole, relation: null } },
      notice: { resident: { ...whole, noticeOn: null } },
      verified: { resident: whole, colour: 'grey' },
      landlord: {
        resident: whole,
        dwelling: { building: 'b', floor: 1, room: '101', use: 'rental' },
      },
    }
    expect(Object.keys(without)).toEqual([...missingFacts])
    for (const fact of missingFacts) {
      expect(passes(row({ resident: whole }), { missing: [fact] }), fact).toBe(false)
      const lacking = missingFacts.filter((other) =>
        passes(row(without[fact]), { missing: [other] }),
      )
      expect(lacking, fact).toEqual([fact])
    }
  })

  it('asks of a household whether one of its people fits', () => {
    const child = { ...sampleResident, birth: '2020-01-01', phones: [] }
    const home = row({ resident: null, people: [sampleResident, child] })
    expect(passes(home, { ageTo: 10 })).toBe(true)
    expect(passes(home, { ageFrom: 10, ageTo: 20 })).toBe(false)
    expect(passes(home, { missing: ['phone'] })).toBe(true)
    expect(passes(home, { tags: ['disabled'] })).toBe(true)
  })

  it('due within a week has the overdue as well, and nobody who needs no call', () => {
    const due = (overdue: number) => row({ due: { on: '2026-11-23', overdue } })
    expect([-8, -7, 0, 1].map((days) => passes(due(days), { due: 'week' }))).toEqual([
      false,
      true,
      true,
      true,
    ])
    expect([0, 1].map((days) => passes(due(days), { due: 'overdue' }))).toEqual([false, true])
    expect(passes(row({ due: null }), { due: 'week' })).toBe(false)
  })

  it('counts its questions', () => {
    expect(countFilters({})).toBe(0)
    expect(countFilters({ colours: [], grid: null, ageFrom: null, presence: 'present' })).toBe(0)
    expect(countFilters({ colours: ['red'], ageFrom: 0, ageTo: 5, presence: 'all' })).toBe(3)
    expect(isFiltering({ due: 'week' })).toBe(true)
  })
})

describe('names in the order of pinyin', () => {
  const order = createPinyinOrder()

  it('are read as surnames are', () => {
    const names = ['赵一', '单一', '沈一', '钱一', '仇一', '解一', '曾一', '查一', '张一', '区一']
    // ou, qian, qiu, shan, shen, xie, zeng, zha, zhang, zhao
    expect(
      [...names]
        .sort(order)
        .map((name) => name.charAt(0))
        .join(''),
    ).toBe('区钱仇单沈解曾查张赵')
  })

  it('are read as the search reads them: double surnames, and those that are seldom', () => {
    const names = ['魏一', '尉迟一', '高一', '盖一', '葛一', '雷一', '乐一', '岳一', '秦一', '覃一']
    // gao, ge, ge, lei, qin, qin, wei, yu, yue, yue
    expect(
      [...names]
        .sort(order)
        .map((name) => name.slice(0, -1))
        .join(' '),
    ).toMatch(/^高 (盖 葛|葛 盖) 雷 (秦 覃|覃 秦) 魏 尉迟 (乐 岳|岳 乐)$/)
  })

  it('count the numbers in them', () => {
    expect(['12幢', '3幢', '3幢 2单元'].sort(order)).toEqual(['3幢', '3幢 2单元', '12幢'])
  })

  it('stand as their spellings stand, letter by letter', () => {
    const letters = [...'王李单仇解张赵阿重行乐长曾万0123059aAbBzZéè·-,.()（）、 ']
    const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
        const spelling = createSpelling()
        for (const one of texts) spelling.learn(one)
        spelling.rank([...(spelling.unranked() ?? [])].sort(spelling.compare))
        expect(spelling.unranked()).toBeNull()
        const keyed = [...texts].sort((a, b) => {
          const [one, two] = [spelling.keyOf(a), spelling.keyOf(b)]
          return one === two ? order(a, b) : one < two ? -1 : 1
        })
        expect(keyed).toEqual([...texts].sort(order))
      }),
      { numRuns: 500 },
    )
  })

  it('are an order: nothing equal but the same, and the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(Math.sign(order(a, b))).toBe(-Math.sign(order(b, a)) || 0)
        expect(order(a, b) === 0).toBe(a === b)
      }),
    )
  })
})
