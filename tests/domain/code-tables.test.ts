import { describe, expect, it } from 'vitest'
import { codeLabel, codeOptions, codeTables, type CodeTable } from '#domain/code-tables.ts'
import { education } from '#domain/codes/education.ts'
import { nation } from '#domain/codes/nation.ts'
import { relation } from '#domain/codes/relation.ts'
import { readTable } from '#domain/codes/table.ts'
import { hazardSchema } from '#domain/dwelling.ts'
import { residences } from '#domain/resident.ts'

const names = Object.keys(codeTables) as CodeTable[]

/** How many codes each standard's edition has; a line lost while typing shows here. */
const sizes = {
  sex: 4,
  marriage: 8,
  education: 40,
  relation2: 84,
  nation: 58,
  politics: 13,
  // 18 of the standard, and the residence permit that it has no code for.
  id_doc_type: 19,
  household_consistent: 2,
  inflow_reason: 10,
  dwelling_type: 8,
  permit_type: 3,
  rental_use: 7,
  relation_to_owner: 10,
  safety_hazard: 6,
  living_status: 4,
  event_scale: 3,
  event_source: 5,
  house_use: 3,
  building_type: 10,
}

describe('code tables', () => {
  it('are all there and whole', () => {
    expect(Object.fromEntries(names.map((name) => [name, codeTables[name].codes.length]))).toEqual(
      sizes,
    )
  })

  it.each(names)('%s has codes of one length, each once, with a label', (name) => {
    const { codes, standard } = codeTables[name]
    expect(standard).toMatch(/^GB\/T \d+|^GA\/T \d+|^practice$/)
    expect(new Set(codes.map(([code]) => code)).size).toBe(codes.length)
    expect(new Set(codes.map(([code]) => code.length)).size).toBe(1)
    for (const [code, label] of codes) {
      expect(code).toMatch(/^(\d{1,3}|GAT)$/)
      expect(label).toMatch(/^[\p{Script=Han}、/]+$|^APP$|^PC$/u)
    }
  })

  it('are in the order of their codes', () => {
    for (const name of names) {
      const codes = codeTables[name].codes.map(([code]) => code)
      expect(codes, name).toEqual([...codes].sort())
    }
  })

  it.each([
    ['sex', '2', '女'],
    ['marriage', '30', '丧偶'],
    ['education', '21', '大学本科毕业'],
    ['relation2', '38', '儿媳'],
    ['relation2', '40', '孙子、孙女或外孙子、外孙女'],
    ['nation', '01', '汉族'],
    ['nation', '56', '基诺族'],
    ['nation', '97', '其他/未提供'],
    ['id_doc_type', '111', '居民身份证'],
    ['id_doc_type', '555', '外国人临时居留证'],
    ['safety_hazard', '02', '消防隐患'],
    ['living_status', '2', '人在户不在'],
    ['building_type', '9', '经济体'],
  ] as const)('%s %s is %s', (table, code, label) => {
    expect(codeLabel(table, code)).toBe(label)
  })

  it('have no label for a code of another edition', () => {
    expect(codeLabel('nation', '57')).toBeNull()
    expect(codeLabel('sex', '')).toBeNull()
    expect(codeLabel('education', 'constructor')).toBeNull()
  })

  it('offer the frequent relations first and none twice', () => {
    const options = codeOptions('relation2')
    expect(options.slice(0, 4).map(({ label }) => label)).toEqual(['户主', '配偶', '子', '女'])
    expect(options.length).toBe(sizes.relation2)
    expect(new Set(options.map(({ value }) => value)).size).toBe(sizes.relation2)
    expect(options.slice(-2).map(({ label }) => label)).toEqual(['外甥女', '其他亲属'])
  })

  it('offer the others in the order of the standard, and a fresh list to each', () => {
    expect(codeOptions('sex').map(({ value }) => value)).toEqual(['0', '1', '2', '9'])
    expect(codeOptions('sex')).not.toBe(codeOptions('sex'))
    expect(codeTables.relation2.codes[0]).toEqual(['01', '本人'])
  })

  it('agree with the codes that records name', () => {
    expect(codeTables.living_status.codes.map(([code]) => code)).toEqual([...residences])
    expect(hazardSchema.entries.type).toBeDefined()
    expect(codeLabel('id_doc_type', '553')).toBe('外国人永久居留证')
  })

  it('keep the long ones apart, to be fetched alone', () => {
    expect(nation).toBe(codeTables.nation)
    expect(education).toBe(codeTables.education)
    expect(relation).toBe(codeTables.relation2)
  })

  it('are read from words between blanks', () => {
    expect(readTable('practice', '\n  1 一  2 二\n 3 三 ')).toEqual({
      standard: 'practice',
      codes: [
        ['1', '一'],
        ['2', '二'],
        ['3', '三'],
      ],
    })
  })
})
