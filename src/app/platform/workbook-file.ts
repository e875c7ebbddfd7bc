/**
 * The one door through which workbooks (.xlsx, ECMA-376) are written. Every text goes through the guard against formulas
 * and stands in a cell of text (`@`): whoever edits it in Excel still has a text and not 3.3E+17.
 */
import { sheetText } from '#domain/sheet-cell.ts'
import { openPart, partOf, zipOf, type OpenPart, type ZipPart } from './zip-file.ts'

export type WorkbookCell = string | number | null
export type WorkbookRow = readonly WorkbookCell[]

export interface WorkbookHead {
  /** Name of the sheet; what Excel forbids in one is left out. */
  readonly name: string
  /** Above the header, a line each: the first one bold. */
  readonly above: readonly string[]
  /** Widths in characters. */
  readonly columns: readonly { readonly header: string; readonly width: number }[]
  /** What stands above runs over the whole width, as of a table that is printed. */
  readonly wide?: boolean
}

export interface WorkbookSheet extends WorkbookHead {
  readonly rows: Iterable<WorkbookRow>
}

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export async function writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Blob> {
  const pages: ZipPart[] = []
  for (const [index, sheet] of sheets.entries()) {
    const page = await openSheet(sheet, index)
    for (const rows of slicesOf(sheet.rows)) await page.add(rows)
    pages.push(await page.close())
  }
  return bookOf(
    sheets.map(({ name }) => name),
    pages,
  )
}

/** So many rows are text at once. */
const together = 500

function* slicesOf(rows: Iterable<WorkbookRow>): Generator<readonly WorkbookRow[]> {
  let slice: WorkbookRow[] = []
  for (const row of rows) {
    if (slice.push(row) < together) continue
    yield slice
    slice = []
  }
  yield slice
}

export interface OpenSheet {
  add(rows: readonly WorkbookRow[]): Promise<void>
  close(): Promise<ZipPart>
}

/** A sheet whose rows come one after the other. */
export async function openSheet(head: WorkbookHead, index: number): Promise<OpenSheet> {
  const part: OpenPart = openPart(`xl/worksheets/sheet${index + 1}.xml`)
  const { above, columns, wide = false } = head
  let line = 0
  const rowOf = (cells: readonly string[]) => `<row r="${(line += 1)}">${cells.join('')}</row>`
  const top = above.length + 1
  const last = letters(columns.length - 1)
  const aboveStyle = (at: number) =>
    wide ? (at === 0 ? styles.title : styles.under) : at === 0 ? styles.bold : styles.text
  await part.write(
    `${xmlHead}<worksheet xmlns="${main}">` +
      `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${top}" topLeftCell="A${top + 1}"` +
      ` activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
      `<cols>${columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>` +
      `<sheetData>` +
      above.map((text, at) => rowOf([textCell(text, 0, line + 1, aboveStyle(at))])).join('') +
      rowOf(columns.map(({ header }, at) => textCell(header, at, line + 1, styles.header))),
  )
  return {
    async add(rows) {
      const text = rows
        .map((row) => rowOf(row.map((value, at) => cellOf(value, at, line + 1))))
        .join('')
      if (text !== '') await part.write(text)
    },
    async close() {
      const merged = above.map((_, at) => `<mergeCell ref="A${at + 1}:${last}${at + 1}"/>`)
      const isMerged = wide && columns.length > 1 && merged.length > 0
      await part.write(
        `</sheetData>` +
          (isMerged ? `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>` : '') +
          (wide ? `<pageSetup paperSize="9" orientation="landscape"/>` : '') +
          `</worksheet>`,
      )
      return part.close()
    },
  }
}

/** The book around its sheets. */
export async function bookOf(names: readonly string[], pages: readonly ZipPart[]): Promise<Blob> {
  const sheets = sheetNames(names)
  const rels = pages.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  const parts = await Promise.all([
    partOf(
      '[Content_Types].xml',
      `${xmlHead}<Types xmlns="${packages}/content-types">` +
        `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>` +
        `<Override PartName="/xl/workbook.xml" ContentType="${workbookType}.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${kinds}.styles+xml"/>` +
        pages
          .map(({ name }) => `<Override PartName="/${name}" ContentType="${kinds}.worksheet+xml"/>`)
          .join('') +
        `</Types>`,
    ),
    partOf(
      '_rels/.rels',
      `${xmlHead}<Relationships xmlns="${packages}/relationships">` +
        `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    partOf(
      'xl/workbook.xml',
      `${xmlHead}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
        sheets
          .map(
            (name, at) =>
              `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
          )
          .join('') +
        `</sheets></workbook>`,
    ),
    partOf(
      'xl/_rels/workbook.xml.rels',
      `${xmlHead}<Relationships xmlns="${packages}/relationships">${rels.join('')}` +
        `<Relationship Id="rId${pages.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    partOf('xl/styles.xml', stylesXml),
  ])
  return zipOf([...parts, ...pages], workbookType)
}

const schemas = 'http://schemas.openxmlformats.org'
const main = `${schemas}/spreadsheetml/2006/main`
const office = `${schemas}/officeDocument/2006/relationships`
const packages = `${schemas}/package/2006`
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** By their place in `cellXfs`; 49 is the number of the format `@`. */
const styles = { number: 0, text: 1, bold: 2, header: 3, title: 4, under: 5 } as const
const format = (font: number, alignment = '') =>
  `<xf numFmtId="49" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"` +
  (alignment ? ` applyAlignment="1"><alignment ${alignment}/></xf>` : '/>')
const stylesXml =
  `${xmlHead}<styleSheet xmlns="${main}"><fonts count="3"><font><sz val="11"/></font>` +
  `<font><b/><sz val="11"/></font><font><b/><sz val="16"/></font></fonts>` +
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
  `<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  format(0) +
  format(1) +
  format(1, 'wrapText="1"') +
  format(2, 'horizontal="center"') +
  format(0, 'horizontal="center"') +
  `</cellXfs></styleSheet>`

function cellOf(value: WorkbookCell, column: number, row: number): string {
  if (typeof value === 'string') return textCell(value, column, row, styles.text)
  if (value === null || !Number.isFinite(value)) return ''
  return `<c r="${letters(column)}${row}"><v>${value}</v></c>`
}

function textCell(text: string, column: number, row: number, style: number): string {
  const shown = escaped(sheetText(text))
  // Of a table most is what stands around its cells: a blank at an end is rare, and nothing else has to be kept.
  const space = /^\s|\s$/.test(shown) ? ' xml:space="preserve"' : ''
  return `<c r="${letters(column)}${row}" s="${style}" t="inlineStr"><is><t${space}>${shown}</t></is></c>`
}

/** `_x0041_` means A to whoever reads a workbook: what only looks like it is told apart. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>"\r]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** 0 → A, 27 → AB. */
function letters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : letters(Math.floor(column / 26) - 1) + letter
}

const mostNameLength = 31

/** At most so many UTF-16 units, and no half of a character. */
const cutTo = (most: number, text: string) =>
  text
    .slice(0, most)
    .replace(/\p{Surrogate}$/u, '')
    .trim()

/** Each once, whatever their case. */
function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name, at) => {
    const whole = sheetText(name)
      .replace(/[\\/*?:[\]]/g, ' ')
      .replace(/^['\s]+|['\s]+$/g, '')
    const ending = ` ${at + 1}`
    const plain = cutTo(mostNameLength, whole)
    const isFree = plain !== '' && !taken.has(plain.toLowerCase())
    const own = isFree ? plain : cutTo(mostNameLength - ending.length, whole) + ending
    taken.add(own.trim().toLowerCase())
    return own.trim()
  })
}
