import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { colourKeys } from '#domain/level.ts'
import type { PlaceFigures } from '#protocol/overview.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { LevelStrip } from '#app/ui/kit/LevelStrip.tsx'
import { Select } from '#app/ui/kit/Field.tsx'
import { Table, type TableColumn } from '#app/ui/kit/Table.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { shareOf } from '#app/views/grid-standing.ts'
import {
  compares,
  isVacant,
  measureOf,
  sortedPlaces,
  sorts,
  type Compare,
  type NamedPlace,
  type Sort,
} from '#app/views/overview-places.ts'
import { formatAgo } from '#app/ui/format.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useMedia } from '#app/ui/use-media.ts'
import { MeasureBar, ShareBar } from './Charts.tsx'
import { Told, told } from './Told.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'
import { officePages } from '#app/links/office.ts'

interface Bars {
  readonly compare: Compare
  readonly most: number
}

/** The places below one, each a way down: a table where there is room, cards on a phone. */
export function PlaceList(props: {
  readonly title: string
  readonly places: readonly NamedPlace[]
}) {
  const own = useOverviewWords()
  const wide = useMedia('(min-width: 900px)')
  const [sort, setSort] = useState<Sort>('order')
  const [compare, setCompare] = useState<Compare>('colours')
  const vacant = props.places.filter(isVacant)
  const inhabited = sortedPlaces(
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
        <span class={styles.chooses}>
          {inhabited.length > 1 && (
            <Select
              label={own.compare}
              value={compare}
              options={compares.map((value) => ({
                value,
                label: `${own.compare}：${own.compares[value]}`,
              }))}
              onInput={(value) => setCompare(compares.find((one) => one === value) ?? 'colours')}
            />
          )}
          {inhabited.length > 2 && (
            <Select
              label={own.sort}
              value={sort}
              options={sorts.map((value) => ({ value, label: own.sorts[value] }))}
              onInput={(value) => setSort(sorts.find((one) => one === value) ?? 'order')}
            />
          )}
        </span>
      </div>
      {wide ? (
        <PlaceTable title={props.title} places={inhabited} bars={bars} />
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

const hrefOf = ({ figures }: NamedPlace) => officePages.overviewOf(figures.id)

function PlaceTable(props: {
  readonly title: string
  readonly places: readonly NamedPlace[]
  readonly bars: Bars
}) {
  const own = useOverviewWords()
  const levels = useLevels()
  const { title, places, bars } = props
  if (places.length === 0) return null
  const number = (key: string, head: ComponentChildren, cell: Cell): TableColumn<NamedPlace> => ({
    ...{ key, head, cell, isNumber: true },
  })
  return (
    <Table<NamedPlace>
      label={title}
      rows={places}
      keyOf={({ figures }) => figures.id}
      hrefOf={hrefOf}
      columns={[
        { key: 'name', head: own.place, cell: ({ name }) => name },
        {
          ...{ key: 'bar', head: own.compares[bars.compare], isWide: true },
          cell: (place) => <PlaceBar place={place} bars={bars} />,
        },
        number('residents', own.residents, ({ figures }) => <Told n={figures.residents.total} />),
        ...colourKeys.map((key) =>
          number(key, <LevelMark level={levels[key]} size={20} />, ({ figures }) => (
            <Told n={figures.residents.colours[key]} />
          )),
        ),
        number('overdue', own.overdue, ({ figures }) => (
          <span class={(figures.calls.overdue ?? 0) > 0 ? styles.strong : ''}>
            <Told n={figures.calls.overdue} />
            <Share figures={figures} />
          </span>
        )),
        number('today', own.today, ({ figures }) => <Told n={figures.calls.today} />),
        number('met', own.met, ({ figures }) => <Told n={figures.visits?.week ?? null} />),
        number('covered', own.covered, ({ figures }) => <Covered figures={figures} />),
        number('walked', own.walked, (place) => <Walked place={place} />),
      ]}
    />
  )
}

type Cell = (place: NamedPlace) => ComponentChildren

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
            <LevelStrip label={own.byColour} levels={levels} counts={residents.colours} />
            <p class={styles.said}>
              <span class={(calls.overdue ?? 0) > 0 ? styles.strong : styles.soft}>
                {own.overdue} <Told n={calls.overdue} />
                <Share figures={figures} />
              </span>
              <span class={styles.soft}>
                {own.today} <Told n={calls.today} />
              </span>
              <span class={styles.soft}>
                {own.met} <Told n={figures.visits?.week ?? null} />
              </span>
              <span class={styles.soft}>
                {own.walked} <Walked place={place} />
              </span>
            </p>
          </li>
        )
      })}
    </ul>
  )
}

/** Of a place where coverage means nobody, nothing. */
function Covered(props: { readonly figures: PlaceFigures }) {
  const { coverage } = props.figures
  if (!coverage || coverage.meant === 0) return null
  return (
    <>
      <Told n={coverage.met} /> / <Told n={coverage.meant} />
    </>
  )
}

function Share(props: { readonly figures: PlaceFigures }) {
  const { overdue, total } = props.figures.calls
  const share = shareOf(overdue, total)
  return share !== null && share > 0 ? <small class={styles.share}> {share}%</small> : null
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
