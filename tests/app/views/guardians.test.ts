import { describe, expect, it } from 'vitest'
import { guardiansAmong, missingGuardian } from '#app/views/guardians.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'

const today = '2026-11-23'
const child = { birth: '2020-01-01', relation: '30' }
const grown = (name: string, more: object = {}) => ({ name, birth: '1990-01-01', ...more })
const among = (one: object, family: readonly object[]) =>
  guardiansAmong(one, family, today).map(({ name, relation }) => [name, relation])

describe('a guardian', () => {
  it('is offered among the grown of the family, parents first, with what they are to the child', () => {
    const family = [
      grown('样例叔', { relation: '73', sex: '1' }),
      grown('样例父', { relation: '02', sex: '1', phones: ['13800000000'] }),
      grown('样例母', { relation: '10', sex: '2' }),
      { name: '样例兄', birth: '2012-01-01', relation: '22' },
      { birth: '1990-01-01' },
    ]
    expect(among(child, family)).toEqual([
      ['样例父', '51'],
      ['样例母', '52'],
      ['样例叔', null],
    ])
    expect(guardiansAmong(child, family, today)[0]?.phone).toBe('13800000000')
  })

  it('of a grandchild of the head is the son or daughter before the grandparents', () => {
    const family = [
      grown('样例爷', { relation: '02', sex: '1' }),
      grown('样例爸', { relation: '20', sex: '1' }),
      grown('样例妈', { relation: '38', sex: '2' }),
    ]
    expect(among({ ...child, relation: '41' }, family)).toEqual([
      ['样例爸', '51'],
      ['样例妈', '52'],
      ['样例爷', '61'],
    ])
  })

  it('has no relation where the household tells none', () => {
    expect(among({ birth: '2020-01-01' }, [grown('样例甲', { relation: '02' })])).toEqual([
      ['样例甲', null],
    ])
  })
})

describe('a child without one', () => {
  const missing = [{ field: 'guardianName', problem: 'guardian-needed' }]
  it('is not saved newly, where the policy wants one, as it does by itself', () => {
    expect(missingGuardian(defaultPolicy, {}, child, today)).toEqual(missing)
    const off = { ...defaultPolicy, guardianRequired: false }
    expect(missingGuardian(off, {}, child, today)).toEqual([])
    // Nobody is held to a field that the office does not ask.
    const unasked = { ...defaultPolicy, off: ['guardianName'] }
    expect(missingGuardian(unasked, {}, child, today)).toEqual([])
    expect(missingGuardian(defaultPolicy, {}, { ...child, guardianName: '样例母' }, today)).toEqual(
      [],
    )
    expect(missingGuardian(defaultPolicy, {}, { birth: '2000-01-01' }, today)).toEqual([])
  })

  it('who was in the register before can be changed in other things', () => {
    expect(missingGuardian(defaultPolicy, child, { ...child, birth: '2020-02-01' }, today)).toEqual(
      [],
    )
    const known = { ...child, guardianName: '样例母' }
    expect(missingGuardian(defaultPolicy, known, child, today)).toEqual(missing)
  })
})
