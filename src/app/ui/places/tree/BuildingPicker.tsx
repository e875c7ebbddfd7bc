import { byEstate, totalOf, type BuildingLine } from '#app/views/grid-journey.ts'
import { usePlacesWords } from './places-words.ts'
import styles from './Places.module.css'
import { Tick } from './Tick.tsx'

/** The buildings of a grid, an estate at a time or one by one. */
export function BuildingPicker(props: {
  readonly lines: readonly BuildingLine[]
  readonly chosen: ReadonlySet<string>
  readonly error: string | undefined
  readonly onInput: (chosen: ReadonlySet<string>) => void
}) {
  const own = usePlacesWords()
  const { lines, chosen, onInput } = props
  const set = (ids: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (isChosen) next.add(id)
      else next.delete(id)
    }
    onInput(next)
  }
  const total = totalOf(lines.filter(({ id }) => chosen.has(id)))
  return (
    <fieldset class={styles.choose} aria-invalid={props.error !== undefined}>
      <legend>{own.buildings}</legend>
      <p class={styles.soft}>{own.buildingsHint}</p>
      {props.error && <p class={styles.wrong}>{props.error}</p>}
      {lines.length === 0 && <p>{own.noBuildings}</p>}
      <p role="status">{own.chosen(total.buildings, total.households, total.people)}</p>
      {byEstate(lines).map(({ estate, lines: held }) => {
        const ids = held.map(({ id }) => id)
        const count = ids.filter((id) => chosen.has(id)).length
        return (
          <div key={estate}>
            <Tick
              strong
              label={own.allOf(estate || own.noEstate, held.length)}
              checked={count === held.length}
              some={count > 0 && count < held.length}
              onInput={(isChosen) => set(ids, isChosen)}
            />
            <div class={styles.inside}>
              {held.map((line) => (
                <Tick
                  key={line.id}
                  label={line.name}
                  under={own.within(line.households, line.people)}
                  checked={chosen.has(line.id)}
                  onInput={(isChosen) => set([line.id], isChosen)}
                />
              ))}
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}
