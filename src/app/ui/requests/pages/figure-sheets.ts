/** The numbers of the screen as the sheets of a workbook. */
import type { RequestFigures, RequestOverview } from '#protocol/requests.ts'
import type { useFigureWords } from './figure-words.ts'

export interface NamedFigures {
  readonly title: string
  readonly rows: readonly { readonly name: string | null; readonly figures: RequestFigures }[]
  /** Of a row without a name. */
  readonly nameless: string
}

/** No request and no person stands in them, and small counts make no rate. */
export function figureTables(
  told: RequestOverview,
  tables: readonly NamedFigures[],
  own: ReturnType<typeof useFigureWords>,
  asOf: string,
) {
  const rate = (value: number | null) => value ?? own.rate(null)
  const columns = [own.open, own.late, own.fresh, own.inTime, own.solved, own.content]
  const named = tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows, nameless }) => ({
      name: title,
      above: [title, asOf, own.hidden(told.least)],
      columns: [title, ...columns].map((header, index) => ({
        header,
        width: index === 0 ? 30 : 10,
      })),
      rows: rows.map(({ name, figures: { open, late, fresh, inTime, solved, content } }) => [
        name ?? nameless,
        ...[open, late, fresh, rate(inTime), rate(solved), rate(content)],
      ]),
    }))
  const weeks = {
    name: own.weeks,
    above: [own.weeks, asOf],
    columns: [own.week, own.came, own.closed].map((header) => ({ header, width: 14 })),
    rows: told.weeks.map(({ week, came, closed }) => [week, came, closed]),
  }
  const past = [own.came, own.closed, own.inTime, own.solved, own.content]
  const months = {
    name: own.months,
    above: [own.months, asOf, own.monthsHint],
    columns: [own.month, ...past].map((header) => ({ header, width: 14 })),
    rows: told.months.map((row) => [
      row.month,
      ...[row.came, row.closed, rate(row.inTime), rate(row.solved), rate(row.content)],
    ]),
  }
  return [...named, weeks, ...(months.rows.length > 0 ? [months] : [])]
}
