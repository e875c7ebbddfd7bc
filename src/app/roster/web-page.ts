/**
 * Web pages that call themselves workbooks: what older systems export, and what Excel saves as a page. Read by
 * htmlparser2, which comes when the first such file does.
 */
import { Parser } from 'htmlparser2'
import type { MergedRange, Sheet, SheetRow } from '#domain/roster/sheet.ts'
import { decodeText } from './decode-text.ts'
import { FileFault } from './file-fault.ts'
import { mostColumns, mostRows } from './sheet-xml.ts'

/** Each table of the page is a sheet. Throws a FileFault where it has none. */
export function readPage(bytes: Uint8Array, name: string): readonly Sheet[] {
  return named(tablesOf(decodeText(bytes, declaredIn(bytes))), name)
}

/** Pages in one file (MHTML, RFC 2557), as Excel and Word save them. */
export function readPages(bytes: Uint8Array, name: string): readonly Sheet[] {
  const pages = partsOf(new TextDecoder('latin1').decode(bytes), 0)
  return named(
    pages.flatMap(({ body, charset }) => tablesOf(decodeText(body, charset ?? declaredIn(body)))),
    name,
  )
}

function named(tables: readonly Omit<Sheet, 'name'>[], name: string): readonly Sheet[] {
  // Tables within tables lay out a page; those that hold nothing of their own are left out.
  const filled = tables.filter(({ rows }) => rows.length > 0)
  if (filled.length === 0) throw new FileFault('web-page')
  return filled.map((table, at) => ({
    name: filled.length === 1 ? name : `${name} ${at + 1}`,
    ...table,
  }))
}

/** What `<meta charset>` or its older form says; null where it says nothing that browsers know. */
function declaredIn(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  return knownCharset(/charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1])
}

function knownCharset(name: string | undefined): string | null {
  if (name === undefined) return null
  try {
    return new TextDecoder(/^gb/i.test(name) ? 'gb18030' : name).encoding
  } catch {
    return null
  }
}

interface OpenTable {
  readonly rows: SheetRow[]
  readonly merged: MergedRange[]
  /** Columns that a cell further up takes, with the row up to which it does. */
  readonly taken: Map<number, number>
  line: number
  column: number
  cells: (string | null)[]
  isHidden: boolean
  text: string | null
  wide: number
  high: number
}

const lineBreaks = new Set(['br', 'p', 'div', 'li'])
const unread = new Set(['script', 'style', 'title', 'head'])

function tablesOf(html: string): Omit<Sheet, 'name'>[] {
  const done: OpenTable[] = []
  const open: OpenTable[] = []
  let total = 0
  let skipped = 0

  const endCell = (table: OpenTable) => {
    if (table.text === null) return
    const text = table.text.replace(/[ \t\r\f\u00a0]*\n[ \t\r\f\u00a0]*/g, '\n').trim()
    const { column, wide, high, line } = table
    if (text !== '' && column < mostColumns) {
      while (table.cells.length < column) table.cells.push(null)
      table.cells[column] = text
    }
    if (wide > 1 || high > 1) {
      const [bottom, right] = [line + high - 1, column + wide - 1]
      table.merged.push({ top: line, left: column, bottom, right })
      if (high > 1) for (let at = column; at <= right; at += 1) table.taken.set(at, bottom)
    }
    table.column += wide
    table.text = null
  }
  const endRow = (table: OpenTable) => {
    endCell(table)
    if (table.cells.length > 0) {
      if (total >= mostRows) throw new FileFault('too-many-rows')
      total += 1
      table.rows.push({
        number: table.line + 1,
        cells: table.cells,
        ...(table.isHidden ? { hidden: true } : {}),
      })
    }
    table.cells = []
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const table = open.at(-1)
        if (unread.has(name)) skipped += 1
        else if (name === 'table') {
          open.push(newTable())
          const made = open.at(-1)
          if (made) done.push(made)
        } else if (!table) return
        else if (name === 'tr') {
          endRow(table)
          table.line += 1
          table.column = 0
          table.isHidden = isHidden(attributes)
        } else if (name === 'td' || name === 'th') {
          endCell(table)
          if (table.line < 0) table.line = 0
          while ((table.taken.get(table.column) ?? -1) >= table.line) table.column += 1
          table.text = ''
          table.wide = span(attributes['colspan'], mostColumns)
          table.high = span(attributes['rowspan'], mostRows)
        } else if (lineBreaks.has(name) && table.text) table.text += '\n'
      },
      ontext(text) {
        const table = open.at(-1)
        if (skipped === 0 && table && table.text !== null) {
          table.text += text.replace(/[ \t\r\n\f]+/g, ' ')
        }
      },
      onclosetag(name) {
        const table = open.at(-1)
        if (unread.has(name)) skipped = Math.max(0, skipped - 1)
        else if (!table) return
        else if (name === 'td' || name === 'th') endCell(table)
        else if (name === 'tr') endRow(table)
        else if (name === 'table') {
          endRow(table)
          open.pop()
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(html)
  parser.end()
  for (const table of open) endRow(table)
  return done.map(({ rows, merged }) => ({ rows, merged }))
}

function newTable(): OpenTable {
  return {
    ...{ rows: [], merged: [], taken: new Map(), line: -1, column: 0, cells: [] },
    ...{ isHidden: false, text: null, wide: 1, high: 1 },
  }
}

function span(text: string | undefined, most: number): number {
  const found = Number(text ?? 1)
  return Number.isSafeInteger(found) && found > 0 ? Math.min(found, most) : 1
}

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  return 'hidden' in attributes || /display\s*:\s*none/i.test(attributes['style'] ?? '')
}

interface PagePart {
  readonly body: Uint8Array
  readonly charset: string | null
}

/** Parts within parts, as mail has them; no writer of pages goes deeper. */
const deepest = 5

/** Those parts of a message that are pages; `text` holds its bytes as letters. */
function partsOf(text: string, depth: number): readonly PagePart[] {
  const end = /\r?\n\r?\n/.exec(text)
  if (!end || depth > deepest) return []
  const head = text.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ')
  const body = text.slice(end.index + end[0].length)
  const type = /^content-type:\s*([^\r\n]*)/im.exec(head)?.[1] ?? ''
  const boundary = /boundary="?([^";\s]+)"?/i.exec(type)?.[1]
  if (/^multipart\//i.test(type) && boundary) {
    return body
      .split(`--${boundary}`)
      .slice(1)
      .filter((part) => !part.startsWith('--'))
      .flatMap((part) => partsOf(part.replace(/^\r?\n/, ''), depth + 1))
  }
  if (!/^text\/html/i.test(type)) return []
  const way = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase()
  const charset = knownCharset(/charset="?([\w-]+)/i.exec(type)?.[1])
  return [{ body: bytesOf(body, way), charset }]
}

function bytesOf(body: string, way: string | undefined): Uint8Array {
  const plain =
    way === 'base64'
      ? decodeBase64(body)
      : way === 'quoted-printable'
        ? body
            .replace(/[ \t]*=\r?\n/g, '')
            .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
        : body
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

function decodeBase64(text: string): string {
  try {
    return atob(text.replace(/[^A-Za-z\d+/=]/g, ''))
  } catch (error) {
    throw new FileFault('damaged', error)
  }
}
