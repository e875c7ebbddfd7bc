import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { Button } from '#app/ui/kit/Button.tsx'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { GridStanding } from '#app/views/grid-standing.ts'
import { useGrowing } from '#app/ui/use-growing.ts'
import { AsOf } from './AsOf.tsx'
import { useMedia } from '#app/ui/use-media.ts'
import { gridFilters, isIn } from '#app/views/desk-day.ts'
import { useDeskWords } from './desk-words.ts'
import { GridTable, told as shown, useGridNames } from './GridTable.tsx'
import styles from './Desk.module.css'
import { useTold } from './use-told.ts'
import { officePages } from '#app/links/office.ts'

const step = 60

/** Every grid with how its visits stand and what may hold them up: places, in their order; no person. */
export function DeskGrids() {
  const own = useDeskWords()
  const { query } = useLocation()
  const [filter, setFilter] = useState(
    () => gridFilters.find((one) => one === query['why']) ?? null,
  )
  const isWide = useMedia('(min-width: 900px)')
  const { told, grids } = useTold()
  const wanted = (grids ?? []).filter((grid) => isIn(filter, grid))
  const { count, mark, isWhole } = useGrowing(wanted.length, step, filter)
  const first = wanted.slice(0, count)
  const names = useGridNames(first)
  return (
    <Page title={own.grids} width="table">
      <div class={styles.grids}>
        <AsOf told={told} />
        {grids !== null && grids.length > 0 && (
          <div class={styles.filters} role="group" aria-label={own.filter}>
            <Button pressed={filter === null} onClick={() => setFilter(null)}>
              {own.all} {grids.length}
            </Button>
            {gridFilters.map((one) => (
              <Button key={one} pressed={filter === one} onClick={() => setFilter(one)}>
                {own.filters[one]} {grids.filter((grid) => isIn(one, grid)).length}
              </Button>
            ))}
          </div>
        )}
        {grids !== null && wanted.length === 0 && (
          <Empty title={grids.length === 0 ? own.noGrids : own.none} icon="check" />
        )}
        {wanted.length > 0 && (
          <>
            <p class={styles.soft}>{own.gridsHint}</p>
            {isWide ? (
              <GridTable grids={first} />
            ) : (
              <ul class={styles.rows}>
                {first.map((grid) => (
                  <li key={grid.id}>
                    <GridRow grid={grid} name={names.get(grid.id) ?? ''} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {!isWhole && <div ref={mark} />}
      </div>
    </Page>
  )
}

function GridRow(props: { readonly grid: GridStanding; readonly name: string }) {
  const own = useDeskWords()
  const { id, figures, whys } = props.grid
  const { calls, visits } = figures
  return (
    <a class={styles.grid} href={officePages.overviewOf(id)}>
      <b>{props.name}</b>
      <span>{own.late(shown(calls.overdue), shown(calls.total))}</span>
      <span class={styles.soft}>{own.week(shown(visits?.week))}</span>
      <span class={styles.why}>{whys.map((why) => own.whys[why]).join('，')}</span>
      <Icon name="next" />
    </a>
  )
}
