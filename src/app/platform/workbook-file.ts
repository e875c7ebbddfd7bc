/**
 * The one door through which workbooks (.xlsx, ECMA-376) are written. Every text goes through the guard against formulas
 * and stands in a cell of text (`@`): whoever edits it in Excel still has a text and not 3.3E+17.
 */
import { daysBetween, isDay } from '#domain/day.ts'
import { sheetText } from '#domain/sheet-cell.ts'
import { openPart, partOf, zipOf, type OpenPart, type ZipPart } from './zip-file.ts'

/** A day is `YYYY-MM-DD` and becomes a date that a spreadsheet sorts and counts with. */
export type WorkbookCell = string | number | null | { readonly day: string }
export type WorkbookRow = readonly WorkbookCell[]

export interface WorkbookHead {
  /** Name of the sheet; what Excel forbids in one is left out. */
  readonly name: string
  /** Above the header, a line each: the first one bold. */
  readonly above: readonly string[]
  /** Widths in characters. */
  readonly columns: readonly {
    readonly header: string
    readonly width: number
    /** Offered in a list at each of its cells, as far as the sheet is filled in. */
    readonly choices?: readonly string[]
  }[]
  /**
   * A table that is printed: what stands above runs over the whole width, cells have borders, and a page is landscape, as
   * wide as the table, numbered, with the header row on top of each.
   */
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
  return bookOf(sheets, pages)
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
      (wide ? `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` : '') +
      `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${top}" topLeftCell="A${top + 1}"` +
      ` activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
      `<cols>${columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>` +
      `<sheetData>` +
      above.map((text, at) => rowOf([textCell(text, 0, line + 1, aboveStyle(at))])).join('') +
      rowOf(
        columns.map(({ header }, at) =>
          textCell(header, at, line + 1, wide ? styles.boxedHeader : styles.header),
        ),
      ),
  )
  return {
    async add(rows) {
      const text = rows
        .map((row) => rowOf(row.map((value, at) => cellOf(value, at, line + 1, wide))))
        .join('')
      if (text !== '') await part.write(text)
    },
    async close() {
      const merged = above.map((_, at) => `<mergeCell ref="A${at + 1}:${last}${at + 1}"/>`)
      const isMerged = wide && columns.length > 1 && merged.length > 0
      await part.write(
        `</sheetData>` +
          (isMerged ? `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>` : '') +
          validationsOf(columns, top) +
          (wide ? pageOfTable : '') +
          `</worksheet>`,
      )
      return part.close()
    },
  }
}

/** A4, landscape, as many pages as it takes from top to bottom and one from side to side. */
const pageOfTable =
  `<printOptions horizontalCentered="1"/>` +
  `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
  `<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
  `<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>`

/** What of a head the book around it has to know. */
export type NamedSheet = Pick<WorkbookHead, 'name' | 'above' | 'wide'>

/** As far down as anybody fills in a sheet by hand. */
const lastChosenRow = 5_100

/** Lists of a column's choices; whatever else somebody writes is theirs. A list is 255 letters at most. */
function validationsOf(columns: WorkbookHead['columns'], top: number): string {
  const lists = columns.flatMap(({ choices = [] }, at) => {
    const list = choices.join(',')
    if (list === '' || list.length > 255) return []
    const cells = `${letters(at)}${top + 1}:${letters(at)}${lastChosenRow}`
    return [
      `<dataValidation type="list" allowBlank="1" sqref="${cells}">` +
        `<formula1>${escaped(`"${list}"`)}</formula1></dataValidation>`,
    ]
  })
  return lists.length === 0
    ? ''
    : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`
}

/** The book around its sheets. */
export async function bookOf(
  heads: readonly NamedSheet[],
  pages: readonly ZipPart[],
): Promise<Blob> {
  const sheets = sheetNames(heads.map(({ name }) => name))
  const repeated = heads.flatMap(({ above, wide }, at) => {
    if (!wide) return []
    const header = above.length + 1
    const name = (sheets[at] ?? '').replaceAll("'", "''")
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${escaped(`'${name}'!$${header}:$${header}`)}</definedName>`
  })
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
        `</sheets>` +
        (repeated.length > 0 ? `<definedNames>${repeated.join('')}</definedNames>` : '') +
        `</workbook>`,
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

/** By their place in `cellXfs`; 49 is the number of the format `@`. The last four have borders. */
const styles = {
  number: 0,
  text: 1,
  bold: 2,
  header: 3,
  title: 4,
  under: 5,
  day: 6,
  boxedNumber: 7,
  boxedText: 8,
  boxedHeader: 9,
  boxedDay: 10,
} as const
const general = 0
const plainText = 49
/** Numbers below 164 belong to Excel, whose own days look otherwise in each language. */
const wholeDay = 164
const format = (number: number, font: number, border: 0 | 1 = 0, alignment = '') =>
  `<xf numFmtId="${number}" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1"` +
  (border ? ' applyBorder="1"' : '') +
  (alignment ? ` applyAlignment="1"><alignment ${alignment}/></xf>` : '/>')
const formats = [
  format(general, 0),
  format(plainText, 0),
  format(plainText, 1),
  format(plainText, 1, 0, 'wrapText="1"'),
  format(plainText, 2, 0, 'horizontal="center"'),
  format(plainText, 0, 0, 'horizontal="center"'),
  format(wholeDay, 0),
  format(general, 0, 1),
  format(plainText, 0, 1),
  format(plainText, 1, 1, 'wrapText="1"'),
  format(wholeDay, 0, 1),
]
const sides = ['left', 'right', 'top', 'bottom']
const stylesXml =
  `${xmlHead}<styleSheet xmlns="${main}">` +
  `<numFmts count="1"><numFmt numFmtId="${wholeDay}" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
  `<fonts count="3"><font><sz val="11"/></font>` +
  `<font><b/><sz val="11"/></font><font><b/><sz val="16"/></font></fonts>` +
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
  `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
  `<border>${sides.map((side) => `<${side} style="thin"><color auto="1"/></${side}>`).join('')}<diagonal/></border></borders>` +
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
  `<cellXfs count="${formats.length}">${formats.join('')}</cellXfs></styleSheet>`

function cellOf(value: WorkbookCell, column: number, row: number, isBoxed: boolean): string {
  const text = isBoxed ? styles.boxedText : styles.text
  if (typeof value === 'string') return textCell(value, column, row, text)
  const place = `${letters(column)}${row}`
  if (value !== null && typeof value === 'object') {
    const number = dayNumber(value.day)
    if (number === null) return textCell(value.day, column, row, text)
    return `<c r="${place}" s="${isBoxed ? styles.boxedDay : styles.day}"><v>${number}</v></c>`
  }
  if (value === null || !Number.isFinite(value))
    return isBoxed ? `<c r="${place}" s="${text}"/>` : ''
  const style = isBoxed ? ` s="${styles.boxedNumber}"` : ''
  return `<c r="${place}"${style}><v>${value}</v></c>`
}

/**
 * Days since the end of 1899 as Excel counts them; null of what it has no number for. It takes 1900 for a leap year, so
 * that its numbers are those of everybody else from March 1900 on.
 */
function dayNumber(day: string): number | null {
  if (!isDay(day) || day < '1900-03-01') return null
  return daysBetween('1899-12-30', day)
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
