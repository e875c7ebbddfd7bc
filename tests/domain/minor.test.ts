/** Who is a minor, and which approval lets whom look: days around the birthdays, ends, and nobody for themself. */
import { describe, expect, it } from 'vitest'
import {
  approvalFor,
  approvalProblems,
  type Approval,
  type StandingApproval,
} from '#domain/approval.ts'
import { ageGroupOf, guardianProblems, needsApproval, wantsGuardian } from '#domain/minor.ts'

const today = '2026-11-23'

it.each([
  ['2012-11-24', 'under-14'],
  ['2012-11-23', 'under-18'],
  ['2008-11-24', 'under-18'],
  ['2008-11-23', null],
  ['2026-11-23', 'under-14'],
  ['2026-11-24', null],
  ['2012-02-29', 'under-18'],
] as const)('somebody born %s is %s', (birth, group) => {
  expect(ageGroupOf({ birth }, today)).toBe(group)
})

it('says it of the number where there is no birth day, and of nobody without both', () => {
  expect(ageGroupOf({ documentNumber: '100101201501018888' }, today)).toBeNull() // a wrong check
  expect(ageGroupOf({}, today)).toBeNull()
  expect(ageGroupOf({ birth: null, documentNumber: 'E12345678' }, today)).toBeNull()
})

it('withholds what is the child’s own, and never whom to call', () => {
  const child = { birth: '2015-01-01' }
  for (const field of ['name', 'documentNumber', 'phones', 'edit']) {
    expect(needsApproval(child, field, today), field).toBe(true)
  }
  for (const field of ['guardianName', 'guardianPhone', 'contactName', 'contactPhone']) {
    expect(needsApproval(child, field, today), field).toBe(false)
  }
  expect(needsApproval({ birth: '1980-01-01' }, 'phones', today)).toBe(false)
})

it('wants none where the office does not ask the field', () => {
  const policy = (off: string[]) => wantsGuardian({ guardianRequired: true, off })
  expect([policy([]), policy(['guardianName'])]).toEqual([true, false])
})

it('asks for a guardian of whoever is new or made worse', () => {
  const missing = [{ field: 'guardianName', problem: 'guardian-needed' }]
  expect(guardianProblems({}, { birth: '2015-01-01' }, today)).toEqual(missing)
  expect(guardianProblems({}, { birth: '2015-01-01', guardianName: '样例母' }, today)).toEqual([])
  const before = { birth: '2015-01-01' }
  expect(guardianProblems(before, { ...before, note: '样例' }, today)).toEqual([])
  expect(guardianProblems({ ...before, guardianName: '样例母' }, before, today)).toEqual(missing)
  expect(guardianProblems({}, { birth: '2010-01-01' }, today)).toEqual([])
})

describe('an approval', () => {
  const one = (id: string, more: Partial<Approval> = {}, by = 'admin'): StandingApproval => ({
    id,
    by,
    fields: {
      ...{ acts: ['reveal'], roles: ['worker'], reason: '样例' },
      ...{ from: '2026-11-01', until: '2026-11-30' },
      ...more,
    },
  })
  const asked = { account: 'anna', role: 'worker', act: 'reveal', on: today } as const

  it.each([
    ['covers its roles and acts in its days', {}, 'a'],
    ['not another role', { roles: ['staff' as const] }, null],
    ['not another act', { acts: ['export' as const] }, null],
    ['not before its first day', { from: '2026-11-24' }, null],
    ['on its last day', { until: today }, 'a'],
    ['not after its last day', { until: '2026-11-22' }, null],
    ['on the day on which it was ended', { endedOn: today }, 'a'],
    ['not after that', { endedOn: '2026-11-22' }, null],
    ['no longer than it would have stood', { until: '2026-11-22', endedOn: '2026-11-29' }, null],
  ])('%s', (_, more, found) => {
    expect(approvalFor([one('a', more)], asked)?.id ?? null).toBe(found)
  })

  it('never covers whoever made it', () => {
    expect(approvalFor([one('a', {}, 'anna')], asked)).toBeNull()
    expect(approvalFor([one('a', {}, 'anna'), one('b')], asked)?.id).toBe('b')
  })

  it('is the same one on every device: the one that stands longest', () => {
    const two = [one('b'), one('a'), one('c', { until: '2026-12-31' })]
    expect(approvalFor(two, asked)?.id).toBe('c')
    expect(approvalFor(two.slice(0, 2), asked)?.id).toBe('a')
    expect(approvalFor([...two].reverse(), asked)?.id).toBe('c')
  })

  it('stands a year at most, for somebody, to do something', () => {
    const problems = (more: Partial<Approval>) =>
      approvalProblems({ ...one('a').fields, ...more }).map(({ field, problem }) => [
        field,
        problem,
      ])
    expect(problems({ until: '2027-11-02' })).toEqual([])
    expect(problems({ until: '2027-11-03' })).toEqual([['until', 'override-too-long']])
    expect(problems({ until: '2026-10-31' })).toEqual([['until', 'ended-before-begun']])
    expect(problems({ acts: [], roles: [] })).toEqual([
      ['acts', 'required'],
      ['roles', 'required'],
    ])
  })
})
