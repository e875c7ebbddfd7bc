import { useState } from 'preact/hooks'
import { colourKeys } from '#domain/level.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { shareOf } from '#app/views/grid-standing.ts'
import { formatAgo } from '#app/ui/format.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useMedia } from '#app/ui/use-media.ts'
import { MeasureBar, ShareBar } from './Charts.tsx'
import { Told, told } from './Figures.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'
import { officePages } from '#app/links/office.ts'

export interface NamedPlace {
  readonly figures: PlaceFigures
  readonly name: string
  /** Grids in it that nobody walks; null of a grid itself. */
  readonly unwalked: number | null
}

const compares = ['colours', 'overdue', 'met', 'residents'] as const
type Compare = (typeof compares)[number]

/** What the bars of places beside each other stand for. */
function measureOf({ figures }: NamedPlace, compare: Compare): number | null {
  if (compare === 'overdue') return shareOf(figures.calls.overdue, figures.calls.total)
  if (compare === 'met') return figures.visits?.week ?? null
  return figures.residents.total
}

interface Bars {
  readonly compare: Compare
  readonly most: number
}

type Sort = 'order' | 'overdue' | 'red'

/** The places below one, each a way down: a table where there is room, cards on a phone. */
export function PlaceList(props: {
  readonly title: string
  readonly places: readonly NamedPlace[]
}) {
  const own = useOverviewWords()
  const wide = useMedia('(min-width: 900px)')
  const [sort, setSort] = useState<Sort>('order')
  const [compare, setCompare] = useState<Compare>('colours')
  const isVacant = ({ figures }: NamedPlace) =>
    figures.residents.total === 0 && figures.dwellings.total === 0
  const vacant = props.places.filter(isVacant)
  const inhabited = sorted(
    props.places.filter((place) => !isVacant(place)),
    sort,
  )
  const bars = {
    compare,
    most: Math.max(0, ...inhabited.map((place) => measureOf(place, compare) ?? 0)),
  }
  return (
    <section class={styles.part}>
      <div class={styles.partHead}>
        <h2>{props.title}</h2>
        {inhabited.length > 1 && (
          <SelectField
            label={own.compare}
            value={compare}
            options={compares.map((value) => ({ value, label: own.compares[value] }))}
            onInput={(value) => setCompare(compares.find((one) => one === value) ?? 'colours')}
          />
        )}
        {inhabited.length > 2 && (
          <SelectField
            label={own.sort}
            value={sort}
            options={(['order', 'overdue', 'red'] as const).map((value) => ({
              value,
              label: own.sorts[value],
            }))}
            onInput={(value) => setSort(value === 'overdue' || value === 'red' ? value : 'order')}
          />
        )}
      </div>
      {wide ? (
        <PlaceTable places={inhabited} bars={bars} />
      ) : (
        <PlaceCards places={inhabited} bars={bars} />
      )}
      {vacant.length > 0 && (
        <details open={inhabited.length === 0}>
          <summary class={styles.summary}>{own.vacant(vacant.length)}</summary>
          <ul class={styles.vacant}>
            {vacant.map((place) => (
              <li key={place.figures.id}>
                <a href={hrefOf(place)}>{place.name}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function sorted(places: readonly NamedPlace[], sort: Sort): readonly NamedPlace[] {
  if (sort === 'order') return places
  // Of equals and of what is not told the order stays as it was.
  const rank =
    sort === 'overdue'
      ? ({ figures }: NamedPlace) => [figures.calls.overdue ?? 0]
      : ({ figures }: NamedPlace) => colourKeys.map((key) => figures.residents.colours[key] ?? 0)
  return [...places].sort((a, b) => {
    const [mine, theirs] = [rank(a), rank(b)]
    const at = mine.findIndex((n, index) => n !== theirs[index])
    return at < 0 ? 0 : (theirs[at] ?? 0) - (mine[at] ?? 0)
  })
}

const hrefOf = ({ figures }: NamedPlace) => officePages.overviewOf(figures.id)

function PlaceTable(props: { readonly places: readonly NamedPlace[]; readonly bars: Bars }) {
  const own = useOverviewWords()
  const levels = useLevels()
  if (props.places.length === 0) return null
  return (
    // In large letters it is wider than its place: it is pushed sideways, also by the keyboard.
    <div
      class={`${styles.scroll} ${styles.places}`}
      tabIndex={0}
      role="region"
      aria-label={own.place}
    >
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{own.place}</th>
            <th scope="col">{own.residents}</th>
            {colourKeys.map((key) => (
              <th key={key} scope="col">
                <LevelMark level={levels[key]} />
              </th>
            ))}
            <th scope="col">{own.overdue}</th>
            <th scope="col">{own.today}</th>
            <th scope="col">{own.met}</th>
            <th scope="col">{own.walked}</th>
          </tr>
        </thead>
        <tbody>
          {props.places.map((place) => {
            const { figures, name } = place
            const { residents, calls } = figures
            return (
              <tr key={figures.id}>
                <th scope="row">
                  <a href={hrefOf(place)}>
                    {name}
                    <Icon name="next" />
                  </a>
                  <PlaceBar place={place} bars={props.bars} />
                </th>
                <td>
                  <Told n={residents.total} />
                </td>
                {colourKeys.map((key) => (
                  <td key={key}>
                    <Told n={residents.colours[key]} />
                  </td>
                ))}
                <td class={(calls.overdue ?? 0) > 0 ? styles.strong : ''}>
                  <Told n={calls.overdue} />
                  <Share figures={figures} />
                </td>
                <td>
                  <Told n={calls.today} />
                </td>
                <td>
                  <Told n={figures.visits?.week ?? null} />
                </td>
                <td>
                  <Walked place={place} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function PlaceCards(props: { readonly places: readonly NamedPlace[]; readonly bars: Bars }) {
  const own = useOverviewWords()
  const levels = useLevels()
  return (
    <ul class={styles.cards}>
      {props.places.map((place) => {
        const { figures, name } = place
        const { residents, calls } = figures
        return (
          <li key={figures.id} class={styles.card}>
            <a class={styles.cardLink} href={hrefOf(place)}>
              {name}
              <span>
                {residents.total === null ? <Told n={null} /> : own.people(residents.total)}
                <Icon name="next" />
              </span>
            </a>
            <PlaceBar place={place} bars={props.bars} />
            <ul class={styles.marks}>
              {colourKeys
                .filter((key) => residents.colours[key] !== 0)
                .map((key) => (
                  <li key={key}>
                    <LevelMark level={levels[key]} /> <Told n={residents.colours[key]} />
                  </li>
                ))}
            </ul>
            <p class={(calls.overdue ?? 0) > 0 ? styles.strong : styles.soft}>
              {own.overdue} <Told n={calls.overdue} />
              <Share figures={figures} /> · {own.today} <Told n={calls.today} />
            </p>
            <p class={styles.soft}>
              {own.met} <Told n={figures.visits?.week ?? null} /> · {own.walked}{' '}
              <Walked place={place} />
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function Share(props: { readonly figures: PlaceFigures }) {
  const { overdue, total } = props.figures.calls
  const share = shareOf(overdue, total)
  return share !== null && share > 0 ? <small class={styles.soft}> {share}%</small> : null
}

/** Of a grid whether somebody walks it and when a device of theirs was here; of others how many grids nobody walks. */
function Walked(props: { readonly place: NamedPlace }) {
  const own = useOverviewWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const { figures, unwalked } = props.place
  if (unwalked !== null) return unwalked > 0 ? <>{own.lacks(unwalked)}</> : <>✓</>
  if (figures.walked === false) return <>{own.nobody}</>
  const { syncedOn } = figures
  if (syncedOn === undefined || figures.walked === undefined) return null
  return <>{syncedOn === null ? own.never : formatAgo(words, syncedOn, day)}</>
}

function PlaceBar(props: { readonly place: NamedPlace; readonly bars: Bars }) {
  const own = useOverviewWords()
  const levels = useLevels()
  const { compare, most } = props.bars
  if (compare !== 'colours') {
    const value = measureOf(props.place, compare)
    const label = own.trend(own.compares[compare], told(own, value))
    return <MeasureBar value={value} most={most} label={label} />
  }
  const { figures, name } = props.place
  const { colours, total } = figures.residents
  const spoken = colourKeys.map((key) => `${levels[key].word} ${told(own, colours[key])}`)
  return <ShareBar colours={colours} total={total} label={own.trend(name, spoken.join('，'))} />
}
