import type { RequestOverview } from '#protocol/requests.ts'
import { formatDay } from '#app/ui/format.ts'
import { Soft } from '#app/ui/kit/Part.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Table } from '#app/ui/kit/Table.tsx'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useFigureWords } from './figure-words.ts'

/** The course of requests over weeks and over two years; what was purged since is still counted. */
export function Course({ told }: { readonly told: RequestOverview }) {
  const own = useFigureWords()
  const words = useWords()
  const kindName = useKindName()
  const rates = [own.inTime, own.solved, own.content]
  const past = [own.came, own.closed, ...rates]
  return (
    <>
      <Figures
        title={own.weeks}
        columns={[own.week, own.came, own.closed]}
        rows={[...told.weeks]
          .reverse()
          .map(({ week, came, closed }) => [formatDay(words, week, told.day), came, closed])}
      />
      {told.months.length > 0 && (
        <Figures
          title={own.months}
          hint={own.monthsHint}
          columns={[own.month, ...past]}
          rows={told.months.map((row) => [row.month, ...cellsOf(row, own.rate)])}
        />
      )}
      {told.kinds.length > 0 && (
        <Figures
          title={own.kinds}
          columns={[own.kind, ...past]}
          rows={told.kinds.map((row) => [
            kindName(row.item, row.name) ?? own.noItem,
            ...cellsOf(row, own.rate),
          ])}
        />
      )}
    </>
  )
}

type Past = RequestOverview['months'][number] | RequestOverview['kinds'][number]
type Cells = readonly (string | number)[]

function cellsOf(
  { came, closed, inTime, solved, content }: Past,
  rate: (value: number | null) => string,
): Cells {
  return [came, closed, rate(inTime), rate(solved), rate(content)]
}

function Figures(props: {
  readonly title: string
  readonly hint?: string
  readonly columns: readonly string[]
  readonly rows: readonly Cells[]
}) {
  const { title, hint, columns, rows } = props
  return (
    <Group head={title} bare>
      <Table
        label={title}
        columns={columns.map((head, at) => ({
          ...{ key: head, head, isNumber: at > 0 },
          cell: (row: Cells) => row[at],
        }))}
        rows={rows}
        keyOf={([name]) => String(name)}
      />
      {hint && <Soft>{hint}</Soft>}
    </Group>
  )
}
