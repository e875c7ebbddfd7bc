import { describe, expect, it } from 'vitest'
import { isMaskedField, maskCell } from '#app/views/mask-cell.ts'

describe('a cell of a roster on the screen', () => {
  it('shows no name, number or telephone in the columns that are known for them', () => {
    const cells = [
      ['name', '样老大'],
      ['documentNumber', '200101198506150017'],
      ['phones', '10012345678'],
      ['guardianPhone', '10012345679'],
    ] as const
    for (const [field, text] of cells) {
      expect(maskCell(field, text), field).not.toBe(text)
      expect(maskCell(field, text), field).toContain('*')
      expect(isMaskedField(field)).toBe(true)
    }
  })

  it('covers digits enough for a telephone or a number also where nobody knows the column', () => {
    const covered = maskCell(null, '电话10012345678，证件200101198506150017')
    expect(covered).not.toContain('10012345678')
    expect(covered).not.toContain('200101198506150017')
    expect(covered).toContain('电话')
  })

  it('leaves what is of nobody: rooms, days, short numbers', () => {
    for (const text of ['3幢1单元101室', '2026-11-23', '8888']) {
      expect(maskCell('room', text)).toBe(text)
      expect(maskCell(null, text)).toBe(text)
    }
    expect(isMaskedField('room')).toBe(false)
    expect(isMaskedField(null)).toBe(false)
  })
})
