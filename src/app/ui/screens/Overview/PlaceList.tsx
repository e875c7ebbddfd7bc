import { useState } from 'preact/hooks'
import { colourKeys } from '#domain/level.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useMedia } from '#app/ui/use-media.ts'
import { ShareBar } from './Charts.tsx'
import { Told, told } from './Figures.tsx'
import { useOverviewWords } from './overview-words.ts'
import styles from './Overview.module.css'

export interface NamedPlace {
  readonly figures: PlaceFigures
  readonly name: string
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
  const isVacant = ({ figures }: NamedPlace) =>
    figures.residents.total === 0 && figures.dwellings.total === 0
  const vacant = props.places.filter(isVacant)
  const inhabited = sorted(
    props.places.filter((place) => !isVacant(place)),
    sort,
  )
  return (
    <section class={styles.part}>
      <div class={styles.partHead}>
        <h2>{props.title}</h2>
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
      {wide ? <PlaceTable places={inhabited} /> : <PlaceCards places={inhabited} />}
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

const hrefOf = ({ figures }: NamedPlace) => `/overview/${figures.id}`

function PlaceTable(props: { readonly places: readonly NamedPlace[] }) {
  const own = useOverviewWords()
  const levels = useLevels()
  if (props.places.length === 0) return null
  return (
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
                <PlaceBar place={place} />
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
              </td>
              <td>
                <Told n={calls.today} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function PlaceCards(props: { readonly places: readonly NamedPlace[] }) {
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
            <PlaceBar place={place} />
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
              {own.overdue} <Told n={calls.overdue} /> · {own.today} <Told n={calls.today} />
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function PlaceBar(props: { readonly place: NamedPlace }) {
  const own = useOverviewWords()
  const levels = useLevels()
  const { figures, name } = props.place
  const { colours, total } = figures.residents
  const spoken = colourKeys.map((key) => `${levels[key].word} ${told(own, colours[key])}`)
  return <ShareBar colours={colours} total={total} label={own.trend(name, spoken.join('，'))} />
}
