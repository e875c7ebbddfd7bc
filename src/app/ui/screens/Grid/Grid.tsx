import { useState } from 'preact/hooks'
import type { Rec } from '#app/register/register.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { DistributionBar } from '#app/ui/pieces/DistributionBar.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Grid.module.css'

/** A village grid may have hundreds of houses; the list grows on demand. */
const PAGE = 60

/** The buildings of a grid with the colours of those who live there, estate by estate in walking order. */
export function Grid() {
  const app = useApp()
  const words = useWords()
  const grids = useRegister(app, (register) => register.grids())
  const chosen = useStore(app.preferences, (preferences) => preferences.grid)
  const grid = grids.find((place) => place.id === chosen) ?? grids[0]
  const buildings = useRegister(app, (register) => (grid ? register.buildings(grid.id) : []))
  const [shown, setShown] = useState(PAGE)
  const visible = buildings.slice(0, shown)
  return (
    <Page
      title={grid?.fields.name ?? words.places.grid}
      under={grid && <GridHead grid={grid} grids={grids} />}
    >
      {byEstate(visible).map(({ estate, members }) => (
        <section key={estate} class={styles.estate}>
          <h2>{estate}</h2>
          <ul>
            {members.map((building) => (
              <li key={building.id}>
                <BuildingCard building={building} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {buildings.length > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.places.showMore(buildings.length - shown)}
        </Button>
      )}
      {buildings.length === 0 && (
        <Empty title={words.places.emptyGridTitle} icon="grid">
          <p>{words.places.emptyGridHint}</p>
        </Empty>
      )}
    </Page>
  )
}

function GridHead(props: { readonly grid: Rec<'place'>; readonly grids: readonly Rec<'place'>[] }) {
  const app = useApp()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { grid, grids } = props
  const distribution = useRegister(
    app,
    (register) => register.distribution({ grid: grid.id }, day),
    [grid.id, day],
  )
  const names = useRegister(app, (register) =>
    grids.map((place) =>
      register
        .pathOf(place.id)
        .slice(-2)
        .map((part) => part.fields.name)
        .join(' '),
    ),
  )
  return (
    <div class={styles.head}>
      {grids.length > 1 && (
        <SelectField
          label={words.places.chooseGrid}
          value={grid.id}
          options={grids.map((place, index) => ({ value: place.id, label: names[index] ?? '' }))}
          onInput={(id) => app.preferences.setState({ grid: id })}
        />
      )}
      <DistributionBar label={words.places.distribution} distribution={distribution} />
    </div>
  )
}

function BuildingCard(props: { readonly building: Rec<'building'> }) {
  const app = useApp()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { id, fields } = props.building
  const distribution = useRegister(
    app,
    (register) => register.distribution({ building: id }, day),
    [id, day],
  )
  const people = Object.values(distribution).reduce((sum, count) => sum + count, 0)
  return (
    <a class={styles.card} href={`/building/${id}`}>
      <span class={styles.name}>
        <strong>{fields.name}</strong>
        <span>{words.shell.people(people)}</span>
      </span>
      <DistributionBar label={words.places.distribution} distribution={distribution} />
    </a>
  )
}

function byEstate(buildings: readonly Rec<'building'>[]) {
  const groups: { readonly estate: string; readonly members: Rec<'building'>[] }[] = []
  for (const building of buildings) {
    const last = groups.at(-1)
    if (last?.estate === building.fields.estate) last.members.push(building)
    else groups.push({ estate: building.fields.estate, members: [building] })
  }
  return groups
}
