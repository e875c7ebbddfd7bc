import { memo } from './memo.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import styles from './SheetGrid.module.css'
import { cellAfterKey, windowOf, type Cell } from './windowing.ts'

export interface Order {
  readonly column: string
  readonly descending: boolean
}

/**
 * A table of any length: only the rows that are seen are drawn, and it says to those who hear it how many there are. One
 * cell is in the tab order; the arrow keys lead on from there, Enter and a tap open the row.
 */
export function SheetGrid(props: {
  readonly label: string
  readonly columns: readonly SheetColumn[]
  readonly heading: (column: SheetColumn) => string
  readonly sortLabel: (column: SheetColumn) => string
  readonly order: Order | null
  readonly onSort: (column: string) => void
  readonly ids: readonly string[]
  /** Another function where a row may read otherwise than before. */
  readonly cell: (id: string, column: SheetColumn) => ComponentChildren
  /** The row that is open beside the table. */
  readonly open: string | null
  readonly onOpen: (id: string) => void
}) {
  const { columns, ids, order } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 600, row: 56 })
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 })
  const focusNext = useRef(false)
  const at = {
    row: Math.max(0, Math.min(active.row, ids.length - 1)),
    column: Math.max(0, Math.min(active.column, columns.length - 1)),
  }
  const { from, to } = windowOf(seen.top, seen.height, seen.row, ids.length)

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const measure = () => {
      const rule = box.querySelector('[data-measure]')?.getBoundingClientRect().height ?? 0
      const row = Math.ceil(rule)
      if (row > 0) box.style.setProperty('--whole-row', `${row}px`)
      setSeen((before) => ({
        top: box.scrollTop,
        height: box.clientHeight || before.height,
        row: row || before.row,
      }))
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(box)
    return () => watch.disconnect()
  }, [])

  // Another table begins at its corner, another order at its top.
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0, left: 0 })
    setActive({ row: 0, column: 0 })
  }, [props.label])
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
    setActive((before) => ({ ...before, row: 0 }))
  }, [order?.column, order?.descending])

  useLayoutEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    scroller.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus()
  }, [at.row, at.column])

  const onScroll = () => {
    const top = scroller.current?.scrollTop ?? 0
    const next = windowOf(top, seen.height, seen.row, ids.length)
    if (next.from !== from || next.to !== to) setSeen((before) => ({ ...before, top }))
  }

  const reveal = (row: number) => {
    const box = scroller.current
    const head = box?.querySelector<HTMLElement>('[role=row]')?.offsetHeight ?? 0
    if (!box) return
    const top = row * seen.row
    const room = box.clientHeight - head - seen.row
    if (top < box.scrollTop) box.scrollTop = top
    else if (top > box.scrollTop + room) box.scrollTop = top - room
    onScroll()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // The header's buttons have keys of their own.
    if (!(event.target as HTMLElement).closest('[role=gridcell]')) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const id = ids[at.row]
      if (id !== undefined) props.onOpen(id)
      return
    }
    const page = Math.max(1, Math.floor(seen.height / seen.row) - 2)
    const size = { rows: ids.length, columns: columns.length, page }
    const next = cellAfterKey(event.key, event.ctrlKey || event.metaKey, at, size)
    if (!next) return
    event.preventDefault()
    focusNext.current = true
    reveal(next.row)
    setActive(next)
  }

  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  // The cell with the focus stays there while somebody scrolls away, or the keyboard would be lost.
  if (ids.length > 0 && (at.row < from || at.row >= to)) drawn.push(at.row)

  return (
    <div
      ref={scroller}
      class={styles.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={ids.length + 1}
      aria-colcount={columns.length}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div class={styles.inside}>
        <div class={styles.head} role="row" aria-rowindex={1}>
          {columns.map((column, index) => (
            <div
              key={column.key}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={sortWord(order, column.key)}
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
        <div class={styles.measure} data-measure aria-hidden="true" />
        <div role="rowgroup" class={styles.rows} style={{ height: `${ids.length * seen.row}px` }}>
          {drawn.map((index) => {
            const id = ids[index] ?? ''
            return (
              <Row
                key={id}
                id={id}
                index={index}
                top={index * seen.row}
                columns={columns}
                cell={props.cell}
                isOpen={props.open === id}
                activeColumn={index === at.row ? at.column : null}
                onOpen={props.onOpen}
                onFocus={setActive}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly index: number
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
function widthOf({ width }: SheetColumn): 's' | 'm' | 'l' | 'xl' {
  if (width <= 10) return 's'
  if (width <= 16) return 'm'
  return width <= 24 ? 'l' : 'xl'
}

function sortWord(order: Order | null, column: string): 'ascending' | 'descending' | 'none' {
  if (order?.column !== column) return 'none'
  return order.descending ? 'descending' : 'ascending'
}
