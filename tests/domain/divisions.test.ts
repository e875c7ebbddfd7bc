import { describe, expect, it } from 'vitest'
import { divisions, subdistrict } from '#domain/divisions.ts'
import { problemsOfNew } from '#domain/schemas.ts'

describe('富春街道', () => {
  it('has the communities and villages that are publicly known', () => {
    const count = (kind: string) => divisions.filter((one) => one.kind === kind).length
    expect(count('community')).toBe(42)
    expect(count('village')).toBe(12)
    expect(divisions.length).toBe(54)
    expect(subdistrict).toMatchObject({ code: '330111001000', name: '富春街道' })
  })

  it('names each once', () => {
    expect(new Set(divisions.map(({ name }) => name)).size).toBe(divisions.length)
    for (const { name, kind } of divisions) {
      expect(name).toMatch(kind === 'village' ? /村委会$/ : /社区$/)
    }
  })

  it('has codes of its own district only, none twice, and none invented', () => {
    const codes = divisions.map(({ code }) => code).filter((code) => code !== null)
    expect(codes.length).toBe(34)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^330111001\d{3}$/)
    // Codes of villages begin with 2 in their last three digits, those of communities with 0.
    for (const { code, kind } of divisions) {
      if (code) expect(code[9]).toBe(kind === 'village' ? '2' : '0')
    }
    expect(divisions.find(({ name }) => name === '蒋家桥社区')?.code).toBeNull()
    expect(divisions.find(({ name }) => name === '秋丰村委会')?.code).toBe('330111001213')
  })

  it('can be places of the register', () => {
    for (const { kind, name, code } of [subdistrict, ...divisions]) {
      expect(problemsOfNew('place', { placeKind: kind, name, ...(code ? { code } : {}) })).toEqual(
        [],
      )
    }
  })
})
