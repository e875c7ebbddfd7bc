import { describe, expect, it } from 'vitest'
import {
  assessedCases,
  assessmentProblems,
  keptUntil,
  unassessed,
  type Assessment,
} from '#domain/assessment.ts'

const assessment = (more: Partial<Assessment> = {}): Assessment => ({
  ...{ version: '2026-1', on: '2026-11-20', signedBy: '样例甲', fileName: '样例.pdf' },
  ...{ fileHash: 'a'.repeat(64), cases: ['sensitive'] },
  ...more,
})
const problems = (more: Partial<Assessment>) =>
  assessmentProblems(assessment(more), '2026-11-23').map(({ field, problem }) => [field, problem])

describe('an assessment', () => {
  it('covers something, was signed before, and names the rules that it looked at', () => {
    expect(problems({})).toEqual([])
    expect(problems({ on: '2026-11-24' })).toEqual([['on', 'day-in-future']])
    expect(problems({ cases: [] })).toEqual([['cases', 'required']])
    expect(problems({ cases: ['automated'] })).toEqual([['schemeVersion', 'required']])
    expect(problems({ cases: ['automated'], schemeVersion: 3 })).toEqual([])
  })

  it('is kept for three years at least', () => {
    expect(keptUntil(assessment())).toBe('2029-11-20')
    expect(keptUntil(assessment({ on: '2028-02-29' }))).toBe('2031-02-28')
  })
})

describe('what no assessment covers', () => {
  it('is everything where there is none, and what is left where some do', () => {
    expect(unassessed([], 1)).toEqual(assessedCases)
    const some = [assessment(), assessment({ cases: ['minors', 'entrusted'] })]
    expect(unassessed(some, 1)).toEqual(['automated', 'provision'])
  })

  it('are the colour rules again as soon as another version is in force', () => {
    const all = [assessment({ cases: [...assessedCases], schemeVersion: 3 })]
    expect(unassessed(all, 3)).toEqual([])
    expect(unassessed(all, 4)).toEqual(['automated'])
  })
})
