import { useState } from 'preact/hooks'
import type { Rec } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { buildingWords } from './building-words.ts'
import styles from './Building.module.css'
import {
  chartOf,
  countMatches,
  isFiltering,
  noFilter,
  type ChartOf,
  type Filter,
} from '#app/views/building-chart.ts'
import { Chart } from './Chart.tsx'
import { Filters } from './Filters.tsx'
import { layOut, paint, pictureName, savePicture } from './picture.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { useReasonName } from './reason-name.ts'
import { sheetOf, type Sheet } from './sheet.ts'
import { useView } from './view.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** The building chart 楼栋图: units × floors × rooms, each room in its colour with its mark. */
export function Building(props: PageProps) {
  const app = useParts('register', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const id = props.params['building'] ?? ''
  const building = useRegister(app, (register) => register.get('building', id))
  const chart = useRegister(app, (register) => chartOf(register, id, day), [id, day])
  const [view, change] = useView(id)
  if (!building) {
    return (
      <Page title={words.places.grid} back={firstPages.grid()}>
        <Empty title={words.shell.gone} />
      </Page>
    )
  }
  const { filter } = view
  const shown = chart.units.find((part) => part.unit === view.unit) ?? chart.units[0]
  return (
    <Page
      title={words.places.chart(`${building.fields.estate} ${building.fields.name}`)}
      back={firstPages.grid()}
      under={
        chart.units.length > 1 && (
          <div class={styles.units} role="group">
            {chart.units.map((part) => (
              <Button
                key={part.unit}
                pressed={part === shown}
                onClick={() => change({ unit: part.unit })}
              >
                {words.places.unit(part.unit)}
                {isFiltering(filter) && ` ${countMatches([part], filter)}`}
              </Button>
            ))}
          </div>
        )
      }
    >
      {shown ? (
        <>
          <Filters counts={chart} filter={filter} onChange={(next) => change({ filter: next })} />
          <Matching
            chart={chart}
            filter={filter}
            building={building}
            onClear={() => change({ filter: noFilter })}
          />
          <Chart unit={shown} filter={filter} />
        </>
      ) : (
        <Empty title={words.places.emptyChartTitle} icon="home">
          <p>{words.places.emptyChartHint}</p>
        </Empty>
      )}
    </Page>
  )
}

/** How many match, and the chart on paper or as a picture. */
function Matching(props: {
  readonly chart: ChartOf
  readonly filter: Filter
  readonly building: Rec<'building'>
  readonly onClear: () => void
}) {
  const { chart, filter, building } = props
  const app = useParts('today')
  const own = useScreenWords(buildingWords)
  const toasts = useToasts()
  const [failed, setFailed] = useState(false)
  const makeSheet = useSheet(chart, filter, building)
  usePaper(() => <PrintSheet sheet={makeSheet()} />)
  const save = async () => {
    setFailed(false)
    const { estate, name } = building.fields
    const picture = await paint(layOut(makeSheet())).catch(() => null)
    if (!picture) return setFailed(true)
    savePicture(pictureName(estate + name, app.today.getState().day), picture)
    toasts.show(own.pictureSaved)
  }
  const filtered = isFiltering(filter)
  return (
    <>
      <div class={styles.line}>
        <p role="status">
          {filtered
            ? own.matching(countMatches(chart.units, filter), chart.total)
            : own.all(chart.total)}
        </p>
        {filtered && (
          <Button look="quiet" onClick={props.onClear}>
            {own.clear}
          </Button>
        )}
        <span class={styles.acts}>
          <ButtonLink look="quiet" href={walkPages.location(building.id)}>
            {own.location}
          </ButtonLink>
          <Button look="quiet" onClick={() => window.print()}>
            {own.print}
          </Button>
          <Button look="quiet" onClick={() => void save()}>
            {own.picture}
          </Button>
        </span>
      </div>
      {failed && <Notice tone="alarm">{own.pictureFailed}</Notice>}
    </>
  )
}

/** Made when it is asked for: paper and picture show what the screen shows at that moment. */
function useSheet(chart: ChartOf, filter: Filter, building: Rec<'building'>): () => Sheet {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useScreenWords(buildingWords)
  const levels = useLevels()
  const nameOf = useReasonName()
  return () => {
    const { name, schemeVersion } = app.register.scheme()
    const [year, month, date] = app.today.getState().day.split('-').map(Number) as [
      number,
      number,
      number,
    ]
    const asked = [
      filter.colour && levels[filter.colour].word,
      filter.rule && nameOf(filter.rule),
      filter.residence && own.residences[filter.residence],
      filter.overdue && own.overdue,
    ].filter((part) => typeof part === 'string')
    const { estate, name: number } = building.fields
    return sheetOf(chart, filter, {
      title: own.chart(`${estate} ${number}`),
      lines: [
        words.shell.yearMonthDay(year, month, date),
        own.scheme(name, schemeVersion),
        ...(asked.length > 0
          ? [own.filter(asked.join(' · '), countMatches(chart.units, filter))]
          : []),
        own.key,
      ],
      unit: words.places.unit,
      floor: (floor) => `${words.places.floorNumber(floor)}${words.places.floor}`,
      empty: words.places.empty,
      levels,
    })
  }
}
