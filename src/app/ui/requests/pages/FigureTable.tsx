import { Group } from '#app/ui/kit/Row.tsx'
import { Table, type TableColumn } from '#app/ui/kit/Table.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { partQuiet, type FigureRow } from '#app/views/request-figures.ts'
import { useFigureWords } from './figure-words.ts'

/** Kinds, units or places beside each other; what stands still is folded away. */
export function FigureTable(props: {
  readonly title: string
  /** Of the first column. */
  readonly head: string
  readonly rows: readonly FigureRow[]
  /** Of a row that this device has no name for. */
  readonly nameless: string
}) {
  const own = useFigureWords()
  const { busy, quiet } = partQuiet(props.rows)
  return (
    <Group head={props.title} bare>
      {busy.length > 0 && <Rows {...props} rows={busy} />}
      {quiet.length > 0 && (
        <details>
          <summary class={styles.summary}>{own.quiet(quiet.length)}</summary>
          <Rows {...props} rows={quiet} />
        </details>
      )}
    </Group>
  )
}

function Rows(props: {
  readonly title: string
  readonly head: string
  readonly rows: readonly FigureRow[]
  readonly nameless: string
}) {
  const own = useFigureWords()
  const { title, head, rows, nameless } = props
  const number = (key: 'open' | 'late'): TableColumn<FigureRow> => ({
    ...{ key, head: own[key], isNumber: true },
    cell: ({ figures }) => figures[key],
  })
  const rate = (key: 'inTime' | 'solved' | 'content'): TableColumn<FigureRow> => ({
    ...{ key, head: own[key], isNumber: true },
    cell: ({ figures }) => own.rate(figures[key]),
  })
  const columns: readonly TableColumn<FigureRow>[] = [
    { key: 'name', head, cell: ({ name }) => name ?? nameless },
    ...[number('open'), number('late'), rate('inTime'), rate('solved'), rate('content')],
  ]
  const isWay = rows.every(({ href }) => href !== null)
  return (
    <Table
      label={title}
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      {...(isWay && { hrefOf: ({ href }: FigureRow) => href ?? '' })}
    />
  )
}
