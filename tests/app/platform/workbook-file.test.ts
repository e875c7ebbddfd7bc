/** Workbooks through their one door: read back by programs of others, with nothing in them that computes. */
import fc from '#tests/support/fast-check.ts'
import readXlsx from 'read-excel-file/universal'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { read, utils } from '@e965/xlsx'
import { writeWorkbook, type WorkbookSheet } from '#app/platform/workbook-file.ts'
import { readFile } from '#app/roster/read-file.ts'
import { openArchive } from '#app/roster/zip.ts'

const sheet = (more: Partial<WorkbookSheet> = {}): WorkbookSheet => ({
  name: '样例',
  above: ['样例表', '样例说明'],
  columns: [
    { header: '姓名', width: 14 },
    { header: '证件号码', width: 24 },
    { header: '人数', width: 8 },
  ],
  rows: [['样例甲', '200101198506150011', 3]],
  ...more,
})
const bytesOf = async (sheets: readonly WorkbookSheet[]) =>
  new Uint8Array(await (await writeWorkbook(sheets)).arrayBuffer())
const bookOf = async (sheets: readonly WorkbookSheet[]) =>
  read(await bytesOf(sheets), { cellStyles: true, cellNF: true })
const firstOf = (book: Awaited<ReturnType<typeof bookOf>>) => {
  const first = book.Sheets[book.SheetNames[0] ?? '']
  if (!first) throw new Error('no sheet')
  return first
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a workbook', () => {
  it('offers the choices of a column below its header, and takes others', async () => {
    const columns = [
      { header: '种类', width: 14, choices: ['社区', '网格 & "格"'] },
      { header: '名称', width: 14 },
      { header: '多', width: 14, choices: ['长'.repeat(300)] },
    ]
    const blob = await writeWorkbook([sheet({ columns, rows: [] })])
    const archive = openArchive(new Uint8Array(await blob.arrayBuffer()))
    const page = archive.text('xl/worksheets/sheet1.xml') ?? ''
    const [list, ...others] = page.match(/<dataValidation .*?<\/dataValidation>/g) ?? []
    expect(others).toEqual([])
    expect(list).toContain('type="list" allowBlank="1" sqref="A4:A5100"')
    expect(list).toContain('<formula1>&#34;社区,网格 &#38; &#34;格&#34;&#34;</formula1>')
    expect(list).not.toContain('showErrorMessage')
    // Behind the rows, as the standard orders the parts of a sheet.
    expect(page.indexOf('<dataValidations')).toBeGreaterThan(page.indexOf('</sheetData>'))
    const { sheets } = await readFile(new File([blob], 'a.xlsx'))
    expect(sheets[0]?.rows.at(-1)?.cells).toEqual(['种类', '名称', '多'])
  })

  it('is the same where the browser cannot compress as ZIP does (Chromium below 103)', async () => {
    const rows = Array.from({ length: 2_000 }, (_, at) => [`样例${at}`, '200101198506150011', at])
    const wanted = utils.sheet_to_json(firstOf(await bookOf([sheet({ rows })])), { header: 1 })
    class GzipAlone {
      constructor(format: string) {
        if (format !== 'gzip') throw new TypeError('Unsupported compression format')
      }
    }
    vi.stubGlobal('CompressionStream', GzipAlone)
    const bytes = await bytesOf([sheet({ rows })])
    expect(utils.sheet_to_json(firstOf(read(bytes)), { header: 1 })).toEqual(wanted)
    expect(bytes.length).toBeLessThan(60_000)
  })

  it('has its texts as texts, also numbers of documents, and counts as numbers', async () => {
    const first = firstOf(await bookOf([sheet()]))
    expect(utils.sheet_to_json(first, { header: 1 })).toEqual([
      ['样例表'],
      ['样例说明'],
      ['姓名', '证件号码', '人数'],
      ['样例甲', '200101198506150011', 3],
    ])
    expect(first['B4']).toMatchObject({ t: 's', z: '@' })
    expect(first['C4']).toMatchObject({ t: 'n', v: 3 })
    expect(first['!merges']).toBeUndefined()
  })

  it('runs what stands above a table over its whole width', async () => {
    const first = firstOf(await bookOf([sheet({ wide: true })]))
    expect(first['!merges']?.map(utils.encode_range)).toEqual(['A1:C1', 'A2:C2'])
    expect(first['!cols']?.map(({ width }) => Math.round(width ?? 0))).toEqual([14, 24, 8])
    const narrow = sheet({ wide: true, columns: [{ header: '人数', width: 8 }], rows: [[1]] })
    expect(firstOf(await bookOf([narrow]))['!merges']).toBeUndefined()
  })

  it('is laid out for paper where it is a table: landscape, as wide as a page, its header on each, borders', async () => {
    const rows = [['样例甲', null, { day: '1985-06-15' }]]
    const bytes = await bytesOf([
      sheet({ name: '别的', above: [] }),
      sheet({ name: "样'例", wide: true, rows }),
    ])
    const parts = read(bytes, { bookFiles: true }) as unknown as {
      files: Record<string, { content: Uint8Array }>
    }
    const xml = (name: string) => new TextDecoder().decode(parts.files[name]?.content)
    const page = xml('xl/worksheets/sheet2.xml')
    expect(page).toContain('<pageSetUpPr fitToPage="1"/>')
    expect(page).toContain(
      '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    )
    expect(page).toContain('<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>')
    expect(xml('xl/worksheets/sheet1.xml')).not.toContain('pageSetup')
    const book = read(bytes, { cellStyles: true })
    expect(book.Workbook?.Names?.map(({ Name, Sheet, Ref }) => [Name, Sheet, Ref])).toEqual([
      ['_xlnm.Print_Titles', 1, "'样''例'!$3:$3"],
    ])
    // Each cell of the table has the border, also an empty one; the lines above it have none.
    const xfs = [
      ...xml('xl/styles.xml')
        .split('<cellXfs')[1]!
        .matchAll(/<xf [^>]*borderId="(\d)"/g),
    ]
    const bordered = (cell: string) =>
      xfs[Number(new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(page)?.[1])]?.[1]
    expect(['A1', 'A2', 'A3', 'A4', 'B4', 'C4'].map(bordered)).toEqual([
      '0',
      '0',
      '1',
      '1',
      '1',
      '1',
    ])
  })

  it('has days as dates that a spreadsheet counts with, in one way of writing', async () => {
    const rows = ['1900-03-01', '1999-12-31', '2024-02-29', '1900-02-28', '2026-02-30'].map(
      (day) => [{ day }],
    )
    const book = await bookOf([sheet({ above: [], rows, wide: true })])
    const first = firstOf(book)
    expect(['A2', 'A3', 'A4'].map((at) => (first[at] as { v: unknown }).v)).toEqual([
      61, 36_525, 45_351,
    ])
    expect(
      utils.sheet_to_json<string[]>(first, { header: 1, raw: false }).flat().slice(-5),
    ).toEqual(['1900-03-01', '1999-12-31', '2024-02-29', '1900-02-28', '2026-02-30'])
    // What Excel has no number for stays as it is written.
    expect(first['A5']).toMatchObject({ t: 's' })
  })

  it('computes nothing, wherever a text stands', async () => {
    const bad = '=HYPERLINK("http://sample.invalid","样例")'
    const first = firstOf(
      await bookOf([
        sheet({
          above: [bad],
          columns: [{ header: bad, width: 9 }],
          rows: [[bad], ['+1'], ['@a']],
        }),
      ]),
    )
    const rows = utils.sheet_to_json<string[]>(first, { header: 1 }).flat()
    expect(rows).toEqual([`'${bad}`, `'${bad}`, `'${bad}`, "'+1", "'@a"])
    for (const cell of Object.values(first) as { f?: unknown }[]) expect(cell.f).toBeUndefined()
  })

  it('leaves a cell empty that holds nothing, or no number', async () => {
    const rows = [[null, '样例', Number.NaN], [], [null, null, 0]]
    const first = firstOf(await bookOf([sheet({ above: [], rows })]))
    expect(Object.keys(first).filter((key) => /^[A-Z]+[2-9]$/.test(key))).toEqual(['B2', 'C4'])
  })

  it('takes names of sheets that Excel refuses, and every one once', async () => {
    const names = ['甲/乙:丙', '', "'样例'", '样例', '样例', '长'.repeat(40), '长'.repeat(40)]
    const { SheetNames } = await bookOf(names.map((name) => sheet({ name })))
    expect(SheetNames).toEqual([
      '甲 乙 丙',
      '2',
      '样例',
      '样例 4',
      '样例 5',
      '长'.repeat(31),
      `${'长'.repeat(29)} 7`,
    ])
  })

  it('of many rows is whole: its compression needs no thread of its own', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`样例${at}`, `${at}`.repeat(4), at])
    const bytes = await bytesOf([sheet({ rows })])
    expect(bytes.length).toBeGreaterThan(160_000)
    const back = utils.sheet_to_json<unknown[]>(firstOf(read(bytes)), { header: 1 })
    expect(back).toHaveLength(20_003)
    expect(back.at(-1)).toEqual(['样例19999', '19999'.repeat(4), 19_999])
  })

  it('says any text as it is, to three readers', async () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom(
          'constructor',
          '__proto__',
          '_x0041_',
          'a_x005F_b',
          '<b>&"',
          ' a ',
          '两行\n',
        ),
      ),
      { minLength: 1, maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        const bytes = await bytesOf([
          sheet({
            above: [],
            columns: [{ header: '姓名', width: 9 }],
            rows: all.map((one) => [`样${one}样`]),
          }),
        ])
        // What no cell can hold is gone, and a line ends in one way.
        const expected = all.map((one) =>
          `样${one}样`.replace(
            /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu,
            '',
          ),
        )
        const bySheetJs = utils.sheet_to_json<string[]>(firstOf(read(bytes)), { header: 1 })
        expect(bySheetJs.slice(1).map(([text]) => plain(text))).toEqual(expected.map(plain))
        const own = await readFile(new File([bytes], 'a.xlsx'), () => Promise.resolve())
        const [first] = own.sheets
        const byOurs = first?.rows
          .slice(1)
          .map(({ cells }) => plain(typeof cells[0] === 'string' ? cells[0] : null))
        expect(byOurs).toEqual(expected.map(plain))
        const pages = (await readXlsx(bytes.buffer)) as unknown as { data: unknown[][] }[]
        expect(pages[0]?.data.slice(1).map(([text]) => plain(text))).toEqual(expected.map(plain))
      }),
      { numRuns: 25 },
    )
  })
})

/** Readers differ in what they trim, how a line ends, and wide letters; not in what they say. */
function plain(value: unknown): string {
  return String(value).normalize('NFKC').replace(/\r\n?/g, '\n').trim()
}
