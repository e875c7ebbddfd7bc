/** Files as they should not be: each says why it is not read, or what was left of it. */
import { describe, expect, it } from 'vitest'
import { mostBytes, readFile } from '#app/roster/read-file.ts'
import { FileFault } from '#app/roster/file-fault.ts'
import { asFile, byHand, bySheetJs, zip, type Page } from './workbooks.ts'

const pages: Page[] = [
  {
    name: '册',
    rows: [
      ['姓名', '性别'],
      ['样例甲', '男'],
    ],
  },
]
const whole = bySheetJs(pages)

async function troubleOf(file: Parameters<typeof readFile>[0]): Promise<string> {
  try {
    await readFile(file)
    return 'read'
  } catch (error) {
    if (error instanceof FileFault) return error.trouble
    throw error
  }
}

/** The container of the old format, with the entry that a password leaves. */
function container(name: string): Uint8Array {
  const bytes = new Uint8Array(4096)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  bytes.set(new Uint8Array(Buffer.from(name, 'utf16le')), 1024 + 128)
  return bytes
}

describe('a file', () => {
  it.each<[string, () => File, string]>([
    ['without a byte', () => asFile('a.xlsx', ''), 'empty'],
    ['with a password', () => asFile('a.xlsx', container('EncryptedPackage')), 'encrypted'],
    ['cut short', () => asFile('a.xlsx', whole.subarray(0, whole.length - 200)), 'damaged'],
    [
      'with bytes missing in the middle',
      () => asFile('a.xlsx', new Uint8Array([...whole.subarray(0, 300), ...whole.subarray(400)])),
      'damaged',
    ],
    [
      'that is a photograph',
      () => asFile('a.xlsx', new Uint8Array([0xff, 0xd8, 0xff, 0xe0])),
      'not-a-table',
    ],
    ['that is a web page', () => asFile('a.xls', '<html><table></table></html>'), 'web-page'],
    [
      'that is another archive',
      () => asFile('a.xlsx', zip({ 'word/document.xml': '<a/>' })),
      'not-a-table',
    ],
    [
      'of bytes that are no text',
      () => asFile('a.csv', new Uint8Array([0x41, 0, 0, 0x42])),
      'not-a-table',
    ],
    [
      'that is small outside and without end inside',
      () =>
        asFile(
          'a.xlsx',
          byHand(pages, {
            files: {
              'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row><c t="str"><v>${'甲'.repeat(5_000_000)}`,
            },
          }),
        ),
      'damaged',
    ],
  ])('%s is refused', async (_, file, trouble) => {
    expect(await troubleOf(file())).toBe(trouble)
  })

  it('of a hundred megabytes is refused before a byte of it is read', async () => {
    const file = {
      name: 'a.xlsx',
      size: 100 * 1024 * 1024,
      arrayBuffer: () => Promise.reject(new Error('read')),
    }
    expect(file.size).toBeGreaterThan(mostBytes)
    expect(await troubleOf(file)).toBe('too-large')
  })

  it('of a workbook with macros, and one that is called otherwise, is read and says so', async () => {
    const macros = byHand(pages, { files: { 'xl/vbaProject.bin': 'Sub Auto_Open()' } })
    expect((await readFile(asFile('a.xlsm', macros))).notices).toEqual(['macros'])
    const renamed = await readFile(asFile('a.csv', whole))
    expect(renamed.notices).toEqual(['renamed'])
    expect(renamed.sheets[0]?.rows).toHaveLength(2)
  })

  it('with formulas gives their last results, and says which had none', async () => {
    const cells = '<c t="str"><f>A1</f><v>样例甲</v></c><c><f>1+1</f></c><c t="e"><v>#N/A</v></c>'
    const sheet = `<worksheet><sheetData><row><c t="str"><v>姓名</v></c></row><row>${cells}</row></sheetData></worksheet>`
    const { sheets, notices } = await readFile(
      asFile('a.xlsx', byHand(pages, { files: { 'xl/worksheets/sheet1.xml': sheet } })),
    )
    expect(sheets[0]?.rows[1]?.cells).toEqual(['样例甲', null, '#N/A'])
    expect([...notices].sort()).toEqual(['errors', 'formulas', 'formulas-without-result'])
  })

  it('with a million empty rows is read as what stands in it', async () => {
    const empty = Array.from({ length: 1_000_000 }, (_, n) => `<row r="${String(n + 3)}"/>`)
    const sheet = `<worksheet><sheetData><row r="1"><c t="str"><v>姓名</v></c></row>${empty.join('')}<row r="1000009"><c t="str"><v>样例甲</v></c></row></sheetData></worksheet>`
    const { sheets } = await readFile(
      asFile('a.xlsx', byHand(pages, { files: { 'xl/worksheets/sheet1.xml': sheet } })),
    )
    expect(sheets[0]?.rows.map(({ number }) => number)).toEqual([1, 1000009])
  })

  it('of text is read in UTF-8, with its mark or without, in UTF-16 and in GB 18030', async () => {
    const text = '姓名,身份证号\r\n样例甲,"=""200101199001010017"""\r\n'
    const gb = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x61, 0x0a, 0xd1, 0xf9, 0x2c, 0x31])
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
    for (const bytes of [text, `\ufeff${text}`, utf16]) {
      const { sheets } = await readFile(asFile('册.csv', bytes))
      expect(sheets[0]?.rows[1]?.cells).toEqual(['样例甲', '200101199001010017'])
    }
    const { sheets } = await readFile(asFile('册.csv', gb))
    expect(sheets[0]?.rows.map(({ cells }) => cells)).toEqual([
      ['姓名', 'a'],
      ['样', '1'],
    ])
  })
})
