import { colourKeys, type ColourKey } from '#domain/level.ts'
import { briefWord, LevelMark, type LevelWords } from './LevelMark.tsx'
import styles from './LevelStrip.module.css'

/**
 * Six equal cells, one for each colour: mark, number and a short word. It is the legend of what stands below, and with
 * `onChoose` also its filter; a colour of which there is none is pale.
 */
export function LevelStrip(props: {
  readonly label: string
  readonly levels: Readonly<Record<ColourKey, LevelWords>>
  readonly counts: Readonly<Record<ColourKey, number | null>>
  readonly chosen?: ColourKey | readonly ColourKey[] | null
  /** Hears the tapped colour; who holds what is chosen decides what a second tap means. */
  readonly onChoose?: (colour: ColourKey) => void
}) {
  const { levels, counts, chosen, onChoose } = props
  const isChosen = (key: ColourKey) => chosen === key || (chosen?.includes(key) ?? false)
  const most = Math.max(...colourKeys.map((key) => counts[key] ?? 0))
  const room =
    most > 999 ? styles.thousands : most > 99 ? styles.hundreds : most > 9 ? styles.tens : ''
  return (
    <div class={`${styles.strip} ${room}`} role="group" aria-label={props.label}>
      {colourKeys.map((key) => {
        const cell = (
          <>
            <LevelMark level={levels[key]} size={20} count={counts[key]} />
            <span class={styles.word} aria-hidden="true">
              {briefWord(levels[key])}
            </span>
          </>
        )
        const look = [
          styles.cell,
          counts[key] === 0 && !isChosen(key) && styles.none,
          (counts[key] ?? 0) > 99 && styles.many,
        ]
          .filter(Boolean)
          .join(' ')
        return onChoose ? (
          <button
            key={key}
            type="button"
            class={look}
            aria-pressed={isChosen(key)}
            onClick={() => onChoose(key)}
          >
            {cell}
          </button>
        ) : (
          <span key={key} class={look}>
            {cell}
          </span>
        )
      })}
    </div>
  )
}
