import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import type { ColourKey } from '#domain/level.ts'
import { colourKeys } from '#domain/level.ts'
import type { Stop, Today as Plan, Walk } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatSoon, formatWeekday } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { later } from '#app/ui/later.tsx'
import { StopCard } from './StopCard.tsx'
import styles from './Today.module.css'

/** Fetched after the list of doors is drawn. */
const TodayRequests = later(() =>
  import('#app/ui/pieces/requests/TodayRequests.tsx').then((m) => m.TodayRequests),
)

type Filter = ColourKey | 'all' | 'overdue'

/** A grid's day is some dozens of stops; an office sees thousands, so the list grows on demand. */
const PAGE = 120

/** Who is due today and overdue, in walking order, and how much is done. */
export function Today() {
  const app = useParts('register', 'preferences', 'today')
  const words = useWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  // As it was opened: the address goes on to a door, and this list stays beside it.
  const [{ only, grids }] = useState(useLocation().query)
  const own = useStore(app.preferences, (preferences) => preferences.grid) ?? undefined
  const grid = grids ? undefined : own
  const plan = useRegister(app, (register) => register.today(day, grid), [day, grid])
  const [filter, setFilter] = useState<Filter>(only ? 'overdue' : 'all')
  const [shown, setShown] = useState(PAGE)
  const hasRequests = useRegister(app, (register) => register.allRequestChanges > 0)
  const isRest = plan.workday !== day
  const [opened, setOpened] = useState<boolean | null>(null)
  // Whoever asks for the overdue ones must see all of them, and on a day off the next day is all that there may be.
  const isOpen = opened ?? isRest

  const wanted = (stop: Stop) =>
    filter === 'all' || (filter === 'overdue' ? stop.overdue > 0 : stop.colour === filter)
  const wantedOf = (walk: Walk): Walk =>
    walk
      .map((group) => ({ ...group, stops: group.stops.filter(wanted) }))
      .filter((group) => group.stops.length > 0)
  const groups = wantedOf(plan.groups)
  const count = groups.reduce((sum, group) => sum + group.stops.length, 0)
  const visible = firstStops(groups, shown)
  const overdue = plan.overdue + plan.later.overdue
  const toggle = (next: Filter) => {
    setFilter(filter === next ? 'all' : next)
    setShown(PAGE)
  }
  return (
    <Page
      title={words.today.title}
      under={
        <div class={styles.under}>
          <p class={styles.date}>
            <span>{formatWeekday(words, day)}</span>
            <GridName grid={grid} />
          </p>
          <progress
            class={styles.done}
            max={Math.max(plan.total, 1)}
            value={plan.done}
            aria-label={words.today.count(plan.total, plan.done)}
          />
          <p>{words.today.count(plan.total, plan.done)}</p>
          {isRest && <p>{words.today.restDay(formatSoon(words, plan.workday, day))}</p>}
        </div>
      }
    >
      <ClockNotice />
      <ClashNotice />
      {hasRequests && <TodayRequests />}
      <div class={styles.filters} role="group" aria-label={words.today.filter}>
        <Button pressed={filter === 'all'} onClick={() => toggle('all')}>
          {words.today.all}
        </Button>
        {colourKeys.map(
          (key) =>
            plan.byColour[key] > 0 && (
              <Button key={key} pressed={filter === key} onClick={() => toggle(key)}>
                <LevelMark level={levels[key]} count={plan.byColour[key]} />
              </Button>
            ),
        )}
        {overdue > 0 && (
          <Button pressed={filter === 'overdue'} onClick={() => toggle('overdue')}>
            {words.today.overdue} {overdue}
          </Button>
        )}
      </div>
      {visible.map((group) => (
        <Group key={group.building} building={group.building} stops={group.stops} />
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
          open={filter === 'overdue' || isOpen}
          onToggle={() => setOpened(!isOpen)}
          wantedOf={wantedOf}
        />
      )}
    </Page>
  )
}

/** Whom the plan keeps for the next days: out of the way, but never out of reach. */
function Later(props: {
  readonly plan: Plan
  readonly grid: string | undefined
  readonly open: boolean
  readonly onToggle: () => void
  readonly wantedOf: (walk: Walk) => Walk
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
  const groups = props.wantedOf(walk)
  const count = groups.reduce((sum, group) => sum + group.stops.length, 0)
  return (
    <div class={styles.later}>
      <Button wide look="quiet" icon="down" pressed={open} onClick={props.onToggle}>
        {words.today.later(later.count)}
        {later.overdue > 0 && words.today.laterOverdue(later.overdue)}
      </Button>
      {firstStops(groups, shown).map((group, index) => (
        <Group key={`${index} ${group.building}`} building={group.building} stops={group.stops} />
      ))}
      {count > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.today.showMore(count - shown)}
        </Button>
      )}
    </div>
  )
}

function Group(props: { readonly building: string; readonly stops: readonly Stop[] }) {
  const app = useParts('register')
  const words = useWords()
  const building = useRegister(app, (register) => register.get('building', props.building))
  return (
    <section class={styles.group}>
      <h2>
        <span>{building ? `${building.fields.estate} ${building.fields.name}` : ''}</span>
        <span>{words.shell.households(props.stops.length)}</span>
      </h2>
      <ul>
        {props.stops.map((stop) => (
          <li key={stop.household}>
            <StopCard stop={stop} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function GridName(props: { readonly grid: string | undefined }) {
  const app = useParts('register')
  const words = useWords()
  const name = useRegister(app, (register) => {
    const grids = register.grids()
    const grid = props.grid ?? (grids.length === 1 ? grids[0]?.id : undefined)
    const path = grid ? register.pathOf(grid).slice(-2) : []
    return path.map((place) => place.fields.name).join(' ')
  })
  return <span>{name === '' ? words.today.allGrids : name}</span>
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

function firstStops(groups: Walk, limit: number): Walk {
  const visible: Walk[number][] = []
  let left = limit
  for (const group of groups) {
    if (left <= 0) break
    visible.push({ ...group, stops: group.stops.slice(0, left) })
    left -= group.stops.length
  }
  return visible
}
