import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { sheetText } from '#domain/sheet-cell.ts'

describe('text of a cell', () => {
  it.each([
    ['王秀兰', '王秀兰'],
    ['', ''],
    ['3幢-1单元', '3幢-1单元'],
    ["'已有撇号", "'已有撇号"],
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://sample.invalid","点我")', '\'=HYPERLINK("http://sample.invalid","点我")'],
    ['+8610012345521', "'+8610012345521"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['|cmd', "'|cmd"],
    ['＝1+1', "'＝1+1"],
    ['  =1+1', "'  =1+1"],
    ['\u3000=1+1', "'\u3000=1+1"],
    ['\ufeff=1+1', "'\ufeff=1+1"],
    ['\u0000=1+1', "'=1+1"],
    ['\t王', "'\t王"],
    ['\r\n王', "'\r\n王"],
  ])('%j is written as %j', (text, cell) => {
    expect(sheetText(text)).toBe(cell)
  })

  it('leaves out what would keep a workbook from opening', () => {
    expect(sheetText('甲\u0000\u0008\u000b\u001f乙\ufffe丙\ud800丁')).toBe('甲乙丙丁')
    expect(sheetText('两行\n与\t格 𠮷')).toBe('两行\n与\t格 𠮷')
  })

  it('is cut where no cell could hold it, never within a character', () => {
    expect(sheetText('长'.repeat(32_767))).toHaveLength(32_767)
    const cut = sheetText('长'.repeat(32_765) + '𠮷𠮷')
    expect(cut).toBe(`${'长'.repeat(32_765)}…`)
    expect(sheetText('='.repeat(40_000))).toHaveLength(32_767)
  })

  it('never begins like a formula, and says the same otherwise', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', ' ', '\t', '\n', '甲', '1'),
    })
    fc.assert(
      fc.property(text, (written) => {
        const cell = sheetText(written)
        expect(cell).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/)
        expect(cell === written || cell === `'${written}`).toBe(true)
        expect(sheetText(cell)).toBe(cell)
      }),
    )
  })
})
