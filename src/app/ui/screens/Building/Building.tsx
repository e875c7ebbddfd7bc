import { useState } from 'preact/hooks'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/routes.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Building.module.css'
import { chartOf } from './chart.ts'
import { Chart } from './Chart.tsx'

/** The building chart 楼栋图: units × floors × rooms, each room in its colour with its mark. */
export function Building(props: PageProps) {
  const app = useApp()
  const words = useWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const id = props.params['building'] ?? ''
  const building = useRegister(app, (register) => register.get('building', id))
  const chart = useRegister(app, (register) => chartOf(register, id, day), [id, day])
  const [unit, setUnit] = useState<string | null>(null)
  const [filter, setFilter] = useState<ColourKey | null>(null)
  if (!building) {
    return (
      <Page title={words.places.grid} back="/grid">
        <Empty title={words.shell.gone} />
      </Page>
    )
  }
  const shown = chart.units.find((part) => part.unit === unit) ?? chart.units[0]
  return (
    <Page
      title={words.places.chart(`${building.fields.estate} ${building.fields.name}`)}
      back="/grid"
      under={
        <div class={styles.under}>
          {chart.units.length > 1 && (
            <div class={styles.units} role="group">
              {chart.units.map((part) => (
                <Button key={part.unit} pressed={part === shown} onClick={() => setUnit(part.unit)}>
                  {words.places.unit(part.unit)}
                </Button>
              ))}
            </div>
          )}
          <div class={styles.filters} role="group" aria-label={words.places.filter}>
            {colourKeys.map(
              (key) =>
                chart.households[key] > 0 && (
                  <Button
                    key={key}
                    pressed={filter === key}
                    onClick={() => setFilter(filter === key ? null : key)}
                  >
                    <LevelMark level={levels[key]} count={chart.households[key]} />
                  </Button>
                ),
            )}
          </div>
        </div>
      }
    >
      {shown ? (
        <Chart unit={shown} filter={filter} />
      ) : (
        <Empty title={words.places.emptyChartTitle} icon="home">
          <p>{words.places.emptyChartHint}</p>
        </Empty>
      )}
    </Page>
  )
}
