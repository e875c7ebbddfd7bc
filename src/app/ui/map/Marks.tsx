import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { Position } from '#domain/position.ts'
import { LevelMark, type LevelWords } from '../kit/LevelMark.tsx'
import { Spoken } from '../kit/Spoken.tsx'
import type { Gathered } from './gather.ts'
import styles from './MapView.module.css'
import type { MapWords } from './map-words.ts'
import { firstPages } from '#app/links/first.ts'

/** The marks over the map: a building leads to its chart, several together to a closer look. */
export function Marks(props: {
  readonly groups: readonly Gathered[]
  readonly levels: Readonly<Record<ColourKey, LevelWords>>
  readonly words: MapWords
  readonly onCloser: (group: Gathered) => void
  readonly onFocus: (position: Position) => void
}) {
  const { groups, levels, words, onCloser, onFocus } = props
  return (
    <>
      {groups.map((group) => {
        const [first] = group.marks
        if (!first) return null
        const inside = (
          <>
            <strong>
              {group.marks.length === 1 ? first.name : words.several(group.marks.length)}
            </strong>
            <span class={styles.levels}>
              {colourKeys.map(
                (key) =>
                  group.colours[key] > 0 && (
                    <LevelMark key={key} level={levels[key]} count={group.colours[key]} />
                  ),
              )}
            </span>
          </>
        )
        const common = {
          class: styles.mark,
          'data-mark': group.key,
          onFocus: () => onFocus(group.position),
        }
        return group.marks.length === 1 ? (
          <a key={group.key} href={firstPages.building(first.id)} {...common}>
            {inside}
          </a>
        ) : (
          <button key={group.key} type="button" onClick={() => onCloser(group)} {...common}>
            {inside}
            <Spoken>{words.openSeveral}</Spoken>
          </button>
        )
      })}
    </>
  )
}
