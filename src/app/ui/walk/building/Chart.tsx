import { useMemo } from 'preact/hooks'
import type { ColourKey } from '#domain/level.ts'
import { levelCell, type LevelWords } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useBuildingWords, type BuildingWords } from './building-words.ts'
import styles from './Chart.module.css'
import { matches, type Cell, type Filter, type UnitChart } from '#app/views/building-chart.ts'

/** A screenful on a tablet, two on a phone. */
const CELLS_AT_ONCE = 72

/** One unit's floors from top to bottom; a filter leaves the others standing, but pale. */
export function Chart(props: { readonly unit: UnitChart; readonly filter: Filter }) {
  const { unit, filter } = props
  const words = useWords()
  const own = useBuildingWords()
  const levels = useLevels()
  const widest = Math.max(1, ...unit.floors.map(({ cells }) => cells.length))
  const { count, mark, isWhole } = useGrowing(
    unit.floors.length,
    Math.ceil(CELLS_AT_ONCE / widest),
    unit.unit,
  )
  // A redraw for another reason leaves some hundred cells as they are.
  const table = useMemo(
    () => (
      <table class={styles.chart} style={{ '--rooms': String(widest) }}>
        <tbody>
          {unit.floors.slice(0, count).map(({ floor, cells }) => (
            <tr key={floor}>
              <th scope="row">
                {words.places.floorNumber(floor)}
                <span class={styles.unit}>{words.places.floor}</span>
              </th>
              <td>
                <div class={styles.cells}>
                  {cells.map((cell) => roomOf(cell, filter, levels, words.places, own))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    ),
    [unit, count, filter, levels, words, own, widest],
  )
  return (
    <>
      {table}
      {!isWhole && <div ref={mark} class={styles.more} />}
    </>
  )
}

/**
 * One element with one text, and no component of its own: a tower has hundreds. The first line is the room's number;
 * the mark is for eyes, its word for those who hear the page.
 */
function roomOf(
  cell: Cell,
  filter: Filter,
  levels: Readonly<Record<ColourKey, LevelWords>>,
  words: { readonly [key in 'empty' | 'pending']: string },
  own: BuildingWords,
) {
  const level = levels[cell.colour]
  const away = !matches(cell, filter)
  const people = cell.people > 0 ? cell.people : words.empty
  const pending = cell.pending ? ` ${words.pending}` : ''
  return (
    <a
      key={cell.dwelling}
      href={cell.href}
      class={away ? `${styles.room} ${styles.away}` : `${styles.room} ${levelCell(cell.colour)}`}
      aria-label={`${cell.room} ${own.people(cell.people)} ${level.word}${pending}${away ? ` ${own.away}` : ''}`}
    >
      {`${cell.room}\n${level.mark} ${people}${cell.pending ? ' ↑' : ''}`}
    </a>
  )
}
