/** Whether two records may be of one person: what speaks for it, what against, and who is compared at all. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { identityCheckDigit } from '#domain/document-key.ts'
import type { Resident } from '#domain/resident.ts'
import { keysOf, likelihoodOf, likenessOf, personOf, type Person } from '#domain/same-person.ts'

/** Of nobody: no province has the code 20. */
const number = (birth: string, last = '111') => {
  const first17 = `200101${birth.replaceAll('-', '')}${last}`
  return first17 + identityCheckDigit(first17)
}
const lan = {
  household: 'h1',
  name: '王秀兰',
  sex: '2',
  birth: '1950-03-08',
  phones: ['10012345678'],
} satisfies Partial<Resident>

let made = 0
const person = (fields: Partial<Resident>): Person => {
  made += 1
  const found = personOf(`id${made}`, { ...lan, household: `h${made}`, ...fields })
  if (!found) throw new Error('merged')
  return found
}
const likeness = (a: Partial<Resident>, b: Partial<Resident>) => likenessOf(person(a), person(b))
const plain = { phones: [] }

describe('two records', () => {
  it.each<[string, Partial<Resident>, Partial<Resident>, string, readonly string[]]>([
    [
      'with one number, name and birthday',
      { documentNumber: number('1950-03-08') },
      { documentNumber: `'${number('1950-03-08').toLowerCase()} ` },
      'certain',
      ['same-document', 'same-name', 'same-birth', 'same-phone'],
    ],
    [
      'with the number of before 1999 and the one after',
      { ...plain, documentNumber: '200101500308111' },
      { ...plain, documentNumber: number('1950-03-08') },
      'certain',
      ['same-document', 'same-name', 'same-birth'],
    ],
    [
      'with one number under two names',
      { ...plain, documentNumber: number('1950-03-08') },
      { ...plain, documentNumber: number('1950-03-08'), name: '样例乙' },
      'doubtful',
      ['same-document', 'same-birth', 'other-name'],
    ],
    ['with name and birthday', plain, plain, 'doubtful', ['same-name', 'same-birth']],
    [
      'with name and telephone, where one has no birthday',
      { birth: null, phones: ['+8610012345678'] },
      { phones: ['100-1234-5678'] },
      'doubtful',
      ['same-name', 'same-phone'],
    ],
    [
      'with all but one character of the name',
      {},
      { name: '王秀蓝' },
      'doubtful',
      ['same-birth', 'near-name', 'same-phone'],
    ],
    [
      'with a name that lost a character',
      plain,
      { ...plain, name: '王兰' },
      'doubtful',
      ['same-birth', 'near-name'],
    ],
    [
      'with day and month of birth changed',
      {},
      { birth: '1950-08-03' },
      'doubtful',
      ['same-name', 'same-phone', 'near-birth'],
    ],
    [
      'with a birthday known to the year alone',
      {},
      { birth: '1950-01-01' },
      'doubtful',
      ['same-name', 'same-phone', 'near-birth'],
    ],
    [
      'with a slip in one number',
      { ...plain, documentNumber: number('1950-03-08') },
      { ...plain, documentNumber: number('1950-03-08').replace(/111(.)$/, '114$1') },
      'likely',
      ['same-name', 'near-document', 'same-birth'],
    ],
  ])('%s are asked about', (_, a, b, likelihood, reasons) => {
    const found = likeness(a, b)
    expect(found?.reasons).toEqual(reasons)
    expect(found && likelihoodOf(found)).toBe(likelihood)
  })

  it.each<[string, Partial<Resident>, Partial<Resident>]>([
    [
      'of one name and birthday with two numbers',
      { documentNumber: number('1950-03-08') },
      { documentNumber: number('1950-03-08', '335') },
    ],
    ['of one name and telephone born at other times', {}, { birth: '1977-10-20' }],
    ['of one birthday and telephone alone', {}, { name: '李建国' }],
    ['of one name and birthday, man and woman', plain, { ...plain, sex: '1' }],
    ['that are twins', { household: 'h', ...plain }, { household: 'h', ...plain, name: '王秀英' }],
    ['of whom both have left', { movedOutOn: '2026-01-01' }, { diedOn: '2026-01-01' }],
    ['of whom one left, by name and birthday alone', { ...plain, movedOutOn: '2026-01-01' }, plain],
  ])('%s are not', (_, a, b) => {
    expect(likeness(a, b)).toBeNull()
  })

  it('are asked about where one left and the number is the same', () => {
    const documentNumber = number('1950-03-08')
    expect(
      likeness({ documentNumber, movedOutOn: '2026-01-01' }, { documentNumber }),
    ).toMatchObject({ score: 100 })
  })

  it('are not asked about again, whichever of them has the answer', () => {
    const a = person({})
    const b = person({ notSameAs: [a.id] })
    const c = person({ sameAs: [a.id] })
    for (const other of [b, c]) {
      expect(likenessOf(a, other)).toBeNull()
      expect(likenessOf(other, a)).toBeNull()
    }
    expect(likenessOf(b, c)).not.toBeNull()
  })

  it('of which one was merged are none any more', () => {
    expect(personOf('a', { ...lan, mergedInto: 'b' })).toBeNull()
  })

  it('of two babies of one day are not, where their guardians or hukou are other ones', () => {
    const baby = { ...plain, birth: '2026-10-01', name: '样小宝', phones: [] }
    const other = { ...baby, name: '样小贝' }
    const [one, two] = [{ guardianName: '样母甲' }, { guardianName: '样母乙' }]
    expect(likeness({ ...baby, ...one }, { ...other, ...two })).toBeNull()
    expect(
      likeness({ ...baby, hukouDivision: '341222' }, { ...other, hukouDivision: '330111' }),
    ).toBeNull()
    // Two spellings of one guardian, a county and its village, are no difference.
    const [spelt, again] = [{ guardianName: '样 母甲' }, { guardianName: '样母甲' }]
    expect(likeness({ ...baby, ...spelt }, { ...baby, ...again })?.reasons).not.toContain(
      'other-guardian',
    )
    expect(
      likeness({ ...baby, hukouDivision: '330111' }, { ...baby, hukouDivision: '330111004201' })
        ?.reasons,
    ).not.toContain('other-hukou')
  })

  it('take a passport beside an identity card for no contradiction', () => {
    const passport = { documentType: '414', documentNumber: 'E20123456', ...plain }
    expect(likeness({ documentNumber: number('1950-03-08'), ...plain }, passport)?.reasons).toEqual(
      ['same-name', 'same-birth'],
    )
  })
})

const anybody = fc.record({
  id: fc.uuid(),
  household: fc.constantFrom('h1', 'h2'),
  name: fc.constantFrom('王秀兰', '王秀蓝', '王兰', '欧阳 小明', 'Ann Lee', '李', '样例甲'),
  birth: fc.constantFrom(null, '1950-03-08', '1950-08-03', '1950-01-01', '1977-10-20'),
  sex: fc.constantFrom('0', '1', '2', undefined),
  phones: fc.subarray(['10012345678', '+8610012345678', '100 8888 8888']),
  documentNumber: fc.constantFrom(null, number('1950-03-08'), '200101500308111', 'E20123456', 'x'),
  documentType: fc.constantFrom(undefined, '111', '414'),
  movedOutOn: fc.constantFrom(null, '2026-01-01'),
})

describe('for any two', () => {
  const two = fc
    .tuple(anybody, anybody)
    .map((pair) => pair.map(({ id, ...fields }) => personOf(id, fields as unknown as Resident)))
  it('the likeness is the same from both sides, within its bounds, and every reason stands once', () => {
    fc.assert(
      fc.property(two, ([a, b]) => {
        if (!a || !b) return
        const found = likenessOf(a, b)
        expect(likenessOf(b, a)).toEqual(found)
        if (!found) return
        expect(found.score).toBeGreaterThanOrEqual(45)
        expect(found.score).toBeLessThanOrEqual(100)
        expect(new Set(found.reasons).size).toBe(found.reasons.length)
      }),
    )
  })

  it('who is alike shares a key, so that the search by keys misses nobody', () => {
    fc.assert(
      fc.property(two, ([a, b]) => {
        if (!a || !b || !likenessOf(a, b)) return
        const keys = new Set(keysOf(a))
        expect(keysOf(b).some((key) => keys.has(key))).toBe(true)
      }),
    )
  })
})
