import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { Sheet as Dialog } from '#app/ui/kit/Sheet.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useBuildingWords } from './building-words.ts'
import styles from './Building.module.css'
import {
  chartOf,
  countMatches,
  isFiltering,
  type ChartOf,
  type Filter,
  type UnitChart,
} from '#app/views/building-chart.ts'
import type { Rec } from '#app/views/records.ts'
import { saveBlob } from '#app/acts/save-blob.ts'
import { Chart } from './Chart.tsx'
import { FilterButton, FilterLine, FilterStrip } from './Filters.tsx'
import { layOut, paint, pictureName } from './picture.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { useReasonName } from './reason-name.ts'
import { sheetOf, type Sheet } from './sheet.ts'
import { useView, type View } from './view.ts'

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
  return <BuildingPage key={id} building={building} chart={chart} view={view} onChange={change} />
}

function BuildingPage(props: {
  readonly building: Rec<'building'>
  readonly chart: ChartOf
  readonly view: View
  readonly onChange: (next: Partial<View>) => void
}) {
  const { building, chart, view, onChange } = props
  const words = useWords()
  const own = useBuildingWords()
  const { filter } = view
  const filters = {
    counts: chart,
    filter,
    onChange: (next: Filter) => onChange({ filter: next }),
  }
  const all = own.all(chart.total)
  const status = isFiltering(filter)
    ? own.matching(countMatches(chart.units, filter), chart.total)
    : all
  const shown = chart.units.find((part) => part.unit === view.unit) ?? chart.units[0]
  const paper = useChartOnPaper(chart, filter, building)
  const isOne = chart.units.length === 1
  return (
    <Page
      title={words.places.chart(`${building.fields.estate} ${building.fields.name}`)}
      back={firstPages.grid()}
      actions={<BuildingMenu building={building.id} onSave={paper.save} />}
    >
      {paper.hasFailed && <Notice tone="alarm">{own.pictureFailed}</Notice>}
      {shown ? (
        <>
          <div class={styles.top}>
            {isOne ? (
              <p>{all}</p>
            ) : (
              <Units units={chart.units} shown={shown.unit} filter={filter} onChange={onChange} />
            )}
            <FilterButton {...filters} />
          </div>
          <FilterStrip {...filters} />
          <FilterLine {...filters} text={status} />
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

/** More units than a phone has room for side by side stand in a list. */
const MOST_SEGMENTS = 4

function Units(props: {
  readonly units: readonly UnitChart[]
  readonly shown: string
  readonly filter: Filter
  readonly onChange: (next: Partial<View>) => void
}) {
  const { units, shown, filter, onChange } = props
  const words = useWords()
  const own = useBuildingWords()
  const options = units.map((part) => ({
    value: part.unit,
    label: isFiltering(filter)
      ? `${words.places.unit(part.unit)} ${countMatches([part], filter)}`
      : words.places.unit(part.unit),
  }))
  const choose = (unit: string) => onChange({ unit })
  return (
    <div class={styles.units}>
      {units.length > MOST_SEGMENTS ? (
        <SelectField label={own.units} value={shown} options={options} onInput={choose} />
      ) : (
        <Segmented label={own.units} value={shown} options={options} onChoose={choose} />
      )}
    </div>
  )
}

/** What a building is seldom opened for: its place, and its chart on paper or as a picture. */
function BuildingMenu(props: { readonly building: string; readonly onSave: () => void }) {
  const words = useWords()
  const own = useBuildingWords()
  const [open, setOpen] = useState(false)
  const act = (run: () => void) => () => {
    setOpen(false)
    run()
  }
  return (
    <>
      <Button look="quiet" icon="more" label={words.household.more} onClick={() => setOpen(true)} />
      {open && (
        <Dialog
          title={words.household.more}
          closeLabel={words.shell.close}
          onClose={() => setOpen(false)}
        >
          {/* The building stays drawn under the page that opens: its menu would lie over that. */}
          <div class={styles.menu} onClick={() => setOpen(false)}>
            <ButtonLink wide href={walkPages.location(props.building)}>
              {own.location}
            </ButtonLink>
            <Button wide onClick={act(() => window.print())}>
              {own.print}
            </Button>
            <Button wide onClick={act(props.onSave)}>
              {own.picture}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** The chart on paper, whenever the browser prints, and as a picture. */
function useChartOnPaper(chart: ChartOf, filter: Filter, building: Rec<'building'>) {
  const app = useParts('today')
  const own = useBuildingWords()
  const toasts = useToasts()
  const [hasFailed, setFailed] = useState(false)
  const makeSheet = useSheet(chart, filter, building)
  usePaper(() => <PrintSheet sheet={makeSheet()} />)
  const save = async () => {
    setFailed(false)
    const { estate, name } = building.fields
    const picture = await paint(layOut(makeSheet())).catch(() => null)
    if (!picture) return setFailed(true)
    saveBlob(pictureName(estate + name, app.today.getState().day), picture)
    toasts.show(own.pictureSaved)
  }
  return { hasFailed, save: () => void save() }
}

/** Made when it is asked for: paper and picture show what the screen shows at that moment. */
function useSheet(chart: ChartOf, filter: Filter, building: Rec<'building'>): () => Sheet {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useBuildingWords()
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
          ? [own.filter(formatFacts(words, asked), countMatches(chart.units, filter))]
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
