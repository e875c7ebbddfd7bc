import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { colourKeys } from '#domain/level.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAgo, formatSoon, formatWeekday } from '#app/ui/format.ts'
import { Chip } from '#app/ui/kit/Chip.tsx'
import { briefWord, LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Spoken } from '#app/ui/kit/Spoken.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'
import { Opening } from '#app/ui/Opening.tsx'
import { useOpeningWords } from '#app/ui/opening-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { afterPaint, later } from '#app/ui/later.tsx'
import { filterWalk, type StopFilter, type Today as Plan } from '#app/views/today-list.ts'
import { LaterStops } from './LaterStops.tsx'
import { Stops } from './Stops.tsx'
import styles from './Today.module.css'
import { useDrawnPlan } from './use-drawn-plan.ts'

/** Fetched after the list of doors is drawn. */
const TodayMore = later(() => import('./TodayMore.tsx').then((m) => m.TodayMore), afterPaint)

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
  const [isWhole, gridName] = useRegister(
    app,
    (register) => {
      const all = register.grids()
      const only = grid ?? (all.length === 1 ? all[0]?.id : undefined)
      const name = only && register.get('place', only)?.fields.name
      return [register.isWhole, name] as const
    },
    [grid],
  )
  const said = useOpeningWords()
  const isRest = plan.workday !== day
  const [opened, setOpened] = useState<boolean | null>(null)
  // Whoever asks for the overdue ones must see all of them, and on a day off the next day is all that there may be.
  const isOpen = opened ?? (isRest || filter === 'overdue')

  const choose = (next: StopFilter) => {
    setFilter(filter === next ? 'all' : next)
    setOpened(null)
  }
  const groups = filterWalk(drawn.groups, filter)
  // Nothing is known of this day's list: no figure is drawn that would be wrong.
  if (plan.isComing && plan.total === 0)
    return <Page title={words.today.title} children={<Opening />} />
  const walked = words.today.walked(plan.done, plan.total)
  const more = { plan, grid, filter, onFilter: choose }
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
        {plan.asOf ? (
          <span>{said.earlier(formatAgo(words, plan.asOf, day))}</span>
        ) : (
          <>
            <span>{walked}</span>
            <progress max={Math.max(plan.total, 1)} value={plan.done} aria-label={walked} />
          </>
        )}
        <span class={styles.grid}>{gridName ?? (plan.isComing ? '' : words.today.allGrids)}</span>
      </div>
      {isRest && (
        <p class={styles.rest}>{words.today.restDay(formatSoon(words, plan.workday, day))}</p>
      )}
      <ClockNotice />
      <ClashNotice />
      {isWhole && <TodayMore {...more} />}
      {!plan.asOf && <Filters plan={plan} filter={filter} onChoose={choose} />}
      <Stops
        key={typeof filter === 'string' ? filter : 'some'}
        groups={groups}
        leaving={drawn.leaving}
        onLeft={drawn.left}
      />
      {plan.isComing && <p class={styles.rest}>{said.list}</p>}
      {isWhole && <TodayMore {...more} below isEmpty={groups.length === 0 && !plan.isComing} />}
      {plan.later.count > 0 && !plan.isComing && (
        <LaterStops
          plan={plan}
          grid={grid}
          filter={filter}
          open={isOpen}
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
