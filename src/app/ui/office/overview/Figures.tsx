import { colourKeys } from '#domain/level.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { ShareBar, type Colours } from './Charts.tsx'
import { useOverviewWords, withCommas, type OverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'

type Figure = number | null

/** What a place holds, as the server tells it or this device counts it. */
export interface Holding {
  readonly residents: { readonly total: Figure; readonly colours: Colours }
  readonly residence: Readonly<Record<'floating' | 'apart' | 'settled', Figure>>
  readonly dwellings: { readonly total: Figure; readonly colours: Colours }
  readonly calls: Readonly<Record<'total' | 'overdue' | 'today' | 'week' | 'later', Figure>>
}

/** A number, or the sign that it is not told. */
export function Told(props: { readonly n: Figure }) {
  const own = useOverviewWords()
  const { n } = props
  if (n !== null) return <>{withCommas(n)}</>
  return (
    <span role="img" aria-label={own.hidden}>
      ···
    </span>
  )
}

export function told(own: OverviewWords, n: Figure): string {
  return n === null ? own.hidden : String(n)
}

/** The numbers of a place at a glance, its residents and dwellings by colour, its visits by when they are due. */
export function Figures(props: { readonly holding: Holding }) {
  const own = useOverviewWords()
  const { residents, residence, dwellings, calls } = props.holding
  return (
    <div class={styles.figures}>
      <Numbers
        title={own.residents}
        n={residents.total}
        parts={(['floating', 'apart', 'settled'] as const).map((key) => [own[key], residence[key]])}
      />
      <Numbers
        title={own.calls}
        n={calls.total}
        hint={calls.total === null ? null : own.callsOf(calls.total)}
        parts={(['overdue', 'today', 'week', 'later'] as const).map((key) => [
          own[key],
          calls[key],
        ])}
      />
      <Distribution title={own.byColour} total={residents.total} colours={residents.colours} />
      <Distribution title={own.roomsByColour} total={dwellings.total} colours={dwellings.colours} />
    </div>
  )
}

function Numbers(props: {
  readonly title: string
  readonly n: Figure
  readonly hint?: string | null
  readonly parts: readonly (readonly [string, Figure])[]
}) {
  const { title, n, hint, parts } = props
  return (
    <section class={styles.card}>
      <h2>{title}</h2>
      <p class={styles.big}>{hint ?? <Told n={n} />}</p>
      <dl class={styles.parts}>
        {parts.map(([name, part]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Told n={part} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Distribution(props: {
  readonly title: string
  readonly total: Figure
  readonly colours: Colours
}) {
  const own = useOverviewWords()
  const levels = useLevels()
  const { title, total, colours } = props
  const spoken = colourKeys.map((key) => `${levels[key].word} ${told(own, colours[key])}`)
  return (
    <section class={styles.card}>
      <h2>{title}</h2>
      <ShareBar colours={colours} total={total} label={own.trend(title, spoken.join('，'))} />
      <ul class={styles.levels}>
        {colourKeys.map((key) => (
          <li key={key}>
            <LevelMark level={levels[key]} look="chip" />
            <b>
              <Told n={colours[key]} />
            </b>
          </li>
        ))}
      </ul>
    </section>
  )
}
