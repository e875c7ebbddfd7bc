import { memo } from './memo.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import styles from './SheetGrid.module.css'
import { cellAfterKey, windowOf, type Cell } from '#app/views/windowing.ts'

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

/**
 * A table of any length: only the rows that are seen are drawn, and it says to those who hear it how many there are. One
 * cell is in the tab order; the arrow keys lead on from there, Enter and a tap open the row or the group. A column that
 * comes in is scrolled to and marked.
 */
export function SheetGrid(props: {
  readonly label: string
  readonly columns: readonly SheetColumn[]
  readonly heading: (column: SheetColumn) => string
  readonly sortLabel: (column: SheetColumn) => string
  readonly order: Order | null
  readonly onSort: (column: string) => void
  readonly lines: readonly Line[]
  /** Another function where a row may read otherwise than before. */
  readonly cell: (id: string, column: SheetColumn) => ComponentChildren
  /** The row that is open beside the table. */
  readonly open: string | null
  readonly onOpen: (id: string) => void
  readonly onGroup: (group: string) => void
}) {
  const { columns, lines, order } = props
  const isGrouped = lines.some((line) => typeof line !== 'string')
  const scroller = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 600, row: 56 })
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 })
  const focusNext = useRef(false)
  const at = {
    row: Math.max(0, Math.min(active.row, lines.length - 1)),
    column: Math.max(0, Math.min(active.column, columns.length - 1)),
  }
  const { from, to } = windowOf(seen.top, seen.height, seen.row, lines.length)

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const measure = () => {
      const rule = box.querySelector('[data-measure]')?.getBoundingClientRect().height ?? 0
      const row = Math.ceil(rule)
      if (row > 0) box.style.setProperty('--whole-row', `${row}px`)
      // A cell that comes into view stands beside the first column and not below it.
      const first = box.querySelector('[role=columnheader]')?.getBoundingClientRect().width ?? 0
      box.style.scrollPaddingInlineStart = `${first}px`
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
  }, [order?.column, order?.descending, isGrouped])

  const keys = columns.map(({ key }) => key).join()
  const known = useRef({ label: props.label, keys })
  const [fresh, setFresh] = useState<string | null>(null)
  useLayoutEffect(() => {
    const before = known.current
    known.current = { label: props.label, keys }
    if (before.label !== props.label) return setFresh(null)
    if (before.keys === keys) return
    const old = new Set(before.keys.split(','))
    const came = keys.split(',').filter((key) => !old.has(key))
    // Others that are moved or taken out push it out of sight: it is followed.
    const last = came.at(-1) ?? (fresh !== null && keys.split(',').includes(fresh) ? fresh : null)
    setFresh(last)
    if (last !== null) scrollToColumn(scroller.current, last)
  }, [props.label, keys, fresh])
  // Beside an open row the table is narrower: it begins with whole columns again.
  const isBeside = props.open !== null
  useLayoutEffect(() => {
    if (isBeside) scroller.current?.scrollTo({ left: 0 })
  }, [isBeside])

  useLayoutEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    scroller.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus()
  }, [at.row, at.column])

  const onScroll = () => {
    const top = scroller.current?.scrollTop ?? 0
    const next = windowOf(top, seen.height, seen.row, lines.length)
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
      const line = lines[at.row]
      if (typeof line === 'string') props.onOpen(line)
      else if (line) props.onGroup(line.group)
      return
    }
    const head = lines[at.row]
    if (typeof head === 'object' && event.key === (head.isOpen ? 'ArrowLeft' : 'ArrowRight')) {
      event.preventDefault()
      props.onGroup(head.group)
      return
    }
    const page = Math.max(1, Math.floor(seen.height / seen.row) - 2)
    const size = { rows: lines.length, columns: columns.length, page }
    const next = cellAfterKey(event.key, event.ctrlKey || event.metaKey, at, size)
    if (!next) return
    event.preventDefault()
    focusNext.current = true
    reveal(next.row)
    // The first column is always seen: to it the others would stay where they were.
    if (next.column === 0) scroller.current?.scrollTo({ left: 0 })
    setActive(next)
  }

  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  // The cell with the focus stays there while somebody scrolls away, or the keyboard would be lost.
  if (lines.length > 0 && (at.row < from || at.row >= to)) drawn.push(at.row)

  return (
    <div
      ref={scroller}
      class={styles.scroller}
      role={isGrouped ? 'treegrid' : 'grid'}
      aria-label={props.label}
      aria-rowcount={lines.length + 1}
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
        <div class={styles.measure} data-measure aria-hidden="true" />
        <div role="rowgroup" class={styles.rows} style={{ height: `${lines.length * seen.row}px` }}>
          {drawn.map((index) => {
            const line = lines[index]
            if (line === undefined) return null
            if (typeof line !== 'string') {
              return (
                <GroupRow
                  key={`group ${line.group}`}
                  line={line}
                  index={index}
                  top={index * seen.row}
                  columns={columns.length}
                  isActive={index === at.row}
                  onGroup={props.onGroup}
                  onFocus={setActive}
                />
              )
            }
            return (
              <Row
                // A row may stand in several groups.
                key={isGrouped ? `${index} ${line}` : line}
                id={line}
                index={index}
                level={isGrouped ? 2 : undefined}
                top={index * seen.row}
                columns={columns}
                cell={props.cell}
                isOpen={props.open === line}
                fresh={fresh}
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

/** To the left edge beside the first column, so that it is seen whole. */
function scrollToColumn(box: HTMLElement | null, key: string): void {
  const head = box?.querySelector<HTMLElement>(`[role=columnheader][data-key="${key}"]`)
  head?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
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
