import type { RequestOverview } from '#protocol/requests.ts'
import { formatDay } from '#app/ui/format.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useFigureWords } from './figure-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'

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

function cellsOf(
  { came, closed, inTime, solved, content }: Past,
  rate: (value: number | null) => string,
): readonly (string | number)[] {
  return [came, closed, rate(inTime), rate(solved), rate(content)]
}

function Figures(props: {
  readonly title: string
  readonly hint?: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}) {
  const { title, hint, columns, rows } = props
  return (
    <section class={styles.part}>
      <h2>{title}</h2>
      {hint && <p class={styles.soft}>{hint}</p>}
      <div class={styles.scroll}>
        <table class={styles.table}>
          <thead>
            <tr>
              {columns.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([head, ...cells], at) => (
              <tr key={at}>
                <th scope="row">{head}</th>
                {cells.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
