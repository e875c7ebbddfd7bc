/** One workbook with a sheet for each roster of the corpus, by each of the programs that a test can run. */
import * as XLSX from '@e965/xlsx'
import { writeWorkbook } from '#app/platform/workbook-file.ts'
import { byHand, type Page, type Styled, type Value } from '../workbooks.ts'
import type { CorpusCell, CorpusSheet, DateValue } from './sheets.ts'

const codes: Readonly<Record<DateValue['shown'], string>> = {
  day: 'yyyy\\-mm\\-dd',
  'month-day': 'm"月"d"日"',
  month: 'yyyy"年"m"月"',
}
const shownParts = ['day', 'month-day', 'month'] as const

const isDate = (cell: CorpusCell): cell is DateValue => typeof cell === 'object' && cell !== null

export function bySheetJs(sheets: readonly CorpusSheet[]): Uint8Array {
  const book = XLSX.utils.book_new()
  for (const { name, rows, merged } of sheets) {
    const plain = rows.map((row) => row.map((cell) => (isDate(cell) ? cell.serial : cell)))
    const sheet = XLSX.utils.aoa_to_sheet(plain)
    for (const [r, row] of rows.entries()) {
      for (const [c, cell] of row.entries()) {
        const held = sheet[XLSX.utils.encode_cell({ r, c })] as XLSX.CellObject | undefined
        if (held && isDate(cell)) held.z = codes[cell.shown]
      }
    }
    if (merged) sheet['!merges'] = merged.map((range) => XLSX.utils.decode_range(range))
    XLSX.utils.book_append_sheet(book, sheet, name)
  }
  return new Uint8Array(
    XLSX.write(book, { type: 'array', bookType: 'xlsx', bookSST: true }) as ArrayBuffer,
  )
}

/** The product's own writer puts every text and day into a cell of text. */
export async function byProduct(sheets: readonly CorpusSheet[]): Promise<Uint8Array> {
  const written = (cell: CorpusCell | undefined) =>
    isDate(cell ?? null)
      ? dateToText(cell as DateValue)
      : ((cell ?? null) as string | number | null)
  const book = await writeWorkbook(
    sheets.map(({ name, titles, rows }) => {
      const width = Math.max(...rows.map((row) => row.length))
      const header = rows[titles] ?? []
      return {
        name,
        above: rows.slice(0, titles).map((row) => String(written(row[0]) ?? '')),
        columns: Array.from({ length: width }, (_, at) => ({
          header: String(written(header[at]) ?? ''),
          width: 12,
        })),
        rows: rows.slice(titles + 1).map((row) => row.map(written)),
      }
    }),
  )
  return new Uint8Array(await book.arrayBuffer())
}

function dateToText({ serial, shown }: DateValue): string {
  const [year, month, day] = new Date((serial - 25_569) * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .split('-')
    .map(Number)
  if (shown === 'month-day') return `${String(month)}月${String(day)}日`
  if (shown === 'month') return `${String(year)}年${String(month)}月`
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** Raw XML: texts in their cells, dates as styled numbers. LibreOffice converted this one. */
export function byXml(sheets: readonly CorpusSheet[]): Uint8Array {
  const pages = sheets.map(({ name, rows, merged }): Page<Value | Styled> => ({
    ...{ name, rows: rows.map((row) => row.map((cell) => (isDate(cell) ? mark(cell) : cell))) },
    ...(merged ? { merged } : {}),
  }))
  const formats = shownParts.map(
    (shown, at) =>
      `<numFmt numFmtId="${String(170 + at)}" formatCode="${codes[shown].replaceAll('"', '&quot;')}"/>`,
  )
  const styles = `<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3">${formats.join('')}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/>${shownParts.map((_, at) => `<xf numFmtId="${String(170 + at)}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`
  // Our own reader does without it; LibreOffice opens no workbook that has none.
  const types = sheets.map(
    (_, at) =>
      `<Override PartName="/xl/worksheets/sheet${String(at + 1)}.xml" ContentType="${office}.worksheet+xml"/>`,
  )
  const contents = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${office}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${office}.styles+xml"/>${types.join('')}</Types>`
  return byHand(pages, { styles, files: { '[Content_Types].xml': contents } })
}

const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const mark = ({ serial, shown }: DateValue): Styled => ({
  serial,
  style: shownParts.indexOf(shown) + 1,
})
