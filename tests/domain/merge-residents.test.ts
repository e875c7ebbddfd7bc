/** What a merge takes over, field by field: nothing that anybody knew gets lost. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { choicesOf, fieldsTaken } from '#domain/merge-residents.ts'
import type { Resident } from '#domain/resident.ts'

const base: Resident = { household: 'h', name: '样例甲' }
const tag = { tag: 'dibao', source: 'told', from: '2026-01-01' } as const

describe('the record that counts', () => {
  it('keeps its own values, and takes what it does not know', () => {
    const taken = fieldsTaken(
      { ...base, note: 'mine', birth: null },
      {
        ...base,
        household: 'other',
        note: 'theirs',
        birth: '1950-03-08',
        movedOutOn: '2026-01-01',
      },
      new Set(),
    )
    expect(taken).toEqual({ birth: '1950-03-08' })
  })

  it('takes the consent along with a value, and keeps its own to what is its own', () => {
    const given = (field: string, on: string) => ({ field, version: 2, on, how: 'spoken' }) as const
    const mine = { ...base, note: 'mine', consents: [given('note', '2026-01-01')] }
    const other: Resident = {
      ...{ ...base, note: 'theirs', workplace: '样例厂' },
      consents: [given('note', '2026-02-02'), given('workplace', '2026-02-02')],
    }
    expect(fieldsTaken(mine, other, new Set()).consents).toEqual([
      given('note', '2026-01-01'),
      given('workplace', '2026-02-02'),
    ])
    expect(fieldsTaken(mine, other, new Set(['note'])).consents).toEqual([
      given('note', '2026-02-02'),
      given('workplace', '2026-02-02'),
    ])
  })

  it('takes the other value where somebody chose it', () => {
    const other: Resident = { ...base, name: '样例乙', note: 'theirs' }
    expect(fieldsTaken({ ...base, note: 'mine' }, other, new Set(['note']))).toEqual({
      note: 'theirs',
    })
  })

  it('takes number and kind of a document together', () => {
    const mine: Resident = { ...base, documentType: '111', documentNumber: 'a' }
    const other: Resident = { ...base, documentType: '414', documentNumber: 'b' }
    expect(choicesOf(mine, other).find(({ differs }) => differs)?.field).toBe('documentNumber')
    expect(fieldsTaken(mine, other, new Set(['documentNumber']))).toEqual({
      documentType: '414',
      documentNumber: 'b',
    })
  })

  it('has the telephones, tags and answers of both, and the later day of verifying', () => {
    const mine: Resident = { ...base, phones: ['1'], notSameAs: ['x'], verifiedOn: '2026-01-01' }
    const other: Resident = {
      ...base,
      phones: ['2', '1'],
      tags: [tag],
      notSameAs: ['y'],
      verifiedOn: '2026-02-01',
    }
    expect(fieldsTaken(mine, other, new Set())).toEqual({
      phones: ['1', '2'],
      tags: [tag],
      notSameAs: ['x', 'y'],
      verifiedOn: '2026-02-01',
    })
  })

  it('has the care of both, and what stands with both once', () => {
    const care = (id: string) =>
      ({ id, need: 'meals', who: '样例助餐点', from: '2026-01-01' }) as const
    const mine: Resident = { ...base, cares: [care('a')] }
    const other: Resident = { ...base, cares: [care('b'), { ...care('a'), who: '别处' }] }
    expect(fieldsTaken(mine, other, new Set()).cares).toEqual([care('a'), care('b')])
    expect(fieldsTaken(base, other, new Set()).cares).toEqual(other.cares)
    expect(fieldsTaken(mine, base, new Set())).toEqual({})
  })

  it('never takes over where the other one lived, left or died, nor colours by hand', () => {
    const other = {
      ...base,
      household: 'other',
      relation: '02',
      movedOutOn: '2026-01-01',
      diedOn: '2026-01-01',
      overrides: [{ id: 'o' }],
      mergedInto: 'z',
    } as unknown as Resident
    expect(fieldsTaken(base, other, new Set())).toEqual({})
  })
})

const value = fc.constantFrom(null, undefined, 'a', 'b')
const someone = fc
  .record({ sex: value, birth: value, note: value, workplace: value, hukouAddress: value })
  .map((fields) => ({ ...base, ...fields }) as unknown as Resident)

it('for any two: whatever either of them knew is in one of both, and asked for where they differ', () => {
  fc.assert(
    fc.property(someone, someone, fc.subarray(['birth', 'note']), (mine, other, chosen) => {
      const after = { ...mine, ...fieldsTaken(mine, other, new Set(chosen)) }
      for (const { field, differs } of choicesOf(mine, other)) {
        expect(after[field] ?? null).not.toBeNull()
        if (differs) expect(after[field]).toBe(chosen.includes(field) ? other[field] : mine[field])
      }
      // The same question from the other side.
      const asked = (a: Resident, b: Resident) =>
        choicesOf(a, b).map(({ field, differs }) => `${field} ${differs}`)
      expect(asked(mine, other)).toEqual(asked(other, mine))
    }),
  )
})
