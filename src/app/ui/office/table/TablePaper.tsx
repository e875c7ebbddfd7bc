import type { SheetColumn } from '#domain/sheet-columns.ts'
import type { PaperRows } from '#app/acts/hand-out.ts'
import type { Orientation, PaperSize } from '#app/views/paper-fit.ts'
import styles from './TablePaper.module.css'

export interface PaperPart {
  /** Null for a table without groups. */
  readonly head: { readonly label: string; readonly count: string } | null
  readonly ids: readonly string[]
}

export interface PaperTable {
  readonly title: string
  /** When, by whom, what for, to whom, which filter. */
  readonly lines: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly heading: (column: SheetColumn) => string
  readonly parts: readonly PaperPart[]
  readonly rows: PaperRows
  readonly orientation: Orientation
  readonly size: PaperSize
}

/** The table on paper: drawn while the browser prints, its header on each page. */
export function TablePaper(props: PaperTable) {
  const { columns, parts, rows } = props
  return (
    <article class={`${styles.table} ${styles[props.orientation]}`} data-size={props.size}>
      <h1>{props.title}</h1>
      {props.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-number={column.type === 'number' || undefined}>
                {props.heading(column)}
              </th>
            ))}
          </tr>
        </thead>
        {parts.map(({ head, ids }) => (
          <tbody key={head?.label ?? ''}>
            {head && (
              <tr class={styles.group}>
                <th scope="rowgroup" colSpan={columns.length}>
                  {head.label} <span>{head.count}</span>
                </th>
              </tr>
            )}
            {ids.map((id) => {
              const cells = rows.get(id)
              return (
                cells && (
                  <tr key={id}>
                    {columns.map((column, at) => (
                      <td key={column.key} data-number={column.type === 'number' || undefined}>
                        {cells[at]}
                      </td>
                    ))}
                  </tr>
                )
              )
            })}
          </tbody>
        ))}
      </table>
    </article>
  )
}
