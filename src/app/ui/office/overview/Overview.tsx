import { useLocation } from 'preact-iso'
import { useCallback, useState } from 'preact/hooks'
import type { Overview as Figures } from '#protocol/overview.ts'
import type { OverviewActs } from '#app/acts/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Course } from './Course.tsx'
import { figureSheets } from './figure-sheets.ts'
import { Holdings } from './Figures.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { OnDevice } from './OnDevice.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import { PlaceList } from './PlaceList.tsx'
import { Reasons } from './Reasons.tsx'
import { gridStandings } from '#app/views/grid-standing.ts'
import {
  listedPlaces,
  placesBelow,
  placesHere,
  rootsOf,
  rootsOnDevice,
  unwalkedBelow,
  type Places,
} from '#app/views/overview-places.ts'
import { Shifts } from './Shifts.tsx'
import { FirstStep } from '#app/ui/pieces/FirstStep.tsx'
import { useRemembered, type Told } from '#app/ui/pieces/use-remembered.ts'
import styles from './Overview.module.css'
import { officePages } from '#app/links/office.ts'
import { firstPages } from '#app/links/first.ts'

const pickPlaces = (acts: OverviewActs) => acts.places

/** How a place stands: its figures, the places below it, its weeks, and what changed in it today. */
export function Overview({ params }: PageProps) {
  const own = useOverviewWords()
  const told = useRemembered(pickPlaces)
  const roots = told.value ? rootsOf(told.value) : []
  const id = params['place'] ?? (roots.length === 1 ? roots[0]?.id : undefined)
  const places = useRegister(useParts('register'), placesHere)
  const title = (id && places.get(id)?.name) ?? own.title
  const parent = told.value?.places.find((one) => one.id === id)?.parent
  const back = params['place']
    ? { back: parent ? officePages.overviewOf(parent) : officePages.overview() }
    : {}
  return (
    <Page title={title} width="table" {...back}>
      <div class={styles.overview}>
        <Freshness told={told} />
        <FirstStep />
        {told.value && id && <PlacePage key={id} id={id} told={told.value} places={places} />}
        {told.value && !id && <Roots told={told.value} places={places} />}
        {told.problem === 'offline' && id && <OnDevice place={id} />}
        {told.problem === 'offline' && !told.value && !id && <OnDeviceRoots />}
      </div>
    </Page>
  )
}

function Freshness(props: { readonly told: Told<Figures> }) {
  const app = useParts('today')
  const own = useOverviewWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { value, problem, isAsking, again } = props.told
  const when = value ? formatMoment(words, value.at, day) : ''
  return (
    <>
      {!value && isAsking && <Progress label={own.loading} value={null} />}
      {problem === 'offline' && (
        <Notice>{value ? own.offlineKept(when) : own.offlineNothing}</Notice>
      )}
      {problem !== null && problem !== 'offline' && (
        <Notice tone="alarm">{own.failed(words.problems[problem])}</Notice>
      )}
      <div class={styles.fresh}>
        {value && <span class={styles.soft}>{own.asOf(when)}</span>}
        {(value !== null || !isAsking) && (
          <Button look="quiet" icon="sync" busy={isAsking} onClick={again}>
            {own.again}
          </Button>
        )}
      </div>
      {value && value.least > 0 && <p class={styles.soft}>{own.hiddenHint(value.least)}</p>}
    </>
  )
}

/** An account that looks after several places: each is a way in. */
function Roots(props: { readonly told: Figures; readonly places: Places }) {
  const own = useOverviewWords()
  const roots = placesBelow(props.told, null, props.places, null)
  if (roots.length === 0) {
    return (
      <Empty title={own.empty}>
        <p>{own.emptyHint}</p>
      </Empty>
    )
  }
  return <PlaceList title={own.below.grid} places={roots} />
}

function OnDeviceRoots() {
  const grids = useRegister(useParts('register'), rootsOnDevice)
  return (
    <>
      {grids.map((id) => (
        <OnDevice key={id} place={id} />
      ))}
    </>
  )
}

function PlacePage(props: {
  readonly id: string
  readonly told: Figures
  readonly places: Places
}) {
  const own = useOverviewWords()
  const { id, told, places } = props
  const detail = useRemembered(useCallback((acts: OverviewActs) => acts.place(id), [id]))
  const here = told.places.find((one) => one.id === id)
  const today = useStore(useParts('today').today, (store) => store.day)
  const grids = gridStandings(told, (one) => places.get(one) ?? null, today)
  const unwalkedOf = unwalkedBelow(grids, told)
  const below = placesBelow(told, id, places, unwalkedOf)
  if (!here) {
    return (
      <Empty title={own.empty}>
        <p>{own.emptyHint}</p>
      </Empty>
    )
  }
  const isGrid = below.length === 0
  const ofGrids = below.every(({ figures }) => places.get(figures.id)?.placeKind === 'grid')
  return (
    <>
      <KeyFigures
        figures={here}
        unwalked={isGrid ? null : (unwalkedOf(id) ?? 0)}
        isWhole={told.places.every((one) => (one.parent === null) === (one.id === id))}
      />
      {isGrid && <OpenGrid id={id} />}
      {!isGrid && <PlaceList title={own.below[ofGrids ? 'grid' : 'community']} places={below} />}
      <Holdings holding={here} />
      {detail.value && (
        <>
          <Shifts
            shifts={detail.value.shifts}
            newcomers={detail.value.newcomers ?? []}
            isGuarded={told.least > 0}
          />
          {detail.value.reasons && <Reasons reasons={detail.value.reasons} />}
          <Course weeks={detail.value.weeks} />
        </>
      )}
      {!detail.value && detail.isAsking && <Progress label={own.loading} value={null} />}
      <Export id={id} told={told} places={places} detail={detail.value} />
    </>
  )
}

/** To the grid itself, where its records are on this device. */
function OpenGrid(props: { readonly id: string }) {
  const app = useParts('register', 'preferences')
  const own = useOverviewWords()
  const location = useLocation()
  const hasRecords = useRegister(app, (register) => register.buildings(props.id).length > 0)
  if (!hasRecords) return null
  const open = () => {
    app.preferences.setState({ grid: props.id })
    location.route(firstPages.grid())
  }
  return (
    <div>
      <Button icon="grid" onClick={open}>
        {own.openGrid}
      </Button>
    </div>
  )
}

function Export(props: {
  readonly id: string
  readonly told: Figures
  readonly places: Places
  readonly detail: Parameters<typeof figureSheets>[0]['detail']
}) {
  const app = useParts('officeActs', 'register', 'today')
  const own = useOverviewWords()
  const words = useWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const [state, setState] = useState<'busy' | 'saved' | 'failed' | null>(null)
  const { id, told, places, detail } = props
  const save = async () => {
    setState('busy')
    const asOf = own.asOf(formatMoment(words, told.at, day))
    const sheets = figureSheets({
      ...{ own, levels, detail, asOf: `${told.day} ${asOf}`, language: words.language },
      scheme: app.register.scheme(),
      places: listedPlaces(told, id, places),
    })
    const file = own.file(places.get(id)?.name ?? '', told.day)
    const isSaved = await app.officeActs.saveWorkbook(file, sheets).then(
      ({ ok }) => ok,
      () => false,
    )
    setState(isSaved ? 'saved' : 'failed')
  }
  return (
    <div class={styles.part}>
      <div class={styles.takeOut}>
        <Button busy={state === 'busy'} onClick={() => void save()}>
          {own.export}
        </Button>
        <Button onClick={() => window.print()}>{own.print}</Button>
      </div>
      {state === 'saved' && <Notice>{own.exported}</Notice>}
      {state === 'failed' && <Notice tone="alarm">{own.exportFailed}</Notice>}
    </div>
  )
}
