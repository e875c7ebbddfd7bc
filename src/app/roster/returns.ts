/** Rows that cannot be taken go back as a workbook: as they came, with the reason beside each. */
import writeXlsxFile, { type Row } from 'write-excel-file/universal'
import type { Compared } from '#domain/roster/compare.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import type { Column, Table } from '#domain/roster/find-header.ts'
import type { RowProblem, Trouble } from '#domain/roster/row.ts'
import { cellToText } from '#domain/roster/sheet.ts'
import { sheetText } from '#domain/sheet-cell.ts'

/** Words of the screen's language; the thread has none of its own. */
export interface ReturnWords {
  readonly reason: string
  readonly fields: Readonly<Record<RosterField, string>>
  readonly problems: Readonly<Record<RowProblem, string>>
}

interface ReturnSheet {
  readonly table: Table
  readonly columns: readonly Column[]
}

const mostNameLength = 28

export async function writeReturns(
  sheets: readonly ReturnSheet[],
  compared: readonly Compared[],
  words: ReturnWords,
): Promise<Uint8Array<ArrayBuffer>> {
  const wrong = new Map<string, ReadonlyMap<number, readonly Trouble[]>>()
  for (const { table } of sheets) {
    const rows = compared.flatMap(({ row, verdict }) =>
      verdict.status === 'wrong' && row.sheet === table.sheet
        ? [[row.number, verdict.why] as const]
        : [],
    )
    if (rows.length > 0) wrong.set(table.sheet, new Map(rows))
  }
  const pages = sheets.filter(({ table }) => wrong.has(table.sheet))
  const data = pages.map(({ table, columns }) => {
    const reasons = wrong.get(table.sheet)
    const headers = columns.map(({ header }) => text(header, true))
    const rows: Row[] = table.rows.flatMap(({ number, cells }) => {
      const why = reasons?.get(number)
      if (!why) return []
      const own = columns.map(({ at }) => text(cellToText(cells[at])))
      return [[text(why.map((trouble) => toWords(trouble, words)).join('；')), ...own]]
    })
    return [[text(words.reason, true), ...headers], ...rows]
  })
  const names = pages.map(({ table }, index) => sheetName(table.sheet, index))
  const blob = await writeXlsxFile(
    data.map((page, index) => ({
      data: page,
      sheet: names[index] ?? '1',
      columns: [{ width: 44 }, ...(page[0] ?? []).slice(1).map(() => ({ width: 18 }))],
      stickyRowsCount: 1,
    })),
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

function text(value: string, isBold = false) {
  return {
    value: sheetText(value),
    type: String,
    ...(isBold ? { fontWeight: 'bold' as const } : {}),
  }
}

/** 身份证号：校验位不对（…1234）. */
function toWords({ field, problem, text: written }: Trouble, words: ReturnWords): string {
  const what = field === null ? '' : `${words.fields[field]}：`
  return `${what}${words.problems[problem]}${written === '' ? '' : `（${written}）`}`
}

/** What Excel forbids in a sheet's name. */
function sheetName(name: string, index: number): string {
  const plain = name
    .replace(/[\\/*?:[\]]/g, ' ')
    .slice(0, mostNameLength)
    .trim()
  return plain === '' ? `${index + 1}` : `${plain}${index > 0 ? ` ${index + 1}` : ''}`
}
