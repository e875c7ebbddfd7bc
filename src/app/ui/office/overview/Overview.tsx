import { useLocation } from 'preact-iso'
import { useCallback, useState } from 'preact/hooks'
import type { Overview as Places, PlaceFigures } from '#protocol/overview.ts'
import type { Rec } from '#app/register/register.ts'
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
import { figureSheets, type ListedPlace } from './figure-sheets.ts'
import { Figures } from './Figures.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { OnDevice } from './OnDevice.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import { PlaceList } from './PlaceList.tsx'
import { Reasons } from './Reasons.tsx'
import { gridStandings, type GridStanding } from '#app/views/grid-standing.ts'
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
  const roots = (told.value?.places ?? []).filter(({ parent }) => parent === null)
  const id = params['place'] ?? (roots.length === 1 ? roots[0]?.id : undefined)
  const names = usePlaces()
  const title = (id && names.get(id)?.fields.name) ?? own.title
  const parent = told.value?.places.find((one) => one.id === id)?.parent
  const back = params['place']
    ? { back: parent ? officePages.overviewOf(parent) : officePages.overview() }
    : {}
  return (
    <Page title={title} {...back}>
      <div class={styles.overview}>
        <Freshness told={told} />
        <FirstStep />
        {told.value && id && <PlacePage key={id} id={id} places={told.value} names={names} />}
        {told.value && !id && <Roots roots={roots} names={names} />}
        {told.problem === 'offline' && id && <OnDevice place={id} />}
        {told.problem === 'offline' && !told.value && !id && <OnDeviceRoots />}
      </div>
    </Page>
  )
}

type Names = ReadonlyMap<string, Rec<'place'>>

function usePlaces(): Names {
  const all = useRegister(useParts('register'), (register) => [...register.all('place')])
  return new Map(all.map((place) => [place.id, place]))
}

function Freshness(props: { readonly told: Told<Places> }) {
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
function Roots(props: { readonly roots: readonly PlaceFigures[]; readonly names: Names }) {
  const own = useOverviewWords()
  const { roots, names } = props
  if (roots.length === 0) {
    return (
      <Empty title={own.empty}>
        <p>{own.emptyHint}</p>
      </Empty>
    )
  }
  return <PlaceList title={own.below.grid} places={named(roots, names, null)} />
}

function OnDeviceRoots() {
  const grids = useRegister(useParts('register'), (register) => [
    ...new Set(register.grids().map(({ id }) => register.pathOf(id)[0]?.id ?? id)),
  ])
  return (
    <>
      {grids.map((id) => (
        <OnDevice key={id} place={id} />
      ))}
    </>
  )
}

function PlacePage(props: { readonly id: string; readonly places: Places; readonly names: Names }) {
  const own = useOverviewWords()
  const { id, places, names } = props
  const detail = useRemembered(useCallback((acts: OverviewActs) => acts.place(id), [id]))
  const here = places.places.find((one) => one.id === id)
  const today = useStore(useParts('today').today, (store) => store.day)
  const grids = gridStandings(places, (one) => names.get(one)?.fields ?? null, today)
  const below = named(
    places.places.filter(({ parent }) => parent === id),
    names,
    unwalkedBelow(grids, places),
  )
  if (!here) {
    return (
      <Empty title={own.empty}>
        <p>{own.emptyHint}</p>
      </Empty>
    )
  }
  const isGrid = below.length === 0
  const ofGrids = below.every(({ figures }) => names.get(figures.id)?.fields.placeKind === 'grid')
  return (
    <>
      <KeyFigures
        figures={here}
        unwalked={isGrid ? null : (unwalkedBelow(grids, places)(id) ?? 0)}
        isWhole={places.places.every((one) => (one.parent === null) === (one.id === id))}
      />
      {isGrid && <OpenGrid id={id} />}
      {!isGrid && <PlaceList title={own.below[ofGrids ? 'grid' : 'community']} places={below} />}
      <Figures holding={here} />
      {detail.value && (
        <>
          <Shifts
            shifts={detail.value.shifts}
            newcomers={detail.value.newcomers ?? []}
            isGuarded={places.least > 0}
          />
          {detail.value.reasons && <Reasons reasons={detail.value.reasons} />}
          <Course weeks={detail.value.weeks} />
        </>
      )}
      {!detail.value && detail.isAsking && <Progress label={own.loading} value={null} />}
      <Export id={id} places={places} names={names} detail={detail.value} />
    </>
  )
}

/** How many grids below a place nobody walks; null of a grid itself. */
function unwalkedBelow(grids: readonly GridStanding[], places: Places) {
  const above = new Map(places.places.map(({ id, parent }) => [id, parent]))
  const counts = new Map<string, number>()
  for (const { id, whys } of grids) {
    if (!whys.includes('no-worker')) continue
    for (let at = above.get(id); at; at = above.get(at)) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  const grid = new Set(grids.map(({ id }) => id))
  const hasParts = new Set(above.values())
  return (id: string) => (grid.has(id) || !hasParts.has(id) ? null : (counts.get(id) ?? 0))
}

function named(
  places: readonly PlaceFigures[],
  names: Names,
  unwalkedOf: ((id: string) => number | null) | null,
) {
  const order = (id: string) => names.get(id)?.fields.order ?? Infinity
  // Of a closed place only what was is told, in the weeks of the one above it.
  return places
    .filter(({ id }) => !names.get(id)?.fields.closed)
    .sort((a, b) => order(a.id) - order(b.id))
    .map((figures) => ({
      figures,
      name: names.get(figures.id)?.fields.name ?? figures.id,
      unwalked: unwalkedOf?.(figures.id) ?? null,
    }))
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
    <Button wide icon="grid" onClick={open}>
      {own.openGrid}
    </Button>
  )
}

function Export(props: {
  readonly id: string
  readonly places: Places
  readonly names: Names
  readonly detail: Parameters<typeof figureSheets>[0]['detail']
}) {
  const app = useParts('officeActs', 'register', 'today')
  const own = useOverviewWords()
  const words = useWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const [state, setState] = useState<'busy' | 'saved' | 'failed' | null>(null)
  const { id, places, names, detail } = props
  const save = async () => {
    setState('busy')
    const asOf = own.asOf(formatMoment(words, places.at, day))
    const sheets = figureSheets({
      ...{ own, levels, detail, asOf: `${places.day} ${asOf}`, language: words.language },
      scheme: app.register.scheme(),
      places: listed(id, places, names, own),
    })
    const file = own.file(names.get(id)?.fields.name ?? '', places.day)
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

/** A place and all below it, each under the one above it. */
function listed(
  id: string,
  places: Places,
  names: Names,
  own: ReturnType<typeof useOverviewWords>,
  above = '',
): ListedPlace[] {
  const figures = places.places.find((one) => one.id === id)
  if (!figures) return []
  const place = names.get(id)?.fields
  const name = `${above} ${place?.name ?? id}`.trim()
  const below = named(
    places.places.filter(({ parent }) => parent === id),
    names,
    null,
  )
  return [
    { figures, name, level: place ? own.levels[place.placeKind] : '' },
    ...below.flatMap((one) => listed(one.figures.id, places, names, own, name)),
  ]
}
