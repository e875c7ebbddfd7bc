import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { filterWalk, type StopFilter, type Today as Plan } from '#app/views/today-list.ts'
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
  const { grid, open } = props
  const { day, later } = props.plan
  const app = useParts('register')
  const words = useWords()
  const walk = useRegister(app, (register) => (open ? register.later(day, grid) : []), [
    day,
    grid,
    open,
  ])
  return (
    <div class={styles.later}>
      <button type="button" class={styles.toggle} aria-expanded={open} onClick={props.onToggle}>
        <span>{words.today.later(later.count)}</span>
        {later.overdue > 0 && <span>{words.today.laterOverdue(later.overdue)}</span>}
        <Icon name="down" />
      </button>
      <Stops groups={filterWalk(walk, props.filter)} />
    </div>
  )
}
