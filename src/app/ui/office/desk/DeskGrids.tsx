import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { GridStanding } from '#app/views/grid-standing.ts'
import { useGrowing } from '#app/ui/use-growing.ts'
import { AsOf } from './AsOf.tsx'
import { useDeskWords } from './desk-words.ts'
import styles from './Desk.module.css'
import { useTold } from './use-told.ts'
import { officePages } from '#app/links/office.ts'

const filters = ['behind', 'no-worker', 'not-synced'] as const
export type GridFilter = (typeof filters)[number]

export function isIn(filter: GridFilter | null, { isBehind, whys }: GridStanding): boolean {
  if (filter === null) return true
  return filter === 'behind' ? isBehind : whys.includes(filter)
}

const step = 60

/** Every grid with how its visits stand and what may hold them up: places, in their order; no person. */
export function DeskGrids() {
  const own = useDeskWords()
  const { query } = useLocation()
  const [filter, setFilter] = useState(() => filters.find((one) => one === query['why']) ?? null)
  const { told, grids } = useTold()
  const shown = (grids ?? []).filter((grid) => isIn(filter, grid))
  const { count, mark, isWhole } = useGrowing(shown.length, step, filter)
  return (
    <Page title={own.grids}>
      <div class={styles.grids}>
        <AsOf told={told} />
        {grids !== null && grids.length > 0 && (
          <div class={styles.filters} role="group" aria-label={own.filter}>
            <Button pressed={filter === null} onClick={() => setFilter(null)}>
              {own.all} {grids.length}
            </Button>
            {filters.map((one) => (
              <Button key={one} pressed={filter === one} onClick={() => setFilter(one)}>
                {own.filters[one]} {grids.filter((grid) => isIn(one, grid)).length}
              </Button>
            ))}
          </div>
        )}
        {grids !== null && shown.length === 0 && (
          <Empty title={grids.length === 0 ? own.noGrids : own.none} icon="check" />
        )}
        {shown.length > 0 && (
          <>
            <p class={styles.soft}>{own.gridsHint}</p>
            <ul class={styles.rows}>
              {shown.slice(0, count).map((grid) => (
                <li key={grid.id}>
                  <GridRow grid={grid} />
                </li>
              ))}
            </ul>
          </>
        )}
        {!isWhole && <div ref={mark} />}
      </div>
    </Page>
  )
}

function GridRow(props: { readonly grid: GridStanding }) {
  const own = useDeskWords()
  const { id, above, figures, whys } = props.grid
  const name = useRegister(useParts('register'), (register) =>
    [above, id]
      .map((one) => (one ? (register.get('place', one)?.fields.name ?? '') : ''))
      .join(' '),
  )
  const shown = (n: number | null | undefined) =>
    n === null || n === undefined ? '···' : String(n)
  const { calls, visits } = figures
  return (
    <a class={styles.grid} href={officePages.overviewOf(id)}>
      <b>{name.trim()}</b>
      <span>{own.late(shown(calls.overdue), shown(calls.total))}</span>
      <span class={styles.soft}>{own.week(shown(visits?.week))}</span>
      <span class={styles.why}>{whys.map((why) => own.whys[why]).join(' · ')}</span>
      <Icon name="next" />
    </a>
  )
}
