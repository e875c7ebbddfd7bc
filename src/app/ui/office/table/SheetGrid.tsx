import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import { cellAfterKey, windowOf, type Cell } from '#app/views/windowing.ts'
import { HeadRow, keyOf, LineAt, type Line, type Order } from './GridRows.tsx'
import styles from './SheetGrid.module.css'
import { useFresh, useSeen, type Box } from './use-grid-view.ts'

/**
 * A table of any length: only the rows that are seen are drawn, and it says to those who hear it how many there are. One
 * cell is in the tab order; the arrow keys lead on from there, Enter and a tap open the row or the group. A column that
 * comes in is scrolled to and marked. Long: what is seen, what has the focus and what the keys do are one.
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
  /** The last lines are in sight: whoever has more of them brings them. */
  readonly onEnd?: () => void
}) {
  const { columns, lines, order, onEnd } = props
  const isGrouped = lines.some((line) => typeof line !== 'string')
  const scroller = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useSeen(scroller)
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 })
  const at = {
    row: Math.max(0, Math.min(active.row, lines.length - 1)),
    column: Math.max(0, Math.min(active.column, columns.length - 1)),
  }
  const { from, to } = windowOf(seen.top, seen.height, seen.row, lines.length)

  useTops(
    scroller,
    { label: props.label, order, isGrouped, isBeside: props.open !== null },
    setActive,
  )
  const fresh = useFresh(scroller, props.label, columns)
  const focusNext = useFocusNext(scroller, at)

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
    const page = Math.max(1, Math.floor(seen.height / seen.row) - 2)
    const size = { rows: lines.length, columns: columns.length, page }
    const act = actOfKey(event, lines[at.row], at, size)
    if (act === null) return
    event.preventDefault()
    if ('open' in act) return props.onOpen(act.open)
    if ('group' in act) return props.onGroup(act.group)
    focusNext.current = true
    reveal(act.to.row)
    // The first column is always seen: to it the others would stay where they were.
    if (act.to.column === 0) scroller.current?.scrollTo({ left: 0 })
    setActive(act.to)
  }

  const isAtEnd = to >= lines.length
  useEffect(() => {
    if (isAtEnd) onEnd?.()
  }, [isAtEnd, lines.length, onEnd])

  const drawn = drawnRows(from, to, at.row, lines.length)

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
        <HeadRow
          columns={columns}
          fresh={fresh}
          order={order}
          heading={props.heading}
          sortLabel={props.sortLabel}
          onSort={props.onSort}
        />
        <div class={styles.measure} data-measure aria-hidden="true" />
        <div role="rowgroup" class={styles.rows} style={{ height: `${lines.length * seen.row}px` }}>
          {drawn.map((index) => {
            const line = lines[index]
            if (line === undefined) return null
            return (
              <LineAt
                // A row may stand in several groups.
                key={keyOf(line, index, isGrouped)}
                line={line}
                index={index}
                isGrouped={isGrouped}
                top={index * seen.row}
                columns={columns}
                cell={props.cell}
                open={props.open}
                fresh={fresh}
                activeColumn={index === at.row ? at.column : null}
                onOpen={props.onOpen}
                onGroup={props.onGroup}
                onFocus={setActive}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** The rows in sight; the cell with the focus stays there while somebody scrolls away, or the keyboard would be lost. */
function drawnRows(from: number, to: number, active: number, count: number): readonly number[] {
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  return count > 0 && (active < from || active >= to) ? [...drawn, active] : drawn
}

/** Set before the keys lead to another cell, which then has the focus. */
function useFocusNext(scroller: Box, at: Cell) {
  const focusNext = useRef(false)
  useLayoutEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    scroller.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus()
  }, [scroller, at.row, at.column])
  return focusNext
}

/** Where the table begins anew, and the cell that the keys are on with it. */
function useTops(
  scroller: Box,
  about: {
    readonly label: string
    readonly order: Order | null
    readonly isGrouped: boolean
    readonly isBeside: boolean
  },
  setActive: StateUpdater,
): void {
  const { label, order, isGrouped, isBeside } = about
  // Another table begins at its corner, another order at its top.
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0, left: 0 })
    setActive({ row: 0, column: 0 })
  }, [scroller, label, setActive])
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
    setActive((before) => ({ ...before, row: 0 }))
  }, [scroller, order?.column, order?.descending, isGrouped, setActive])
  // Beside an open row the table is narrower: it begins with whole columns again.
  useLayoutEffect(() => {
    if (isBeside) scroller.current?.scrollTo({ left: 0 })
  }, [scroller, isBeside])
}

type StateUpdater = (next: Cell | ((before: Cell) => Cell)) => void

type Act = { readonly open: string } | { readonly group: string } | { readonly to: Cell }

/** What a key does on a cell: opens its row or group, leads to another cell, or nothing. */
function actOfKey(
  event: KeyboardEvent,
  line: Line | undefined,
  at: Cell,
  size: Parameters<typeof cellAfterKey>[3],
): Act | null {
  const { key } = event
  if (key === 'Enter' || key === ' ') {
    if (line === undefined) return null
    return typeof line === 'string' ? { open: line } : { group: line.group }
  }
  if (typeof line === 'object' && key === (line.isOpen ? 'ArrowLeft' : 'ArrowRight'))
    return { group: line.group }
  const to = cellAfterKey(key, event.ctrlKey || event.metaKey, at, size)
  return to && { to }
}
