import type { ColourKey } from '#domain/level.ts'
import { levelClass } from '#app/ui/kit/LevelMark.tsx'
import { Spoken } from '#app/ui/kit/Spoken.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Chart.module.css'
import type { Cell, UnitChart } from './chart.ts'

/** One unit's floors from top to bottom; a filter leaves the others standing, but pale. */
export function Chart(props: { readonly unit: UnitChart; readonly filter: ColourKey | null }) {
  const words = useWords()
  return (
    <table class={styles.chart}>
      <tbody>
        {props.unit.floors.map(({ floor, cells }) => (
          <tr key={floor}>
            <th scope="row">
              {words.places.floorNumber(floor)}
              <span class={styles.unit}>{words.places.floor}</span>
            </th>
            <td>
              <div class={styles.cells}>
                {cells.map((cell) => (
                  <Room
                    key={cell.dwelling}
                    cell={cell}
                    away={props.filter !== null && cell.colour !== props.filter}
                  />
                ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Room(props: { readonly cell: Cell; readonly away: boolean }) {
  const { cell, away } = props
  const words = useWords()
  const level = useLevels()[cell.colour]
  return (
    <a
      href={cell.href}
      class={`${styles.room} ${levelClass(cell.colour)} ${away ? styles.away : ''}`}
    >
      <span class={styles.number}>{cell.room}</span>
      <span class={styles.inside}>
        <span aria-hidden="true">{level.mark}</span>
        <Spoken>{level.word}</Spoken>
        <span>{cell.people > 0 ? cell.people : words.places.empty}</span>
        {cell.people > 0 && <Spoken>{words.places.peopleUnit}</Spoken>}
        {cell.pending && <span aria-hidden="true">↑</span>}
        {cell.pending && <Spoken>{words.places.pending}</Spoken>}
      </span>
    </a>
  )
}
