import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskDocument, maskName, maskPhone, surnameLength } from '#domain/mask.ts'

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
    ['200101199003071234', '200101********1234'],
    ['20010119900307123X', '200101********123X'],
    ['200101900307123', '200101*****7123'],
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
