import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { identityCheckDigit } from '#domain/document-key.ts'
import { factsFromIdentity, residentHints, residentProblems } from '#domain/resident-check.ts'
import type { Resident } from '#domain/resident.ts'

const today = '2026-11-23'
const household = '01900000-0000-7000-8000-000000000001'
const first17 = '20010119900307123'
const number = first17 + identityCheckDigit(first17)

function problems(fields: Partial<Resident>): string[] {
  return residentProblems({ household, name: '样例甲', ...fields }, today).map(
    ({ field, problem }) => `${field} ${problem}`,
  )
}

describe('a document', () => {
  it('agrees with birth date and sex', () => {
    expect(problems({ documentType: '111', documentNumber: number })).toEqual([])
    expect(problems({ documentNumber: number, birth: '1990-03-07', sex: '1' })).toEqual([])
    expect(problems({ documentNumber: number, birth: '1990-03-08', sex: '2' })).toEqual([
      'birth id-mismatch-birth',
      'sex id-mismatch-sex',
    ])
  })

  it('says nothing of a sex that is not stated', () => {
    for (const sex of ['0', '9'] as const) {
      expect(problems({ documentNumber: number, sex })).toEqual([])
    }
  })

  it.each([
    ['111', '20010119900307', 'id-length'],
    ['111', `${first17}0`.replace(number, `${first17}1`), 'id-check-digit'],
    ['112', 'E20123456', 'id-characters'],
    ['113', '200101199013071234', 'id-birth'],
    [null, '200101199013071234', 'id-birth'],
    ['553', number, 'document-shape'],
    ['553', 'XX2001019003071', 'document-shape'],
    ['414', 'E2!', 'document-shape'],
    ['414', 'E'.repeat(31), 'document-shape'],
    ['516', '810000199003071234', 'id-check-digit'],
  ])('of type %s with number %s is refused as %s', (documentType, documentNumber, problem) => {
    expect(problems({ documentType, documentNumber })).toEqual([`documentNumber ${problem}`])
  })

  it.each([
    ['111', '200101900307123'],
    ['553', 'XXX200101900307'],
    ['414', 'E20123456'],
    ['516', 'H20123456'],
    ['511', '20123456'],
    ['114', '样字第2000123号'],
    ['117', 'T200123456'],
    ['111', ''],
    [undefined, null],
  ])('of type %s with number %s is taken', (documentType, documentNumber) => {
    expect(problems({ documentType, documentNumber })).toEqual([])
  })

  it('of fifteen digits is held against birth and sex too', () => {
    expect(problems({ documentNumber: '200101900307123', sex: '2' })).toEqual([
      'sex id-mismatch-sex',
    ])
  })
})

describe('days', () => {
  it.each([
    'birth',
    'arrivedOn',
    'registeredOn',
    'verifiedOn',
    'addressChangedOn',
    'movedOutOn',
    'diedOn',
    'noticeOn',
  ])('%s may be today but not later', (field) => {
    expect(problems({ [field]: today })).toEqual([])
    expect(problems({ [field]: '2026-11-24' })).toEqual([`${field} day-in-future`])
  })

  it('a permit may expire later', () => {
    expect(problems({ permitExpires: '2030-01-01' })).toEqual([])
  })

  it('nobody dies before birth or leaves before arrival', () => {
    expect(problems({ birth: '1950-05-05', diedOn: '1950-05-04' })).toEqual([
      'diedOn died-before-birth',
    ])
    expect(problems({ arrivedOn: '2020-05-05', movedOutOn: '2020-05-04' })).toEqual([
      'movedOutOn left-before-arrival',
    ])
    expect(problems({ birth: '1950-05-05', diedOn: '1950-05-05' })).toEqual([])
    expect(problems({ arrivedOn: '2020-05-05', movedOutOn: '2020-05-05' })).toEqual([])
  })

  it('nobody was born before 1850, and the problem says so', () => {
    expect(residentProblems({ birth: '1849-12-31' }, today)).toEqual([
      { field: 'birth', problem: 'day-too-early', limit: '1850-01-01' },
    ])
    expect(problems({ birth: '1850-01-01' })).toEqual([])
  })

  it('a tag does not end before it begins', () => {
    const tag = (until: string): Partial<Resident> => ({
      tags: [{ tag: 'dibao', source: 'told', from: '2026-01-02', until }],
    })
    expect(problems(tag('2026-01-01'))).toEqual(['tags ended-before-begun'])
    expect(problems(tag('2026-01-02'))).toEqual([])
  })

  it('a field has one problem, the first', () => {
    expect(problems({ birth: '2027-01-01', documentNumber: number })).toEqual([
      'birth day-in-future',
    ])
  })
})

describe('hints', () => {
  const hints = (fields: Partial<Resident>) => residentHints(fields, today)

  it('ask for a guardian under 14, and never as a problem', () => {
    const child = { birth: '2012-11-24' }
    expect(hints(child)).toEqual([{ field: 'guardianName', problem: 'guardian-needed' }])
    expect(problems(child)).toEqual([])
    expect(hints({ ...child, guardianName: '样例乙' })).toEqual([])
  })

  it('end on the fourteenth birthday, and ask nothing where no birth date is known', () => {
    expect(hints({ birth: '2012-11-23' })).toEqual([])
    expect(hints({})).toEqual([])
    expect(hints({ birth: 'young' })).toEqual([])
  })
})

describe('facts of a number', () => {
  it('are birth and sex', () => {
    expect(factsFromIdentity(number, today)).toEqual({ birth: '1990-03-07', sex: '1' })
    expect(factsFromIdentity('200101 900307 124', today)).toEqual({ birth: '1990-03-07', sex: '2' })
  })

  it.each(['', '20010119900307123', `${first17}!`, 'E20123456'])('%s has none', (text) => {
    expect(factsFromIdentity(text, today)).toBeNull()
  })
})

describe('odd input', () => {
  const names = [
    'documentNumber',
    'documentType',
    'birth',
    'sex',
    'diedOn',
    'arrivedOn',
    'movedOutOn',
    'tags',
    'guardianName',
  ]

  it('is answered without an exception', () => {
    // Objects without a primitive, such as {toString: 1}, throw when they are compared as text.
    const odd = fc.oneof(
      fc.anything({ maxDepth: 2, maxKeys: 3, withNullPrototype: true, withBigInt: true }),
      fc.array(
        fc.dictionary(fc.constantFrom('tag', 'from', 'until'), fc.anything({ maxDepth: 1 }), {
          maxKeys: 3,
        }),
        { maxLength: 3 },
      ),
      fc.constantFrom({ toString: 1, valueOf: 1 }, [null], [{ from: { toString: 1 }, until: {} }]),
    )
    const records = fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 6 })
    fc.assert(
      fc.property(records, (fields) => {
        const found = residentProblems(fields, today)
        for (const { field } of found) expect(names).toContain(field)
        expect(residentHints(fields as Partial<Resident>, today)).toBeInstanceOf(Array)
      }),
      { numRuns: 400 },
    )
  })
})
