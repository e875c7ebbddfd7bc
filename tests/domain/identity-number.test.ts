import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { addDays, dayToNumber, numberToDay } from '#domain/day.ts'
import {
  identityCheckDigit,
  normaliseDocument,
  upgradeIdentityNumber,
} from '#domain/document-key.ts'
import {
  checkIdentityNumber,
  earliestBirth,
  formatIdentityNumber,
  identityNumberProgress,
  isForeignPermanentCard,
  isResidencePermit,
} from '#domain/identity-number.ts'

const today = '2026-11-23'

/** A number with a right check digit; the area begins with 20, which nobody has. */
function sample(birth = '19900307', sequence = '123', area = '200101'): string {
  const first17 = `${area}${birth}${sequence}`
  return first17 + identityCheckDigit(first17)
}

const numbers = fc
  .record({
    area: fc.integer({ min: 200_000, max: 209_999 }),
    birth: fc.integer({ min: dayToNumber(earliestBirth), max: dayToNumber(today) }),
    sequence: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ area, birth, sequence }) =>
    sample(numberToDay(birth).replaceAll('-', ''), String(sequence).padStart(3, '0'), String(area)),
  )

const replaceAt = (text: string, index: number, letter: string) =>
  text.slice(0, index) + letter + text.slice(index + 1)

describe('the check digit', () => {
  it('is that of ISO 7064 MOD 11-2', () => {
    // The definition, not the weights: the number as a polynomial at 2 leaves 1 modulo 11.
    fc.assert(
      fc.property(numbers, (number) => {
        const values = [...number].map((letter) => (letter === 'X' ? 10 : Number(letter)))
        expect(values.reduce((rest, value) => (rest * 2 + value) % 11, 0)).toBe(1)
      }),
    )
  })

  it('tells every single wrong digit', () => {
    fc.assert(
      fc.property(numbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, index, by) => {
        const wrong = replaceAt(number, index, String((Number(number[index]) + by) % 10))
        expect(identityCheckDigit(wrong)).not.toBe(number[17])
        expect(checkIdentityNumber(wrong, today).ok).toBe(false)
      }),
    )
  })

  it('tells every wrong check character', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(...'0123456789X'), (number, letter) => {
        fc.pre(letter !== number[17])
        expect(checkIdentityNumber(replaceAt(number, 17, letter), today)).toEqual({
          ok: false,
          problem: 'id-check-digit',
          position: 17,
        })
      }),
    )
  })

  it('tells two neighbours that changed places', () => {
    fc.assert(
      fc.property(numbers, fc.nat(16), (number, index) => {
        const [a = '', b = ''] = number.slice(index, index + 2)
        fc.pre(a !== b)
        const swapped = replaceAt(replaceAt(number, index, b), index + 1, a)
        expect(checkIdentityNumber(swapped, today).ok).toBe(false)
      }),
    )
  })
})

describe('a whole number', () => {
  it('says birth, sex and division', () => {
    expect(checkIdentityNumber(sample('20040229', '121'), today)).toEqual({
      ok: true,
      done: true,
      number: sample('20040229', '121'),
      birth: '2004-02-29',
      sex: '1',
      division: '200101',
    })
    expect(checkIdentityNumber(sample('20040229', '122'), today)).toMatchObject({ sex: '2' })
  })

  it('is right for every day and sequence', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const found = checkIdentityNumber(number, today)
        expect(found.ok && found.birth.replaceAll('-', '')).toBe(number.slice(6, 14))
      }),
    )
  })

  it('is read with a small x, full width, blanks, hyphens and Excel’s apostrophe', () => {
    const x = [...Array(100).keys()]
      .map((index) => sample('19900307', String(index).padStart(3, '0')))
      .find((one) => one.endsWith('X'))
    if (!x) throw new Error('no sample number ends with X')
    const wide = [...x]
      .map((letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))
      .join('')
    for (const text of [
      x.toLowerCase(),
      wide,
      `'${x}`,
      ` ${x}\t`,
      `${formatIdentityNumber(x)}\u3000`,
    ]) {
      expect(normaliseDocument(text)).toBe(x)
      expect(checkIdentityNumber(text, today)).toMatchObject({ ok: true, number: x })
    }
  })

  it.each([
    ['', 'id-length', 0],
    ['20010119900307123', 'id-length', 17],
    [`${sample()}0`, 'id-length', 18],
    ['3.30111E+17', 'id-characters', 1],
    ['2001011990030712A4', 'id-characters', 16],
    ['无', 'id-characters', 0],
    ['X00101199003071234', 'id-characters', 0],
    [sample('19900230'), 'id-birth', 12],
    [sample('19901301'), 'id-birth', 11],
    [sample('20230229'), 'id-birth', 13],
    [sample('19900300'), 'id-birth', 13],
    [sample('18491231'), 'id-birth', 8],
  ])('%s is refused as %s at %i', (text, problem, position) => {
    expect(checkIdentityNumber(text, today)).toMatchObject({ ok: false, problem, position })
  })

  it('lets somebody be born today and not tomorrow', () => {
    const born = (day: string) => checkIdentityNumber(sample(day.replaceAll('-', '')), today)
    expect(born(today)).toMatchObject({ ok: true, birth: today })
    expect(born(addDays(today, 1))).toMatchObject({ ok: false, problem: 'id-birth' })
    expect(born(earliestBirth)).toMatchObject({ ok: true })
  })

  it('is an answer and no exception, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(typeof checkIdentityNumber(text, today).ok).toBe('boolean')
      }),
    )
  })
})

describe('a number being typed', () => {
  it('has nothing wrong with it until it is whole', () => {
    fc.assert(
      fc.property(numbers, fc.nat(17), (number, length) => {
        expect(identityNumberProgress(number.slice(0, length), today)).toEqual({
          ok: true,
          done: false,
        })
        expect(identityNumberProgress(number, today)).toMatchObject({ ok: true, done: true })
      }),
    )
  })

  it('is wrong at the first digit after which no right one can follow, and stays so', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^200101\d{12}$/), (number) => {
        const whole = checkIdentityNumber(number, today)
        fc.pre(!whole.ok && whole.problem === 'id-birth')
        if (whole.ok) return
        const before = number.slice(0, whole.position)
        expect(identityNumberProgress(before, today)).toEqual({ ok: true, done: false })
        for (let length = whole.position + 1; length <= 18; length += 1) {
          expect(identityNumberProgress(number.slice(0, length), today)).toMatchObject({
            problem: 'id-birth',
            position: whole.position,
          })
        }
      }),
    )
  })

  it.each([
    ['2001013', 6],
    ['20010117', 7],
    ['200101203', 8],
    ['2001012027', 9],
    ['20010120262', 10],
    ['200101202612', 11],
    ['2001012026113', 12],
    ['2001011990023', 12],
  ])('%s can lead nowhere', (text, position) => {
    expect(identityNumberProgress(text, today)).toMatchObject({ problem: 'id-birth', position })
  })
})

describe('old and other numbers', () => {
  it('fifteen digits become eighteen of the 20th century', () => {
    const old = '200101900307123'
    const upgraded = sample('19900307', '123')
    expect(upgradeIdentityNumber(old)).toBe(upgraded)
    expect(upgradeIdentityNumber(` ${old}'`)).toBe(upgraded)
    expect(checkIdentityNumber(old, today)).toMatchObject({ ok: false, upgraded })
    expect(checkIdentityNumber(upgraded, today)).toMatchObject({ ok: true, birth: '1990-03-07' })
  })

  it('fifteen digits that read as the start of eighteen are still known as old', () => {
    // 19 of the year 1919: also the beginning of a number of 18 digits born in the 1910s.
    expect(checkIdentityNumber('200101191101123', today)).toMatchObject({
      problem: 'id-length',
      upgraded: sample('19191101', '123'),
    })
    expect(identityNumberProgress('200101191101123', today)).toEqual({ ok: true, done: false })
  })

  it.each(['200101901301123', '200101900230123', '20010190030712', '2001019003071234', ''])(
    '%s is no old number',
    (text) => {
      expect(upgradeIdentityNumber(text)).toBeNull()
    },
  )

  it('knows the residence permits of Hong Kong, Macao and Taiwan residents', () => {
    expect(['810000', '820000', '830000', '840000', '110000'].map(isResidencePermit)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('knows foreigners’ permanent residence cards of 2017 and 2023', () => {
    const first17 = '91112319900307123'
    expect(isForeignPermanentCard(first17 + identityCheckDigit(first17))).toBe(true)
    expect(
      isForeignPermanentCard(`${first17}${(Number(identityCheckDigit(first17)) + 1) % 10}`),
    ).toBe(false)
    expect(isForeignPermanentCard('xxx 200101900307')).toBe(true)
    expect(isForeignPermanentCard('XX2001019003071')).toBe(false)
    expect(isForeignPermanentCard(sample())).toBe(false)
  })

  it('is shown in groups, also while it is typed', () => {
    expect(formatIdentityNumber('200101199003071234')).toBe('200101 19900307 1234')
    expect(formatIdentityNumber('2001011990')).toBe('200101 1990')
    expect(formatIdentityNumber('200101')).toBe('200101')
    expect(formatIdentityNumber('')).toBe('')
  })
})
