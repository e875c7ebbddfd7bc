import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  filterWalk,
  laterUnder,
  type StopFilter,
  type Today as Plan,
} from '#app/views/today-list.ts'
import { Stops } from './Stops.tsx'
import styles from './LaterStops.module.css'

/** Whom the plan keeps for the next days: out of the way, but never out of reach. */
export function LaterStops(props: {
  readonly plan: Plan
  readonly grid: string | undefined
  readonly filter: StopFilter
  readonly open: boolean
  readonly onToggle: () => void
}) {
  const { grid, filter, open } = props
  const { day, later } = props.plan
  const app = useParts('register')
  const words = useWords()
  // How many of a colour there are says the list itself; of all and of the overdue ones the plan has counted.
  const isListed = open || (filter !== 'all' && filter !== 'overdue')
  const walk = useRegister(app, (register) => (isListed ? register.later(day, grid) : []), [
    day,
    grid,
    isListed,
  ])
  const wanted = filterWalk(walk, filter)
  const { count, overdue } = laterUnder(later, wanted, filter)
  if (count === 0) return null
  return (
    <div class={styles.later}>
      <button type="button" class={styles.toggle} aria-expanded={open} onClick={props.onToggle}>
        <span>{words.today.later(count)}</span>
        {overdue > 0 && filter !== 'overdue' && <span>{words.today.laterOverdue(overdue)}</span>}
        <Icon name="down" />
      </button>
      {open && <Stops groups={wanted} />}
    </div>
  )
}
