/** Workbooks as different programs write them, of sample people alone. */
import { crc32, deflateRawSync } from 'node:zlib'
import * as XLSX from 'xlsx'
import { identityCheckDigit } from '#domain/identity-number.ts'
import type { Day } from '#domain/day.ts'

export type Value = string | number | null
export interface Page {
  readonly name: string
  readonly rows: readonly (readonly Value[])[]
  /** As a spreadsheet writes ranges: A1:C1. */
  readonly merged?: readonly string[]
}

/** A number of a division that nobody was ever given. */
export function sampleNumber(birth: Day, sequence: number): string {
  const first17 = `200101${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return first17 + identityCheckDigit(first17)
}

export const asFile = (name: string, bytes: Uint8Array | string) =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name)

/** By SheetJS, with shared texts. */
export function bySheetJs(pages: readonly Page[], type: XLSX.BookType = 'xlsx'): Uint8Array {
  const book = XLSX.utils.book_new()
  for (const { name, rows, merged } of pages) {
    const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => [...row]))
    if (merged) sheet['!merges'] = merged.map((range) => XLSX.utils.decode_range(range))
    XLSX.utils.book_append_sheet(book, sheet, name)
  }
  return new Uint8Array(
    XLSX.write(book, {
      type: 'array',
      bookType: type,
      bookSST: true,
      compression: true,
    }) as ArrayBuffer,
  )
}

const xml = (text: string) =>
  text.replace(/[&<>"]/g, (letter) => `&#${String(letter.charCodeAt(0))};`)

/** The least that a library such as openpyxl writes: texts in the cells, rows without numbers where `bare`. */
export function byHand(
  pages: readonly Page[],
  more: {
    readonly bare?: boolean
    readonly prefix?: string
    readonly files?: Readonly<Record<string, string>>
  } = {},
): Uint8Array {
  const p = more.prefix ? `${more.prefix}:` : ''
  const space = more.prefix ? `xmlns:${more.prefix}` : 'xmlns'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const sheetOf = ({ rows, merged }: Page) => {
    const lines = rows.map((row, index) => {
      const cells = row.map((value, column) => {
        const at = more.bare ? '' : ` r="${XLSX.utils.encode_cell({ r: index, c: column })}"`
        if (value === null) return more.bare ? `<${p}c/>` : ''
        if (typeof value === 'number') return `<${p}c${at}><${p}v>${String(value)}</${p}v></${p}c>`
        return `<${p}c${at} t="inlineStr"><${p}is><${p}t xml:space="preserve">${xml(value)}</${p}t></${p}is></${p}c>`
      })
      return `<${p}row${more.bare ? '' : ` r="${String(index + 1)}"`}>${cells.join('')}</${p}row>`
    })
    const ranges = (merged ?? []).map((range) => `<${p}mergeCell ref="${range}"/>`)
    const merges = ranges.length > 0 ? `<${p}mergeCells>${ranges.join('')}</${p}mergeCells>` : ''
    return `<?xml version="1.0"?><${p}worksheet ${space}="${main}"><${p}sheetData>${lines.join('')}</${p}sheetData>${merges}</${p}worksheet>`
  }
  const sheets = pages.map(
    ({ name }, index) =>
      `<${p}sheet name="${xml(name)}" sheetId="${String(index + 1)}" r:id="rId${String(index + 1)}"/>`,
  )
  const links = pages.map(
    (_, index) =>
      `<Relationship Id="rId${String(index + 1)}" Type="${relations}/worksheet" Target="/xl/worksheets/sheet${String(index + 1)}.xml"/>`,
  )
  const relationSpace = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return zip({
    '_rels/.rels': `<Relationships xmlns="${relationSpace}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<${p}workbook ${space}="${main}" xmlns:r="${relations}"><${p}sheets>${sheets.join('')}</${p}sheets></${p}workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relationSpace}">${links.join('')}</Relationships>`,
    ...Object.fromEntries(
      pages.map((page, index) => [`xl/worksheets/sheet${String(index + 1)}.xml`, sheetOf(page)]),
    ),
    ...more.files,
  })
}

/** A ZIP archive of texts, deflated. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    const title = Buffer.from(name)
    const facts = Buffer.alloc(16)
    facts.writeUInt32LE(crc32(plain), 4)
    facts.writeUInt32LE(packed.length, 8)
    facts.writeUInt32LE(plain.length, 12)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    facts.copy(head, 10)
    head.writeUInt16LE(title.length, 26)
    bodies.push(head, title, packed)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    facts.copy(entry, 12)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(offset, 42)
    directory.push(entry, title)
    offset += head.length + title.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...bodies, listed, end]))
}
