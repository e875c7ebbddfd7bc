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
        const isOne = group.marks.length === 1
        const [gravest, ...others] = colourKeys.filter((key) => group.colours[key] > 0)
        const inside = (
          <>
            <strong>{isOne ? first.name : words.several(group.marks.length)}</strong>
            {/* The gravest to eyes; how many there are of the others is on the chart, one tap away. */}
            {gravest && (
              <span>
                <LevelMark level={levels[gravest]} count={group.colours[gravest]} />
                <Spoken>
                  {others.map((key) => `，${levels[key].word} ${group.colours[key]}`).join('')}
                </Spoken>
              </span>
            )}
          </>
        )
        const common = {
          class: styles.mark,
          'data-mark': group.key,
          onFocus: () => onFocus(group.position),
        }
        return isOne ? (
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
