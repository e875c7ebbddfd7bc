import { daysBetween } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { WeekFigures } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { TrendLine } from './Charts.tsx'
import { Told, told } from './Told.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'

/** How residents of each colour and overdue visits went from week to week, each on a scale of its own. */
export function Course(props: { readonly weeks: readonly WeekFigures[] | null }) {
  const own = useOverviewWords()
  const words = useWords()
  const levels = useLevels()
  const today = useStore(useParts('today').today, (store) => store.day)
  const { weeks } = props
  const [first] = weeks ?? []
  const at = (weeks ?? []).map(({ week }) => daysBetween(first?.week ?? week, week) / 7)
  const panel = (key: ColourKey | null, pick: (week: WeekFigures) => number | null) => {
    const values = (weeks ?? []).map(pick)
    const name = key ? levels[key].word : own.overdue
    const [from, to] = [values[0] ?? null, values.at(-1) ?? null]
    return (
      <li key={name} class={styles.trend}>
        <p>
          {key ? <LevelMark level={levels[key]} look="chip" /> : <span>{name}</span>}
          <b>
            <Told n={to} />
          </b>
        </p>
        <TrendLine
          values={values}
          at={at}
          colour={key}
          label={own.trend(name, values.map((n) => told(own, n)).join('，'))}
        />
        {from !== null && to !== null && <p class={styles.soft}>{own.change(to - from)}</p>}
      </li>
    )
  }
  return (
    <section class={styles.part}>
      <h2>{own.weeks}</h2>
      {weeks === null && <p class={styles.soft}>{own.weeksHidden}</p>}
      {weeks !== null && weeks.length < 2 && <p class={styles.soft}>{own.weeksOne}</p>}
      {weeks !== null && weeks.length > 1 && first && (
        <>
          <p class={styles.soft}>{own.weeksFrom(formatDay(words, first.week, today))}</p>
          <ul class={styles.trends}>
            {colourKeys.map((key) => panel(key, ({ residents }) => residents[key]))}
            {panel(null, ({ overdue }) => overdue)}
          </ul>
          <details>
            <summary class={styles.summary}>{own.weeksTable}</summary>
            <WeekTable weeks={weeks} />
          </details>
        </>
      )}
    </section>
  )
}

function WeekTable(props: { readonly weeks: readonly WeekFigures[] }) {
  const own = useOverviewWords()
  const levels = useLevels()
  return (
    // Wider than a phone: it is pushed sideways, also by the keyboard.
    <div class={styles.scroll} tabIndex={0} role="region" aria-label={own.weeksTable}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{own.weekOf}</th>
            {colourKeys.map((key) => (
              <th key={key} scope="col">
                <LevelMark level={levels[key]} />
              </th>
            ))}
            <th scope="col">{own.overdue}</th>
          </tr>
        </thead>
        <tbody>
          {[...props.weeks].reverse().map((week) => (
            <tr key={week.week}>
              <th scope="row">{week.week}</th>
              {colourKeys.map((key) => (
                <td key={key}>
                  <Told n={week.residents[key]} />
                </td>
              ))}
              <td>
                <Told n={week.overdue} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
