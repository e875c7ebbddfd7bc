/** The columns of the register's tables: what stands in a cell, masked and open, and what it is sorted by. */
import { describe, expect, it } from 'vitest'
import type { Tag } from '#domain/resident.ts'
import { careTags } from '#domain/resident.ts'
import { dwellingUses } from '#domain/dwelling.ts'
import { columnsOf, isSheet, pickColumns, usualColumns } from '#domain/door-columns.ts'
import { schemas } from '#domain/schemas.ts'
import { cellText, rosterWords, sortKey } from '#domain/sheet-columns.ts'
import { labelToTag, tagLabel, tagLabels, useLabels } from '#domain/sheet-labels.ts'
import { sheets, type Sheet } from '#domain/sheet.ts'
import { facts } from '#app/ui/words/zh-CN/facts.ts'
import { sampleResident, sheetRow } from './sheet-row.ts'

const words = rosterWords({
  level: (colour) => `颜色${colour}`,
  reason: ({ rule }) => `因为${rule}`,
})
const column = (sheet: Sheet, key: string) => {
  const [found] = pickColumns(sheet, [key])
  if (!found) throw new Error(key)
  return found
}
const cell = (key: string, open: boolean, row = sheetRow()) =>
  cellText(column('residents', key), row, words, open)

describe.each(sheets)('the table of %s', (sheet) => {
  const columns = columnsOf(sheet)

  it('has each key and each header once, and fields that exist', () => {
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length)
    expect(new Set(columns.map(({ header }) => header)).size).toBe(columns.length)
    for (const { field } of columns) {
      if (field) expect(Object.keys(schemas[field[0]].entries)).toContain(field[1])
    }
  })

  it('shows some columns where nobody chose, and knows those of a newer version not', () => {
    expect(pickColumns(sheet, usualColumns(sheet)).map(({ key }) => key)).toEqual(
      usualColumns(sheet),
    )
    expect(usualColumns(sheet).length).toBeGreaterThan(3)
    expect(pickColumns(sheet, ['of-a-newer-version', 'colour']).map(({ key }) => key)).toEqual([
      'colour',
    ])
  })

  it('reads a row of which nothing is known', () => {
    const empty = sheetRow({
      resident: null,
      household: null,
      householdId: null,
      dwelling: null,
      building: null,
      people: [],
      head: null,
      due: null,
      lastMet: null,
      reasons: [],
    })
    for (const one of columns) {
      expect(typeof cellText(one, empty, words, true)).toBe('string')
      const key = sortKey(one, empty)
      expect(key === null || typeof key === 'string' || typeof key === 'number').toBe(true)
    }
  })
})

describe('a header', () => {
  it('and its aliases never stand for two columns', () => {
    const all = columnsOf('residents').flatMap(({ header, aliases }) => [
      header,
      ...(aliases ?? []),
    ])
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('a cell', () => {
  it('has names and numbers masked unless it is open', () => {
    expect([false, true].map((open) => cell('name', open))).toEqual(['样*甲', '样例甲'])
    expect([false, true].map((open) => cell('documentNumber', open))).toEqual([
      '200101************',
      '200101194001010018',
    ])
    expect([false, true].map((open) => cell('phones', open))).toEqual([
      '100****5521、100****5522',
      '10012345521、10012345522',
    ])
    expect(cell('guardianName', false)).toBe('样*')
  })

  it('has codes, flags, colours, tags and reasons in words', () => {
    expect(
      [
        'sex',
        'relation',
        'documentType',
        'residence',
        'floating',
        'apart',
        'colour',
        'reasons',
      ].map((key) => cell(key, false)),
    ).toEqual(['男', '户主', '居民身份证', '人在户不在', '否', '是', '颜色red', '因为a、因为b'])
    expect(cell('tags', false)).toBe('残疾二级')
    expect(cell('age', false)).toBe('86')
    expect(cell('door', false)).toBe('样例苑 3幢1单元301室')
    expect(cell('overdue', false)).toBe('2')
  })

  it('of the dead has the age that they reached', () => {
    const resident = { household: '', name: '样例甲', birth: '1940-01-01', diedOn: '2020-06-01' }
    expect(cell('age', false, sheetRow({ resident }))).toBe('80')
  })

  it('leaves out tags that have ended, and a code that no table has stays as it is', () => {
    const tag: Tag = { tag: 'dibao', source: 'told', from: '2020-01-01', until: '2026-11-22' }
    const resident = { household: '', name: '样例甲', tags: [tag], sex: '7' as never }
    expect(cell('tags', false, sheetRow({ resident }))).toBe('')
    expect(cell('sex', false, sheetRow({ resident }))).toBe('7')
  })
})

describe('what a row is sorted by', () => {
  it('is the urgency of a colour, the number of a number, the text of a text', () => {
    const keys = ['colour', 'overdue', 'name', 'tags', 'floating', 'note'].map((key) =>
      sortKey(column('residents', key), sheetRow()),
    )
    expect(keys).toEqual([0, 2, '样例甲', 1, 1, null])
  })
})

describe('care', () => {
  const care = (need: 'meals' | 'clinic', more: object) =>
    ({ id: need, need, who: '样例助餐点', from: '2026-01-01', ...more }) as const
  const cares = [care('meals', { look: '2026-12-01' }), care('clinic', { endedOn: '2026-11-01' })]

  it('stands in a row as it goes on, with the day of the next look', () => {
    const row = sheetRow({ resident: { ...sampleResident, cares } })
    expect(cell('cares', false, row)).toBe('助餐 样例助餐点')
    expect(cell('careLook', false, row)).toBe('2026-12-01')
    expect(sortKey(column('residents', 'cares'), row)).toBe(1)
  })
})

describe('labels', () => {
  it('of tags and uses are those of the screen', () => {
    expect(tagLabels).toEqual(facts.tag)
    expect(useLabels).toEqual(facts.use)
    expect(Object.keys(useLabels).sort()).toEqual([...dwellingUses].sort())
  })

  it.each(careTags.map((tag) => [tag]))('lead back to %s', (tag) => {
    expect(labelToTag(tagLabel({ tag }))).toEqual({ tag, grade: null })
  })

  it('of grades lead back, however they are written', () => {
    expect(labelToTag(tagLabel({ tag: 'disabled', grade: 3 }))).toEqual({
      tag: 'disabled',
      grade: 3,
    })
    for (const written of ['二级残疾', '残疾(二级)', '残疾（2级）', ' 残疾 二级 ']) {
      expect(labelToTag(written), written).toEqual({ tag: 'disabled', grade: 2 })
    }
    for (const none of ['吸毒', '低保一级', '残疾九级', '']) expect(labelToTag(none)).toBeNull()
  })

  it('of a table are known', () => {
    expect(isSheet('residents')).toBe(true)
    expect(isSheet('toString')).toBe(false)
  })
})
