/** Rows that cannot be taken go back as a workbook: as they came, with the reason beside each. */
import { isOut, type Compared } from '#domain/roster/compare.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import type { Column, Table } from '#domain/roster/find-header.ts'
import type { RowProblem, Trouble } from '#domain/roster/row.ts'
import { cellToText } from '#domain/roster/sheet.ts'
import { writeWorkbook } from '#app/platform/workbook-file.ts'

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

export async function writeReturns(
  sheets: readonly ReturnSheet[],
  compared: readonly Compared[],
  words: ReturnWords,
): Promise<Uint8Array<ArrayBuffer>> {
  const wrong = new Map<string, ReadonlyMap<number, readonly Trouble[]>>()
  for (const { table } of sheets) {
    const rows = compared.flatMap(({ row, verdict }) =>
      isOut(verdict) && row.sheet === table.sheet ? [[row.number, verdict.why] as const] : [],
    )
    if (rows.length > 0) wrong.set(table.sheet, new Map(rows))
  }
  const blob = await writeWorkbook(
    sheets.flatMap(({ table, columns }) => {
      const reasons = wrong.get(table.sheet)
      if (!reasons) return []
      return {
        name: table.sheet,
        above: [],
        columns: [
          { header: words.reason, width: 44 },
          ...columns.map(({ header }) => ({ header, width: 18 })),
        ],
        rows: rowsOf(table, columns, reasons, words),
      }
    }),
  )
  return new Uint8Array(await blob.arrayBuffer())
}

function* rowsOf(
  table: Table,
  columns: readonly Column[],
  reasons: ReadonlyMap<number, readonly Trouble[]>,
  words: ReturnWords,
) {
  for (const { number, cells } of table.rows) {
    const why = reasons.get(number)
    if (!why) continue
    const own = columns.map(({ at }) => cellToText(cells[at]))
    yield [why.map((trouble) => troubleToText(trouble, words)).join('；'), ...own]
  }
}

/** 身份证号：校验位不对（…1234）. */
export function troubleToText(
  { field, problem, text: written }: Trouble,
  words: ReturnWords,
): string {
  const what = field === null ? '' : `${words.fields[field]}：`
  return `${what}${words.problems[problem]}${written === '' ? '' : `（${written}）`}`
}
