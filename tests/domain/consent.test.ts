/** What rests on consent, who withdrew or restricted it, and who may ask about somebody. */
import { describe, expect, it } from 'vitest'
import {
  consentsMissing,
  groundOf,
  isWithheld,
  unconsented,
  withheldProblems,
} from '#domain/consent.ts'
import { inquiryProblems, inquiryWants, mayRequest, requesters } from '#domain/inquiry.ts'
import { residentColumns } from '#domain/resident-columns.ts'
import { sheetRow } from './sheet-row.ts'

const today = '2026-11-23'
const given = (field: string, more = {}) => ({
  ...{ field, version: 2, on: '2026-01-01', how: 'spoken', ...more },
})

describe('a ground', () => {
  it('is consent for some, and for a floating resident the duty of registration', () => {
    const here = { hukouDivision: '330111' }
    const floating = { hukouDivision: '340111' }
    for (const field of ['education', 'marriage', 'workplace']) {
      expect(groundOf(field, here), field).toBe('consent')
      expect(groundOf(field, floating), field).toBe('duty')
    }
    expect(groundOf('ethnicity', floating)).toBe('consent')
    expect(groundOf('name', here)).toBe('duty')
  })
})

describe('what rests on consent', () => {
  it('waits for one to be noted', () => {
    const person = {
      name: '样例',
      ethnicity: '01',
      workplace: '样例厂',
      consents: [given('ethnicity')],
    }
    expect(unconsented(person)).toEqual(['workplace'])
  })

  it('is withheld after it was withdrawn, and under a restriction; duties are not', () => {
    const withdrawn = {
      workplace: '样例厂',
      consents: [given('workplace', { withdrawnOn: today })],
    }
    expect(isWithheld('workplace', withdrawn)).toBe(true)
    expect(isWithheld('workplace', { ...withdrawn, hukouDivision: '340111' })).toBe(false)
    expect(isWithheld('note', { restrictedOn: today })).toBe(true)
    expect(isWithheld('phones', { restrictedOn: today })).toBe(false)
  })

  it('takes no new value then, and may be cleared', () => {
    const before = { workplace: '样例厂', note: '样例', restrictedOn: today }
    const problem = (after: object) => withheldProblems(before, { ...before, ...after })
    expect(problem({ workplace: '样例店' })).toEqual([
      { field: 'workplace', problem: 'field-restricted' },
    ])
    expect(problem({ workplace: null })).toEqual([])
    expect(problem({ birth: '1980-01-01' })).toEqual([])
  })

  it('takes a new value with a consent alone, given before or in the same save', () => {
    const missing = (before: object, after: object) =>
      consentsMissing({ ...before }, { ...before, ...after }).map(({ field }) => field)
    expect(missing({}, { note: '样例', name: '样例' })).toEqual(['note'])
    expect(missing({}, { note: '样例', consents: [given('note')] })).toEqual([])
    expect(missing({ consents: [given('note')] }, { note: '样例' })).toEqual([])
    const withdrawn = { consents: [given('note', { withdrawnOn: today })] }
    expect(missing(withdrawn, { note: '样例' })).toEqual(['note'])
    // What was there before without one stays, and may be cleared; another value of it is a new one.
    expect(missing({ note: '样例' }, { birth: '1980-01-01' })).toEqual([])
    expect(missing({ note: '样例' }, { note: null })).toEqual([])
    expect(missing({ note: '样例' }, { note: '另外' })).toEqual(['note'])
    expect(missing({ hukouDivision: '340111' }, { workplace: '样例厂' })).toEqual([])
  })

  it('stands in no table and leaves in none', () => {
    const [workplace, name] = ['workplace', 'name'].map((key) =>
      residentColumns.find((column) => column.key === key),
    )
    const row = (more: object) => {
      const base = sheetRow()
      return { ...base, resident: base.resident && { ...base.resident, ...more } }
    }
    expect(workplace?.value(row({ workplace: '样例厂' }))).toBeTruthy()
    expect(
      workplace?.value(row({ workplace: '样例厂', restrictedOn: today, hukouDivision: '330111' })),
    ).toBeNull()
    expect(name?.value(row({ restrictedOn: today }))).toBeTruthy()
  })
})

describe('a request', () => {
  it('is one of eight', () => {
    expect(inquiryWants).toHaveLength(8)
  })

  it.each([
    ['self', {}, true],
    ['self', { birth: '2015-01-01' }, false],
    ['self', { birth: '2010-01-01' }, true],
    ['self', { diedOn: '2026-01-01' }, false],
    ['guardian', { birth: '2015-01-01' }, true],
    ['guardian', { diedOn: '2026-01-01' }, false],
    ['kin', {}, false],
    ['kin', { diedOn: '2026-01-01' }, true],
    ['agent', {}, true],
  ] as const)('of %s about %o: %s', (requester, person, may) => {
    expect(mayRequest(requester, person, today)).toBe(may)
  })

  it('of anybody but the person says who, and by which paper', () => {
    for (const requester of requesters.slice(1)) {
      const person = requester === 'kin' ? { diedOn: today } : {}
      expect(inquiryProblems({ requester }, person, today).map(({ field }) => field)).toEqual([
        'askedBy',
        'authority',
      ])
      const said = { requester, askedBy: '样例乙', authority: '户口簿' }
      expect(inquiryProblems(said, person, today)).toEqual([])
    }
    expect(inquiryProblems({}, { birth: '2015-01-01' }, today)).toEqual([])
  })
})
