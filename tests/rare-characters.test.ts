/**
 * Names with characters beyond the first 65,536 (CJK extensions B to I, which GB 18030-2022 asks for at its third level)
 * through every place that cuts, orders, finds or writes text: none is halved, none is lost.
 */
import { describe, expect, it } from 'vitest'
import { cleanFields } from '#domain/clean-fields.ts'
import { maskName } from '#domain/mask.ts'
import { maskWords } from '#domain/requests/mask-words.ts'
import { createPinyinOrder } from '#domain/name-order.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { sheetText } from '#domain/sheet-cell.ts'
import type { StandardColumn } from '#domain/standard-table.ts'
import { cleanText, cleanLines, plainText } from '#domain/text.ts'
import { toGb18030 } from '#app/platform/gb18030.ts'
import { createStandardWriter, type StandardFormat } from '#app/platform/standard-file.ts'
import { writeWorkbook } from '#app/platform/workbook-file.ts'
import { createRegister } from '#app/register/create-register.ts'
import { readCsv } from '#app/roster/csv.ts'
import { readFile } from '#app/roster/read-file.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  resident,
  uuid,
} from './app/register/grid-of-samples.ts'

/** 𠮷 of extension B, 𬱖 of E, U+2EBF0 of I, 𱁬 of G, U+31350 of H. */
const names = ['𠮷祥', '王𬱖', '李𮯰明', '𱁬𠮷', '𠮷祥明', '王\u{31350}'] as const

/** Half of a character, which no database and no file holds. */
const half = /\p{Surrogate}/u

it.each([
  ['𠮷祥', '𠮷*'],
  ['王𬱖', '王*'],
  ['李𮯰明', '李*明'],
  ['李明𮯰', '李*𮯰'],
  ['𱁬𠮷', '𱁬*'],
  ['𠮷祥𮯰', '𠮷*𮯰'],
  ['𠮷', '𠮷'],
])('%s is masked as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked)
})

describe('a text with them', () => {
  it('is cleaned and checked, and stays what it was', () => {
    for (const name of names) {
      expect(cleanText(` ${name} `)).toBe(name)
      expect(cleanLines(`${name}\n${name}`)).toBe(`${name}\n${name}`)
      expect(plainText(name)).not.toMatch(half)
      expect(cleanFields('resident', { name })).toEqual({ name })
      expect(problemsOfNew('resident', { household: uuid(1), name })).toEqual([])
      expect(maskWords(`找${name}，电话10012345521`)).not.toMatch(half)
      expect(sheetText(name)).toBe(name)
    }
  })

  it('that is too long for a cell is not cut through one', () => {
    for (const before of ['', '样']) {
      const long = sheetText(before + '𠮷'.repeat(20_000))
      expect(long).not.toMatch(half)
      expect(long.endsWith('𠮷…')).toBe(true)
    }
  })

  it('has its place in every order, the same from both sides', () => {
    const compare = createPinyinOrder()
    const sorted = [...names, '王明', '赵一'].sort(compare)
    expect([...sorted].reverse().sort(compare)).toEqual(sorted)
    expect(new Set(sorted).size).toBe(names.length + 2)
  })
})

describe('a person with such a name', () => {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '301'),
      household(300, 200),
      ...names.map((name, n) => resident(400 + n, 300, name)),
    ]),
  ])
  const found = (query: string) =>
    register.search(query, 10).map(({ id }) => names[Number(id.slice(-3)) - 400])

  it('is found by the whole name, by its beginning, and by the one character', () => {
    for (const name of names) expect(found(name), name).toContain(name)
    expect(found('𠮷祥').sort()).toEqual(['𠮷祥', '𠮷祥明'])
    expect(found('𬱖')).toEqual(['王𬱖'])
  })

  it('is not found by half of a character', () => {
    expect(found('𠮷'.slice(0, 1))).toEqual([])
  })
})

describe('a file', () => {
  it('of ours holds them: a workbook, written and read', async () => {
    const file = await writeWorkbook([
      {
        name: '居民',
        above: [],
        columns: [{ header: '姓名', width: 14 }],
        rows: names.map((name) => [name]),
      },
    ])
    const { sheets } = await readFile(new File([file], '居民.xlsx'))
    const cells = sheets[0]?.rows.flatMap((row) => row.cells) ?? []
    expect(cells.filter((cell) => names.some((name) => name === cell))).toEqual([...names])
  })

  const columns: readonly StandardColumn[] = ['姓名', '现住门（楼）详址'].map((name) => ({
    name,
    isTerm: true,
    text: () => '',
  }))
  const written = async (format: StandardFormat) => {
    const head = { day: '2026-11-23', title: '样例表', columns, masked: false, goesTo: '' }
    const writer = createStandardWriter(format, head)
    writer.add(names.map((name) => [name, `${name}样例苑`]))
    const file = await writer.finish()
    if (!file) throw new Error('no file')
    return new Uint8Array(await file.arrayBuffer())
  }

  it.each(['csv', 'csv-gb18030'] as const)(
    'in the standard’s form holds them, as %s',
    async (format) => {
      const { rows } = readCsv(await written(format), '表')
      expect(rows.slice(2).map(({ cells }) => cells[0])).toEqual([...names])
      expect(rows.slice(2).map(({ cells }) => cells[1])).toEqual(
        names.map((name) => `${name}样例苑`),
      )
    },
  )

  it('in the standard’s form holds them as JSON', async () => {
    const text = new TextDecoder().decode(await written('json'))
    const { 数据: rows } = JSON.parse(text) as { 数据: { 姓名: string }[] }
    expect(rows.map(({ 姓名: name }) => name)).toEqual([...names])
  })

  it('in GB 18030 is written as the formula of the standard has it', () => {
    const text = `姓名,住址\r\n${names.join('\r\n')}`
    expect(toGb18030(text)).toEqual(inGb18030(text))
  })

  it('in GB 18030 holds them: four bytes each', () => {
    const table = readCsv(
      inGb18030(`姓名,住址\r\n${names.map((name) => `${name},样例苑`).join('\r\n')}`),
      '表',
    )
    expect(table.rows.slice(1).map(({ cells }) => cells[0])).toEqual([...names])
  })

  it('in UTF-8 and UTF-16 holds them as well', () => {
    const text = `姓名,住址\r\n${names.map((name) => `${name},样例苑`).join('\r\n')}`
    const wide = new Uint8Array(2 + text.length * 2)
    new DataView(wide.buffer).setUint16(0, 0xfffe)
    for (let at = 0; at < text.length; at += 1) {
      new DataView(wide.buffer).setUint16(2 + at * 2, text.charCodeAt(at), true)
    }
    for (const bytes of [new TextEncoder().encode(text), wide]) {
      expect(
        readCsv(bytes, '表')
          .rows.slice(1)
          .map(({ cells }) => cells[0]),
      ).toEqual([...names])
    }
  })
})

/** GB 18030-2022: one byte, two bytes as the platform decodes them, or four by the formula for the supplementary planes. */
function inGb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030')
  const two = new Map<string, [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const letter = decoder.decode(Uint8Array.of(lead, trail))
      if ([...letter].length === 1) two.set(letter, [lead, trail])
    }
  }
  return Uint8Array.from(
    [...text].flatMap((letter) => {
      const code = letter.codePointAt(0) ?? 0
      if (code < 0x80) return [code]
      if (code < 0x10000) return two.get(letter) ?? []
      let rest = code - 0x10000
      const fourth = 0x30 + (rest % 10)
      rest = Math.floor(rest / 10)
      const third = 0x81 + (rest % 126)
      rest = Math.floor(rest / 126)
      const second = 0x30 + (rest % 10)
      return [0x90 + Math.floor(rest / 10), second, third, fourth]
    }),
  )
}

it('ends no name of a sheet in half of one, also where two are alike', async () => {
  // 30 of 31 letters: a second sheet of that name is told apart by a number, for which the end has to go.
  const name = `${'样'.repeat(28)}𠮷`
  const sheet = { name, above: [], columns: [{ header: '姓名', width: 14 }], rows: [['样例甲']] }
  const file = await writeWorkbook([sheet, sheet])
  const { sheets } = await readFile(new File([file], '居民.xlsx'))
  // A half would be written as U+FFFD.
  for (const { name: written } of sheets) expect(written).not.toMatch(/\p{Surrogate}|\ufffd/u)
  expect(sheets.map(({ name: written }) => written)).toEqual([name, `${'样'.repeat(28)} 2`])
})
