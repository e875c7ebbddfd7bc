import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { colourKeys } from '#domain/level.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatSoon, formatWeekday } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Chip } from '#app/ui/kit/Chip.tsx'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { briefWord, LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Spoken } from '#app/ui/kit/Spoken.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { later } from '#app/ui/later.tsx'
import {
  countStops,
  filterWalk,
  firstStops,
  type Stop,
  type StopFilter,
  type Today as Plan,
} from '#app/views/today-list.ts'
import { StopRow } from './StopRow.tsx'
import styles from './Today.module.css'
import { useDrawnPlan } from './use-drawn-plan.ts'

/** Fetched after the list of doors is drawn. */
const TodayRequests = later(() =>
  import('#app/ui/pieces/requests/TodayRequests.tsx').then((m) => m.TodayRequests),
)

/** A grid's day is some dozens of stops; an office sees thousands, so the list grows on demand. */
const PAGE = 120

/** Who is due today and overdue, in walking order, and how much is done. */
export function Today() {
  const app = useParts('register', 'preferences', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  // As it was opened: the address goes on to a door, and this list stays beside it.
  const [{ only, grids }] = useState(useLocation().query)
  const own = useStore(app.preferences, (preferences) => preferences.grid) ?? undefined
  const grid = grids ? undefined : own
  const plan = useRegister(app, (register) => register.today(day, grid), [day, grid])
  const drawn = useDrawnPlan(plan, grid)
  const [filter, setFilter] = useState<StopFilter>(only ? 'overdue' : 'all')
  const [shown, setShown] = useState(PAGE)
  const hasRequests = useRegister(app, (register) => register.allRequestChanges > 0)
  const isRest = plan.workday !== day
  const [opened, setOpened] = useState<boolean | null>(null)
  // Whoever asks for the overdue ones must see all of them, and on a day off the next day is all that there may be.
  const isOpen = opened ?? isRest

  const groups = filterWalk(drawn.groups, filter)
  const count = countStops(groups)
  return (
    <Page
      title={
        <>
          <Spoken>{words.today.title} </Spoken>
          {formatWeekday(words, day)}
        </>
      }
    >
      <div class={styles.walked}>
        <span>{words.today.walked(plan.done, plan.total)}</span>
        <progress
          max={Math.max(plan.total, 1)}
          value={plan.done}
          aria-label={words.today.walked(plan.done, plan.total)}
        />
        <GridName grid={grid} />
      </div>
      {isRest && (
        <p class={styles.rest}>{words.today.restDay(formatSoon(words, plan.workday, day))}</p>
      )}
      <ClockNotice />
      <ClashNotice />
      {hasRequests && <TodayRequests />}
      <Filters
        plan={plan}
        filter={filter}
        onChoose={(next) => {
          setFilter(filter === next ? 'all' : next)
          setShown(PAGE)
        }}
      />
      {firstStops(groups, shown).map(({ building, stops }) => (
        <Building
          key={building}
          building={building}
          stops={stops}
          leaving={drawn.leaving}
          onLeft={drawn.left}
        />
      ))}
      {count > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.today.showMore(count - shown)}
        </Button>
      )}
      {count === 0 && <NothingDue done={plan.done} filtered={filter !== 'all'} />}
      {plan.later.count > 0 && (
        <Later
          plan={plan}
          grid={grid}
          filter={filter}
          open={filter === 'overdue' || isOpen}
          onToggle={() => setOpened(!isOpen)}
        />
      )}
    </Page>
  )
}

/** In one line that moves sideways; what is most urgent stands first. */
function Filters(props: {
  readonly plan: Plan
  readonly filter: StopFilter
  readonly onChoose: (filter: StopFilter) => void
}) {
  const { plan, filter, onChoose } = props
  const words = useWords()
  const levels = useLevels()
  const overdue = plan.overdue + plan.later.overdue
  return (
    <div class={styles.filters} role="group" aria-label={words.today.filter}>
      <Chip on={filter === 'all'} onClick={() => onChoose('all')}>
        {words.today.all}
      </Chip>
      {overdue > 0 && (
        <Chip on={filter === 'overdue'} count={overdue} onClick={() => onChoose('overdue')}>
          {words.today.overdue}{' '}
        </Chip>
      )}
      {colourKeys.map(
        (key) =>
          plan.byColour[key] > 0 && (
            <Chip
              key={key}
              on={filter === key}
              count={plan.byColour[key]}
              onClick={() => onChoose(key)}
            >
              <LevelMark level={levels[key]} size={20} />{' '}
              <span aria-hidden="true">{briefWord(levels[key])}</span>
            </Chip>
          ),
      )}
    </div>
  )
}

/** Whom the plan keeps for the next days: out of the way, but never out of reach. */
function Later(props: {
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
  const [shown, setShown] = useState(PAGE)
  const walk = useRegister(app, (register) => (open ? register.later(day, grid) : []), [
    day,
    grid,
    open,
  ])
  const groups = filterWalk(walk, props.filter)
  const count = countStops(groups)
  return (
    <div class={styles.later}>
      <button type="button" class={styles.toggle} aria-expanded={open} onClick={props.onToggle}>
        <span>{words.today.later(later.count)}</span>
        {later.overdue > 0 && <span>{words.today.laterOverdue(later.overdue)}</span>}
        <Icon name="down" />
      </button>
      {firstStops(groups, shown).map(({ building, stops }, index) => (
        <Building key={`${index} ${building}`} building={building} stops={stops} />
      ))}
      {count > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.today.showMore(count - shown)}
        </Button>
      )}
    </div>
  )
}

function Building(props: {
  readonly building: string
  readonly stops: readonly Stop[]
  readonly leaving?: ReadonlySet<string>
  readonly onLeft?: (household: string) => void
}) {
  const { stops, leaving, onLeft } = props
  const app = useParts('register')
  const words = useWords()
  const building = useRegister(app, (register) => register.get('building', props.building))
  return (
    <Group
      head={building ? `${building.fields.estate} ${building.fields.name}` : ''}
      aside={words.shell.households(stops.length)}
    >
      {stops.map((stop) => (
        <StopRow
          key={stop.household}
          stop={stop}
          leaving={leaving?.has(stop.household) ?? false}
          {...(onLeft && { onLeft })}
        />
      ))}
    </Group>
  )
}

function GridName(props: { readonly grid: string | undefined }) {
  const app = useParts('register')
  const words = useWords()
  const name = useRegister(app, (register) => {
    const grids = register.grids()
    const grid = props.grid ?? (grids.length === 1 ? grids[0]?.id : undefined)
    return grid && register.get('place', grid)?.fields.name
  })
  return <span class={styles.grid}>{name ?? words.today.allGrids}</span>
}

function NothingDue(props: { readonly done: number; readonly filtered: boolean }) {
  const words = useWords()
  if (props.filtered) return <Empty title={words.today.emptyFilter} icon="check" />
  const title = props.done > 0 ? words.today.allDoneTitle : words.today.emptyTitle
  return (
    <Empty title={title} icon="check">
      <p>{props.done > 0 ? words.today.allDoneHint(props.done) : words.today.emptyHint}</p>
    </Empty>
  )
}
