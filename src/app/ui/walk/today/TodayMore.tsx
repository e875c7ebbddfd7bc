import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Chip } from '#app/ui/kit/Chip.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { TodayTopics } from '#app/ui/pieces/topics/TodayTopics.tsx'
import { TodayRequests } from '#app/ui/pieces/requests/TodayRequests.tsx'
import { householdsToCover } from '#app/views/coverage.ts'
import type { StopFilter, Today as Plan } from '#app/views/today-list.ts'
import { useCoverageWords } from '../monthly/coverage-words.ts'
import { useCoverage } from '../monthly/use-coverage.ts'
import { TodayDeclarations } from '../declare/TodayDeclarations.tsx'
import { useNothingDueWords } from './nothing-due-words.ts'
import { TodayCare } from './TodayCare.tsx'
import styles from './LaterStops.module.css'

/** Of more grids than somebody walks the page of all of them counts, and this list does not. */
const mostGrids = 3

interface Props {
  readonly plan: Plan
  readonly grid: string | undefined
  readonly filter: StopFilter
  readonly onFilter: (filter: StopFilter) => void
  /** What stands under the list, so that its first stop stays where it was when a thumb was on its way. */
  readonly below?: boolean
  /** There is no stop, or none that the filter leaves. */
  readonly isEmpty?: boolean
}

/** What comes once the list of today is drawn: above it the requests, below it who came or left, whose care to look at, and whom to meet this month. */
export function TodayMore(props: Props) {
  const app = useParts('register')
  const hasRequests = useRegister(app, (register) => register.allRequestChanges > 0)
  const grids = useRegister(
    app,
    (register) => (props.grid ? [props.grid] : register.grids().map(({ id }) => id)),
    [props.grid],
  )
  if (!props.below) {
    return (
      <>
        <RangeNote />
        {hasRequests && <TodayRequests />}
      </>
    )
  }
  return (
    <div class={styles.later}>
      {props.isEmpty && (
        <NothingDue
          done={props.plan.done}
          doors={props.plan.declared}
          filtered={props.filter !== 'all'}
        />
      )}
      <TodayDeclarations day={props.plan.day} grid={props.grid} planned={props.plan.declared} />
      <TodayTopics day={props.plan.day} grid={props.grid} />
      <TodayCare day={props.plan.day} grid={props.grid} />
      {grids.length <= mostGrids && <TodayCoverage {...props} grids={grids} />}
    </div>
  )
}

function NothingDue(props: {
  readonly done: number
  /** Of today's that somebody declared, and that nobody has looked at yet. */
  readonly doors: number
  readonly filtered: boolean
}) {
  const own = useNothingDueWords()
  if (props.filtered) return <Empty title={own.filtered} icon="check" />
  if (props.doors > 0) {
    return (
      <Empty title={own.doorsLeft} icon="check">
        <p>{own.doorsLeftHint(props.doors)}</p>
      </Empty>
    )
  }
  return (
    <Empty title={props.done > 0 ? own.done : own.none} icon="check">
      <p>{props.done > 0 ? own.doneHint(props.done) : own.noneHint}</p>
    </Empty>
  )
}

function TodayCoverage(props: Props & { readonly grids: readonly string[] }) {
  const { plan, grids, filter, onFilter } = props
  const app = useParts('register')
  const own = useCoverageWords()
  const counted = useCoverage(grids)
  const today = useRegister(
    app,
    (register) => {
      const stops = plan.groups.flatMap((group) => group.stops.map((stop) => stop.household))
      return householdsToCover(register, stops, plan.day)
    },
    [plan],
  )
  const parts = [...(counted?.values() ?? [])]
  const meant = parts.reduce((sum, one) => sum + one.meant, 0)
  if (meant === 0) return null
  const met = parts.reduce((sum, one) => sum + one.met, 0)
  const isOn = typeof filter === 'object'
  return (
    <Group label={own.title}>
      <Row
        title={own.title}
        aside={own.figure(met, meant)}
        href={walkPages.coverage()}
        {...((today.size > 0 || isOn) && {
          action: (
            <Chip on={isOn} onClick={() => onFilter(isOn ? 'all' : today)}>
              {own.today(today.size)}
            </Chip>
          ),
        })}
      />
    </Group>
  )
}
