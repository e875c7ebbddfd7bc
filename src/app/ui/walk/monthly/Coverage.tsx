import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { formatDoor } from '#domain/format-door.ts'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAgo, formatAside } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import type { GridCoverage, OpenPerson } from '#app/views/coverage.ts'
import { useCoverageWords } from './coverage-words.ts'
import { useCoverage } from './use-coverage.ts'

/** Of a grid at first: an office with thousands asks for more. */
const PAGE = 30

/** Whom nobody met this month yet, grid by grid in the order of the places: never by who has most left. */
export function Coverage() {
  const app = useParts('register', 'preferences', 'today')
  const own = useCoverageWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const grid = useStore(app.preferences, (preferences) => preferences.grid)
  const [isAll, setAll] = useState(false)
  const all = useRegister(app, (register) => register.grids().map(({ id }) => id))
  const grids = grid && !isAll && all.includes(grid) ? [grid] : all
  const counted = useCoverage(grids)
  const parts = grids.flatMap((id) => {
    const found = counted?.get(id)
    return found ? [{ id, ...found }] : []
  })
  const sum = (of: (one: GridCoverage) => number) => parts.reduce((n, one) => n + of(one), 0)
  const [met, meant] = [sum((one) => one.met), sum((one) => one.meant)]
  return (
    <Page
      title={formatAside(words, own.title, own.month(Number(day.slice(5, 7))))}
      back={firstPages.today()}
    >
      <RangeNote />
      {grid && all.length > 1 && (
        <Button onClick={() => setAll(!isAll)}>{isAll ? own.ownGrid : own.allGrids}</Button>
      )}
      {!counted && <Progress label={own.counting} value={null} />}
      {counted && meant === 0 && (
        <Empty title={own.nobodyTitle} icon="check">
          <p>{own.nobodyHint}</p>
        </Empty>
      )}
      {meant > 0 && (
        <Group label={own.title}>
          <Row title={own.open(meant - met)} aside={own.figure(met, meant)} />
        </Group>
      )}
      {meant > 0 && met === meant && <Empty title={own.allMet} icon="check" />}
      {parts.length > 1 || met < meant
        ? parts.map(({ id, ...one }) => <GridPart key={id} grid={id} coverage={one} day={day} />)
        : null}
      {counted && <Notice>{own.explain}</Notice>}
    </Page>
  )
}

function GridPart(props: {
  readonly grid: string
  readonly coverage: GridCoverage
  readonly day: string
}) {
  const own = useCoverageWords()
  const [shown, setShown] = useState(PAGE)
  const path = useRegister(useParts('register'), (register) =>
    register.pathOf(props.grid).map(({ fields }) => fields.name),
  )
  const { met, meant, open } = props.coverage
  return (
    <>
      <Group head={path.slice(-2).join(' ')} aside={own.figure(met, meant)}>
        {open.length === 0 && <Row title={own.allMet} />}
        {open.slice(0, shown).map((one) => (
          <PersonRow key={one.resident} person={one} day={props.day} />
        ))}
      </Group>
      {open.length > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {own.more(open.length - shown)}
        </Button>
      )}
    </>
  )
}

function PersonRow(props: { readonly person: OpenPerson; readonly day: string }) {
  const { person, day } = props
  const app = useParts('register')
  const own = useCoverageWords()
  const words = useWords()
  const levels = useLevels()
  const { path } = useLocation()
  const href = firstPages.household(person.household)
  const [name, door, colour] = useRegister(app, (register) => {
    const home = register.get('household', person.household)
    const dwelling = home && register.get('dwelling', home.fields.dwelling)
    const building = dwelling && register.get('building', dwelling.fields.building)
    return [
      register.get('resident', person.resident)?.fields.name ?? '',
      dwelling ? formatDoor(building?.fields ?? null, dwelling.fields) : '',
      register.colourOfResident(person.resident, day).colour,
    ] as const
  })
  return (
    <Row
      title={maskName(name)}
      name={door}
      mark={<LevelMark level={levels[colour]} />}
      under={person.lastMet ? own.last(formatAgo(words, person.lastMet, day)) : own.never}
      href={href}
      chosen={path === href}
    />
  )
}
