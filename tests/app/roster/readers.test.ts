/** Files as programs really write them: the same cells come out of each, and what cannot be read is said. */
import * as XLSX from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { FileFault } from '#app/roster/file-fault.ts'
import { readFile } from '#app/roster/read-file.ts'
import { asFile, byHand, bySheetJs, zip, type Page } from './workbooks.ts'

const rows = [
  ['姓名', '房间号', '备注'],
  ['样例甲', '302', 'A&B <样>'],
  ['样例乙', 501, null],
]
const pages: Page[] = [{ name: '册', rows }]
const sheetXml = (inside: string) =>
  `<worksheet><sheetData><row><c t="str"><v>姓名</v></c></row>${inside}</sheetData></worksheet>`

async function cellsOf(name: string, bytes: Uint8Array | string, sheet = 0) {
  const { sheets } = await readFile(asFile(name, bytes))
  return sheets[sheet]?.rows.map(({ cells }) => cells)
}
const ofSheet = (inside: string, files: Record<string, string> = {}) =>
  byHand(pages, { files: { 'xl/worksheets/sheet1.xml': sheetXml(inside), ...files } })

async function troubleOf(name: string, bytes: Uint8Array | string): Promise<string> {
  try {
    await readFile(asFile(name, bytes))
    return 'read'
  } catch (error) {
    if (error instanceof FileFault) return error.trouble
    throw error
  }
}

const filled = [
  ['姓名', '房间号', '备注'],
  ['样例甲', '302', 'A&B <样>'],
  ['样例乙', 501],
]

describe('an archive', () => {
  it.each([
    ['sizes alone', { sizes: true }],
    ['offsets alone', { offsets: true }],
    ['sizes and offsets', { sizes: true, offsets: true }],
    ['the end of the directory alone', { end: true }],
    ['all', { sizes: true, offsets: true, end: true }],
  ])('of ZIP64 with %s in its fields is read', async (_, zip64) => {
    expect(await cellsOf('a.xlsx', byHand(pages, { zip64 }))).toEqual(filled)
  })

  it('whose parts are named in another case than the relations say is read', async () => {
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const bytes = ofSheet('<row><c t="s"><v>0</v></c></row>', {
      'xl/SharedStrings.xml': '<sst><si><t>样例甲</t></si></sst>',
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/Sheet1.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    })
    expect(await cellsOf('a.xlsx', bytes)).toEqual([['姓名'], ['样例甲']])
  })

  it('with one changed bit is damaged, and says so', async () => {
    const bytes = byHand(pages)
    // The checksum of the first entry, as the directory tells it: what is unpacked is another text then.
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    bytes[at + 16] = (bytes[at + 16] ?? 0) ^ 1
    expect(await troubleOf('a.xlsx', bytes)).toBe('damaged')
  })

  it('with more entries than any workbook has is not unpacked', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_500 }, (_, at) => [`xl/a${String(at)}.xml`, '']),
    )
    expect(await troubleOf('a.xlsx', zip(many))).toBe('too-much-inside')
  })
})

describe('XML', () => {
  it('in CDATA, beside comments and processing instructions, is read as text', async () => {
    const bytes = ofSheet(
      '<row><!-- <c t="str"><v>不是</v></c> > --><?x > ?><c t="inlineStr"><is><t><![CDATA[样<例>甲]]></t></is></c></row>',
    )
    expect(await cellsOf('a.xlsx', bytes)).toEqual([['姓名'], ['样<例>甲']])
  })

  it('with > in an attribute, entities, and names with a prefix is read', async () => {
    const bytes = ofSheet(
      '<row spans="a>b"><c cm="x>y" t="str"><v>样&#x4F8B;&amp;甲&#20057;</v></c></row>',
    )
    expect(await cellsOf('a.xlsx', bytes)).toEqual([['姓名'], ['样例&甲乙']])
    expect(await cellsOf('a.xlsx', byHand(pages, { prefix: 'x', bare: true }))).toEqual(filled)
  })

  it('with control letters as entities loses these letters and nothing else', async () => {
    const bytes = ofSheet('<row><c t="str"><v>样&#1;例&#x0;甲&amp;</v></c></row>')
    expect(await cellsOf('a.xlsx', bytes)).toEqual([['姓名'], ['样例甲&']])
  })

  it('keeps rich text whole, without the readings of its characters', async () => {
    const bytes = ofSheet('<row><c t="s"><v>0</v></c></row>', {
      'xl/sharedStrings.xml':
        '<sst><si><r><rPr><b/></rPr><t>样</t></r><r><t>例甲</t></r><rPh sb="0" eb="1"><t>yang</t></rPh></si></sst>',
    })
    expect(await cellsOf('a.xlsx', bytes)).toEqual([['姓名'], ['样例甲']])
  })

  it.each([
    ['a shared text that is not there', '<row><c t="s"><v>7</v></c></row>'],
    ['an end that is missing', '<row><c t="str"><v>样例甲</v>'],
  ])('with %s is damaged, not blank', async (_, inside) => {
    expect(await troubleOf('a.xlsx', ofSheet(inside))).toBe('damaged')
  })

  it('of a book whose sheet is missing is damaged, not shorter', async () => {
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const bytes = byHand(pages, {
      files: {
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/gone.xml"/></Relationships>`,
      },
    })
    expect(await troubleOf('a.xlsx', bytes)).toBe('damaged')
  })
})

describe('a number', () => {
  const styles = (codes: readonly string[]) => ({
    'xl/styles.xml': `<styleSheet><numFmts>${codes.map((code, at) => `<numFmt numFmtId="${String(164 + at)}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${codes.map((_, at) => `<xf numFmtId="${String(164 + at)}"/>`).join('')}<xf numFmtId="58"/><xf numFmtId="14"/><xf numFmtId="57"/></cellXfs></styleSheet>`,
  })
  const cells = (values: readonly (readonly [number, number])[]) =>
    `<row>${values.map(([value, style]) => `<c s="${String(style)}"><v>${String(value)}</v></c>`).join('')}</row>`

  it('keeps what its format shows: words around it, leading noughts, which parts of a date', async () => {
    const codes = [
      '0"号"',
      '0000',
      '"第"0"幢"',
      'yyyy"年"m"月"d"日"',
      'General',
      '0.00',
      '[$-804]m/d;@',
    ]
    const bytes = ofSheet(
      cells([
        ...[3, 302, 3, 46083, 7, 1.5, 46083].map((value, at) => [value, at + 1] as const),
        [46083, 8],
        [46083.5, 9],
        [46082, 10],
      ]),
      styles(codes),
    )
    const [, row] = (await cellsOf('a.xlsx', bytes)) ?? []
    expect(row).toEqual([
      '3号',
      '0302',
      '第3幢',
      { serial: 46083, shown: 'day' },
      7,
      1.5,
      { serial: 46083, shown: 'month-day' },
      { serial: 46083, shown: 'month-day' },
      { serial: 46083.5, shown: 'day' },
      { serial: 46082, shown: 'year-month' },
    ])
  })

  it('of a day counts from 1904 where the workbook does', async () => {
    const bytes = ofSheet(cells([[31412, 2]]), {
      ...styles([]),
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="册" sheetId="1" r:id="rId1"/></sheets></workbook>',
    })
    const { sheets } = await readFile(asFile('a.xlsx', bytes))
    expect(sheets[0]?.rows[1]?.cells).toEqual([{ serial: 32874, shown: 'day' }])
    expect(sheets[0]?.from1904).toBe(true)
  })
})

describe('what is hidden', () => {
  it('in a workbook is read and marked: rows, columns, sheets', async () => {
    const bytes = byHand([...pages, { name: '旧', rows }], {
      files: {
        'xl/worksheets/sheet1.xml':
          '<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row><c t="str"><v>姓名</v></c></row><row hidden="1"><c t="str"><v>样例甲</v></c></row><row ht="0" customHeight="1"><c t="str"><v>样例乙</v></c></row></sheetData></worksheet>',
        'xl/workbook.xml':
          '<workbook xmlns:r="r"><sheets><sheet name="册" sheetId="1" r:id="rId1"/><sheet name="旧" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>',
      },
    })
    const { sheets } = await readFile(asFile('a.xlsx', bytes))
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['册', undefined],
      ['旧', true],
    ])
    expect(sheets[0]?.rows.map(({ hidden }) => hidden)).toEqual([undefined, true, true])
    expect(sheets[0]?.hiddenColumns).toEqual([1, 2])
  })

  it.each<[string, XLSX.BookType]>([
    ['a.xls', 'biff8'],
    ['a.xls', 'xlml'],
    ['a.xlsb', 'xlsb'],
  ])('in %s (%s) is marked too', async (name, bookType) => {
    const book = XLSX.utils.book_new()
    const sheet = XLSX.utils.aoa_to_sheet(rows)
    sheet['!rows'] = [{}, { hidden: true }]
    XLSX.utils.book_append_sheet(book, sheet, '册')
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '旧')
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
    const bytes = new Uint8Array(XLSX.write(book, { type: 'array', bookType }) as ArrayBuffer)
    const { sheets } = await readFile(asFile(name, bytes))
    expect(sheets.map(({ hidden }) => hidden)).toEqual([undefined, true])
    if (bookType !== 'biff8') {
      expect(sheets[0]?.rows.map(({ hidden }) => hidden)).toEqual([undefined, true, undefined])
    }
  })
})

describe('a file of another program', () => {
  it.each<[string, XLSX.BookType]>([
    ['a.xls', 'biff8'],
    ['a.xls', 'xlml'],
    ['a.xlsb', 'xlsb'],
    ['a.ods', 'ods'],
    ['a.et', 'biff8'],
  ])('called %s (%s) gives the same cells', async (name, type) => {
    const { sheets, notices } = await readFile(asFile(name, bySheetJs(pages, type)))
    expect(sheets[0]?.rows.map(({ cells }) => cells)).toEqual(filled)
    expect(notices).toEqual([])
  })
})

describe('a web page', () => {
  const table =
    '<table><tr><th>姓名<th>房间号<th>备注</tr><tr><td>样例甲</td><td>302</td><td>A&amp;B &lt;样&gt;</td></tr><tr><td>样例乙<td>501</table>'
  const inside = [
    ['姓名', '房间号', '备注'],
    ['样例甲', '302', 'A&B <样>'],
    ['样例乙', '501'],
  ]
  const mail = (body: string, way: string) =>
    `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Next"\r\n\r\n------=_Next\r\nContent-Location: a.htm\r\nContent-Transfer-Encoding: ${way}\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n${body}\r\n------=_Next--\r\n`
  it.each<[string, string | Uint8Array]>([
    ['that begins with its table', table],
    ['with a mark of its bytes', `\ufeff<html><body>${table}</body></html>`],
    ['with a line break before it', `\r\n <html><body>${table}`],
    ['that begins with <meta>', `<meta charset="utf-8"><div>${table}</div>`],
    [
      'of Excel',
      `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{}</style></head><body>${table}`,
    ],
    [
      'that begins as XML',
      `<?xml version="1.0"?><!DOCTYPE html><html><body>${table}</body></html>`,
    ],
    [
      'in GB 18030',
      new Uint8Array([
        ...Buffer.from('<meta charset="gb2312"><table><tr><td>'),
        0xd0,
        0xd5,
        0xc3,
        0xfb,
        ...Buffer.from('</td></tr></table>'),
      ]),
    ],
    ['in UTF-16', new Uint8Array([0xff, 0xfe, ...Buffer.from(table, 'utf16le')])],
    [
      'in one file with others, as letters',
      mail(
        table
          .replace(/[^ -~]/g, (letter) =>
            [...Buffer.from(letter)].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
          )
          .replace('<tr>', '<t=\r\nr>'),
        'quoted-printable',
      ),
    ],
    ['in one file with others, in base 64', mail(Buffer.from(table).toString('base64'), 'base64')],
  ])('%s gives the rows of its table', async (name, page) => {
    expect(await cellsOf('a.xls', page)).toEqual(name.includes('GB') ? [['姓名']] : inside)
  })

  it('with a table in a table, cells over rows and columns, and rows that are not shown is read as it is seen', async () => {
    const page =
      '<table><tr><td><table><tr><td rowspan=2>1<td colspan=2>姓名</tr><tr style="display:none"><td>样<br>例<td>乙</tr></table></td></tr></table>'
    const { sheets } = await readFile(asFile('a.xls', page))
    expect(sheets).toHaveLength(1)
    expect(sheets[0]?.rows).toEqual([
      { number: 1, cells: ['1', '姓名'] },
      { number: 2, cells: [null, '样\n例', '乙'], hidden: true },
    ])
    expect(sheets[0]?.merged).toEqual([
      { top: 0, left: 0, bottom: 1, right: 0 },
      { top: 0, left: 1, bottom: 0, right: 2 },
    ])
  })

  it.each(['<html><body>请登录</body></html>', '\n<div>样例</div>', '<meta charset="utf-8">'])(
    'without a table (%s) says that it is one',
    async (page) => {
      expect(await troubleOf('a.xls', page)).toBe('web-page')
    },
  )
})
