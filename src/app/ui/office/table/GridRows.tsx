import type { ComponentChildren } from 'preact'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import type { Cell } from '#app/views/windowing.ts'
import { memo } from './memo.ts'
import styles from './SheetGrid.module.css'

export interface Order {
  readonly column: string
  readonly descending: boolean
}

/** Above the rows of a group: what they have in common, and how many they are. */
export interface GroupLine {
  readonly group: string
  readonly label: string
  /** In words. */
  readonly count: string
  readonly isOpen: boolean
}

/** The id of a row, or the head of a group; rows of a closed group are no lines. */
export type Line = string | GroupLine

export function HeadRow(props: {
  readonly columns: readonly SheetColumn[]
  readonly fresh: string | null
  readonly order: Order | null
  readonly heading: (column: SheetColumn) => string
  readonly sortLabel: (column: SheetColumn) => string
  readonly onSort: (column: string) => void
}) {
  const { columns, fresh, order } = props
  return (
    <div class={styles.head} role="row" aria-rowindex={1}>
      {columns.map((column, index) => (
        <div
          key={column.key}
          role="columnheader"
          aria-colindex={index + 1}
          aria-sort={sortWord(order, column.key)}
          data-key={column.key}
          data-fresh={fresh === column.key || undefined}
          class={cellClass(column, index)}
          data-width={widthOf(column)}
        >
          <button
            type="button"
            class={styles.sort}
            title={props.sortLabel(column)}
            onClick={() => props.onSort(column.key)}
          >
            <span>{props.heading(column)}</span>
            <span class={styles.arrow} aria-hidden="true">
              {order?.column === column.key ? (order.descending ? '▼' : '▲') : ''}
            </span>
          </button>
        </div>
      ))}
    </div>
  )
}

function GroupRow(props: {
  readonly line: GroupLine
  readonly index: number
  readonly top: number
  readonly columns: number
  readonly isActive: boolean
  readonly onGroup: (group: string) => void
  readonly onFocus: (cell: Cell) => void
}) {
  const { line, index } = props
  return (
    <div
      role="row"
      class={`${styles.row} ${styles.group}`}
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={line.isOpen}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onGroup(line.group)}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        aria-colspan={props.columns}
        class={styles.groupCell}
        tabIndex={props.isActive ? 0 : -1}
        onFocus={() => props.onFocus({ row: index, column: 0 })}
      >
        <span class={styles.arrow} aria-hidden="true">
          {line.isOpen ? '▼' : '▶'}
        </span>
        <span class={styles.groupLabel}>{line.label}</span>
        <span class={styles.groupCount}>{line.count}</span>
      </div>
    </div>
  )
}

export function keyOf(line: Line, index: number, isGrouped: boolean): string {
  if (typeof line !== 'string') return `group ${line.group}`
  return isGrouped ? `${String(index)} ${line}` : line
}

/** A row, or the head of a group. */
export function LineAt(
  props: Omit<RowProps, 'id' | 'level' | 'isOpen'> & {
    readonly line: Line
    readonly isGrouped: boolean
    /** The row that is open beside the table. */
    readonly open: string | null
    readonly onGroup: (group: string) => void
  },
) {
  const { line, isGrouped, open, onGroup, ...row } = props
  if (typeof line === 'string') {
    return <Row {...row} id={line} level={isGrouped ? 2 : undefined} isOpen={open === line} />
  }
  return (
    <GroupRow
      line={line}
      index={row.index}
      top={row.top}
      columns={row.columns.length}
      isActive={row.activeColumn !== null}
      onGroup={onGroup}
      onFocus={row.onFocus}
    />
  )
}

interface RowProps {
  readonly id: string
  readonly index: number
  /** In a table of groups. */
  readonly level: number | undefined
  /** Key of the column that came in last. */
  readonly fresh: string | null
  readonly top: number
  readonly columns: readonly SheetColumn[]
  readonly cell: (id: string, column: SheetColumn) => ComponentChildren
  readonly isOpen: boolean
  readonly activeColumn: number | null
  readonly onOpen: (id: string) => void
  readonly onFocus: (cell: Cell) => void
}

const Row = memo(function Row(props: RowProps) {
  const { id, index } = props
  return (
    <div
      role="row"
      class={props.isOpen ? `${styles.row} ${styles.open}` : styles.row}
      aria-rowindex={index + 2}
      aria-level={props.level}
      aria-selected={props.isOpen}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onOpen(id)}
    >
      {props.columns.map((column, at) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={at + 1}
          class={cellClass(column, at)}
          data-width={widthOf(column)}
          data-fresh={props.fresh === column.key || undefined}
          tabIndex={props.activeColumn === at ? 0 : -1}
          onFocus={() => props.onFocus({ row: index, column: at })}
        >
          {props.cell(id, column)}
        </div>
      ))}
    </div>
  )
})

function cellClass(column: SheetColumn, index: number): string {
  const names = [styles.cell]
  if (index === 0) names.push(styles.first)
  if (column.type === 'number') names.push(styles.number)
  return names.join(' ')
}

/** A few widths, as the style sheet has them: the page's policy lets no style in. */
function widthOf({ type, width }: SheetColumn): string {
  if (type === 'level' || type === 'day' || type === 'tags') return type
  if (type === 'number') return width <= 8 ? 'age' : 'count'
  if (type === 'reasons') return 'text'
  if (width <= 8) return 'sex'
  if (width <= 10) return 'count'
  if (width <= 14) return 'name'
  if (width <= 20) return 'phone'
  if (width <= 24) return 'document'
  return width <= 28 ? 'door' : 'text'
}

function sortWord(order: Order | null, column: string): 'ascending' | 'descending' | 'none' {
  if (order?.column !== column) return 'none'
  return order.descending ? 'descending' : 'ascending'
}
