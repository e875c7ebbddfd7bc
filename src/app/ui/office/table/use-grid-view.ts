/** What of a table is in sight. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SheetColumn } from '#domain/sheet-columns.ts'

interface Seen {
  readonly top: number
  readonly height: number
  readonly row: number
}

/** What of the rows is in sight, and how high one is; measured anew where the box or the letters become another size. */
export function useSeen(scroller: Box) {
  const [seen, setSeen] = useState<Seen>({ top: 0, height: 600, row: 56 })
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
  }, [scroller])
  return [seen, setSeen] as const
}

export type Box = { readonly current: HTMLDivElement | null }

/** The column that came in last: it is scrolled to. */
export function useFresh(
  scroller: Box,
  label: string,
  columns: readonly SheetColumn[],
): string | null {
  const keys = columns.map(({ key }) => key).join()
  const known = useRef({ label, keys })
  const [fresh, setFresh] = useState<string | null>(null)
  useLayoutEffect(() => {
    const before = known.current
    known.current = { label, keys }
    if (before.label !== label) return setFresh(null)
    if (before.keys === keys) return
    const old = new Set(before.keys.split(','))
    const came = keys.split(',').filter((key) => !old.has(key))
    // Others that are moved or taken out push it out of sight: it is followed.
    const last = came.at(-1) ?? (fresh !== null && keys.split(',').includes(fresh) ? fresh : null)
    setFresh(last)
    if (last !== null) scrollToColumn(scroller.current, last)
  }, [scroller, label, keys, fresh])
  return fresh
}

/** To the left edge beside the first column, so that it is seen whole. */
function scrollToColumn(box: HTMLElement | null, key: string): void {
  const head = box?.querySelector<HTMLElement>(`[role=columnheader][data-key="${key}"]`)
  head?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
