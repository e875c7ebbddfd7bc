import { hasDesk } from '#domain/permission.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Figure, Figures } from '#app/ui/kit/Figure.tsx'
import { allOverdue, allVisits } from '#app/views/all-visits.ts'
import { shareOf } from '#app/views/grid-standing.ts'
import { Told } from './Told.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import { officePages } from '#app/links/office.ts'
import { walkPages } from '#app/links/walk.ts'

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
  const { calls, visits, coverage } = props.figures
  const share = shareOf(calls.overdue, calls.total)
  const list = (href: string) => (role && hasDesk(role) && props.isWhole ? { href } : {})
  const figure = (word: string, n: number | null, href: string) => (
    <Figure number={<Told n={n} />} word={word} {...list(href)} />
  )
  return (
    <Figures label={own.keyFigures}>
      <Figure
        number={<Told n={calls.overdue} />}
        word={share ? `${own.overdue} ${own.share(share)}` : own.overdue}
        isLate={(calls.overdue ?? 0) > 0}
        {...list(allOverdue)}
      />
      {figure(own.today, calls.today, allVisits)}
      {visits && figure(own.met, visits.week, officePages.deskGrids())}
      {coverage && coverage.meant !== 0 && (
        <Figure
          number={
            <>
              <Told n={coverage.met} /> / <Told n={coverage.meant} />
            </>
          }
          word={own.covered}
          {...list(walkPages.coverage())}
        />
      )}
      {props.unwalked !== null &&
        figure(own.unwalked, props.unwalked, `${officePages.deskGrids()}?why=no-worker`)}
    </Figures>
  )
}
