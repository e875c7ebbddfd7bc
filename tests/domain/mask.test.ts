import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { columnsOf } from '#domain/door-columns.ts'
import { identityCheckDigit } from '#domain/document-key.ts'
import { maskDocument, maskName, maskPhone } from '#domain/mask.ts'
import { cellText, rosterWords, type SheetRow } from '#domain/sheet-columns.ts'
import { surnameLength } from '#domain/surnames.ts'
import { sheetRow } from './sheet-row.ts'

describe('names', () => {
  it.each([
    ['王秀兰', '王*兰'],
    ['李雷', '李*'],
    ['欧阳小明', '欧阳*明'],
    ['欧阳明', '欧阳*'],
    ['欧阳', '欧*'],
    ['阿依古丽', '阿*丽'],
    [' 王秀兰 ', '王*兰'],
    ['王', '王'],
    ['', ''],
    ['𠮷田秀兰', '𠮷*兰'],
    ['John Smith', 'J*'],
    ['阿卜杜拉·买买提', '阿*'],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  it('hide something of every name of two letters and more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 40 }), (name) => {
        fc.pre([...name.trim()].length >= 2 && !name.includes('*'))
        expect(maskName(name)).not.toBe(name.trim())
        expect(maskName(name)).toContain('*')
      }),
    )
  })

  it('know where the surname ends', () => {
    expect(['王秀兰', '欧阳小明', '诸葛亮', '欧阳', ''].map(surnameLength)).toEqual([1, 2, 2, 1, 1])
  })
})

describe('document numbers', () => {
  it.each([
    ['200101199003071234', '200101************'],
    ['20010119900307123X', '200101************'],
    ['200101900307123', '200101*********'],
    ['H20123456', '*******56'],
    ['E1', 'E1'],
    ['', ''],
  ])('%s is shown as %s', (number, masked) => {
    expect(maskDocument(number)).toBe(masked)
  })

  it('hide the day of birth and keep the length', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^20\d{15}[\dX]$/), (number) => {
        const masked = maskDocument(number)
        expect(masked.length).toBe(18)
        expect(masked.slice(6, 14)).toBe('********')
      }),
    )
  })
})

describe('a masked row of a workbook', () => {
  const words = rosterWords({ level: String, reason: ({ rule }) => rule })

  /** How many numbers fit all that the row shows: region, birth day and sex give all but three digits. */
  const candidates = (row: SheetRow) => {
    const shown = columnsOf('residents').map((column) => cellText(column, row, words, false))
    const { birth, sex, documentNumber } = row.resident!
    const own = documentNumber ?? ''
    const head = `${own.slice(0, 6)}${(birth ?? '').replaceAll('-', '')}`
    const numbers = Array.from({ length: 1_000 }, (_, order) => {
      const first = head + String(order).padStart(3, '0')
      return first + identityCheckDigit(first)
    }).filter((number) => (Number(number[16]) % 2 === 1) === (sex === '1'))
    // Stars with digits after them, of a cell that begins as the number does, show how it ends.
    const tails = shown
      .flatMap((text) => /^(\d*)\*+([\dX]+)$/.exec(text)?.slice(1) ?? [])
      .filter((tail) => tail !== '' && own.endsWith(tail))
    return numbers.filter((number) => tails.every((tail) => number.endsWith(tail))).length
  }

  it('leaves 500 identity numbers that fit it', () => {
    const row = sheetRow()
    expect(row.resident?.documentNumber).toBe('200101194001010018')
    expect(candidates(row)).toBe(500)
  })
})

describe('telephones', () => {
  it.each([
    ['10012345521', '100****5521'],
    ['100 1234 5521', '100****5521'],
    ['+86 100 1234 5521', '100****5521'],
    ['0571-63320000', '**********00'],
    ['63320000', '******00'],
    ['7', '7'],
    ['', ''],
  ])('%s is shown as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked)
  })
})
