import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Table } from '#app/ui/kit/Table.tsx'
import type { GridStanding } from '#app/views/grid-standing.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'
import { useDeskWords } from './desk-words.ts'
import styles from './Desk.module.css'
import { officePages } from '#app/links/office.ts'

/** Grids beside each other: what is late in each, what was done, and what may hold it up. */
export function GridTable(props: { readonly grids: readonly GridStanding[] }) {
  const own = useDeskWords()
  const names = useGridNames(props.grids)
  return (
    <Table<GridStanding>
      label={own.grids}
      rows={props.grids}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => officePages.overviewOf(id)}
      columns={[
        { key: 'name', head: own.grid, cell: ({ id }) => names.get(id) },
        {
          ...{ key: 'residents', head: own.residents, isNumber: true },
          cell: ({ figures }) => told(figures.residents.total),
        },
        {
          ...{ key: 'households', head: own.households, isNumber: true },
          cell: ({ figures }) => told(figures.calls.total),
        },
        {
          ...{ key: 'overdue', head: own.lateShort, isNumber: true },
          cell: ({ figures, isBehind }) => (
            <span class={isBehind ? styles.strong : ''}>{told(figures.calls.overdue)}</span>
          ),
        },
        {
          ...{ key: 'today', head: own.dueToday, isNumber: true },
          cell: ({ figures }) => told(figures.calls.today),
        },
        {
          ...{ key: 'week', head: own.metThisWeek, isNumber: true },
          cell: ({ figures }) => told(figures.visits?.week),
        },
        {
          ...{ key: 'why', head: own.why, isWide: true },
          cell: ({ whys }) => whys.map((why) => own.whys[why]).join('，'),
        },
      ]}
    />
  )
}

/** Each with the place above it. */
export function useGridNames(grids: readonly GridStanding[]): ReadonlyMap<string, string> {
  return useRegister(
    useParts('register'),
    (register) =>
      new Map(
        grids.map(({ id, above }) => [
          id,
          [above, id]
            .map((one) => (one ? (register.get('place', one)?.fields.name ?? '') : ''))
            .join(' ')
            .trim(),
        ]),
      ),
    [grids],
  )
}

export function told(n: number | null | undefined): string {
  return n === null || n === undefined ? '···' : withCommas(n)
}
