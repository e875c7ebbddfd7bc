import { hasDesk } from '#domain/permission.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { allOverdue, allVisits } from '#app/views/all-visits.ts'
import { shareOf } from '#app/views/grid-standing.ts'
import { Told } from './Figures.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'
import { officePages } from '#app/links/office.ts'

/** What an office opens the page for, in one row; where somebody has a desk each number is the way to its list. */
export function KeyFigures(props: {
  readonly figures: PlaceFigures
  /** Grids in it that nobody walks; null where it is a grid itself. */
  readonly unwalked: number | null
  /** Whether the lists of visits are of just this place. */
  readonly isWhole: boolean
}) {
  const own = useOverviewWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const { calls, visits } = props.figures
  const share = shareOf(calls.overdue, calls.total)
  const list = (href: string) => (role && hasDesk(role) && props.isWhole ? href : null)
  const tile = (word: string, n: number | null, href: string | null, more = '') => {
    const inside = (
      <>
        <b>
          <Told n={n} />
        </b>
        <span>
          {word} {more}
        </span>
      </>
    )
    return (
      <li key={word} data-places={word === own.unwalked || undefined}>
        {href === null ? <div>{inside}</div> : <a href={href}>{inside}</a>}
      </li>
    )
  }
  const ofAll = share !== null && share > 0 ? own.share(share) : ''
  return (
    <ul class={styles.keys}>
      {tile(own.overdue, calls.overdue, list(allOverdue), ofAll)}
      {tile(own.today, calls.today, list(allVisits))}
      {visits && tile(own.met, visits.week, list(officePages.deskGrids()))}
      {props.unwalked !== null &&
        tile(own.unwalked, props.unwalked, list(`${officePages.deskGrids()}?why=no-worker`))}
    </ul>
  )
}
