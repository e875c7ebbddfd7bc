/** Workbooks as different programs write them, of sample people alone. */
import { crc32, deflateRawSync } from 'node:zlib'
import * as XLSX from '@e965/xlsx'
import { identityCheckDigit } from '#domain/document-key.ts'
import type { Day } from '#domain/day.ts'

export type Value = string | number | null
/** A number in one of the cell formats of the styles that are handed over with the pages. */
export interface Styled {
  readonly serial: number
  readonly style: number
}
export interface Page<Cell = Value> {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
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
  pages: readonly Page<Value | Styled>[],
  more: {
    readonly styles?: string
    readonly bare?: boolean
    readonly prefix?: string
    readonly files?: Readonly<Record<string, string>>
    readonly zip64?: Zip64
  } = {},
): Uint8Array {
  const p = more.prefix ? `${more.prefix}:` : ''
  const space = more.prefix ? `xmlns:${more.prefix}` : 'xmlns'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const sheetOf = ({ rows, merged }: Page<Value | Styled>) => {
    const lines = rows.map((row, index) => {
      const cells = row.map((value, column) => {
        const at = more.bare ? '' : ` r="${XLSX.utils.encode_cell({ r: index, c: column })}"`
        if (value === null) return more.bare ? `<${p}c/>` : ''
        if (typeof value === 'object') {
          return `<${p}c${at} s="${String(value.style)}"><${p}v>${String(value.serial)}</${p}v></${p}c>`
        }
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
  const styles = more.styles
    ? [`<Relationship Id="rId0" Type="${relations}/styles" Target="styles.xml"/>`]
    : []
  const relationSpace = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return zip(
    {
      '_rels/.rels': `<Relationships xmlns="${relationSpace}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<${p}workbook ${space}="${main}" xmlns:r="${relations}"><${p}sheets>${sheets.join('')}</${p}sheets></${p}workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relationSpace}">${[...styles, ...links].join('')}</Relationships>`,
      ...Object.fromEntries(
        pages.map((page, index) => [`xl/worksheets/sheet${String(index + 1)}.xml`, sheetOf(page)]),
      ),
      ...(more.styles ? { 'xl/styles.xml': more.styles } : {}),
      ...more.files,
    },
    more.zip64,
  )
}

/** What of an entry stands in the field of ZIP64 and not in the entry; `end`: what the end of the directory says too. */
export interface Zip64 {
  readonly sizes?: boolean
  readonly offsets?: boolean
  readonly end?: boolean
}

/** A ZIP archive of texts, deflated. */
export function zip(
  files: Readonly<Record<string, string | Uint8Array>>,
  { sizes = false, offsets = false, end: hasEnd64 = false }: Zip64 = {},
): Uint8Array {
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
    const large = [...(sizes ? [plain.length, packed.length] : []), ...(offsets ? [offset] : [])]
    const field = Buffer.alloc(large.length > 0 ? 4 + large.length * 8 : 0)
    if (large.length > 0) {
      field.writeUInt16LE(1, 0)
      field.writeUInt16LE(large.length * 8, 2)
      large.forEach((value, at) => field.writeBigUInt64LE(BigInt(value), 4 + at * 8))
      entry.writeUInt16LE(field.length, 30)
      if (sizes) entry.writeUInt32LE(0xffffffff, 20)
      if (sizes) entry.writeUInt32LE(0xffffffff, 24)
      if (offsets) entry.writeUInt32LE(0xffffffff, 42)
    }
    directory.push(entry, title, field)
    offset += head.length + title.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  if (!hasEnd64) return new Uint8Array(Buffer.concat([...bodies, listed, end]))
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeBigUInt64LE(BigInt(Object.keys(files).length), 24)
  end64.writeBigUInt64LE(BigInt(Object.keys(files).length), 32)
  end64.writeBigUInt64LE(BigInt(listed.length), 40)
  end64.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + listed.length), 8)
  locator.writeUInt32LE(1, 16)
  end.writeUInt16LE(0xffff, 8)
  end.writeUInt16LE(0xffff, 10)
  end.writeUInt32LE(0xffffffff, 16)
  return new Uint8Array(Buffer.concat([...bodies, listed, end64, locator, end]))
}
