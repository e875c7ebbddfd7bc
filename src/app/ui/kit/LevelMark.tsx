import type { ColourKey } from '#domain/level.ts'
import styles from './LevelMark.module.css'
import { Spoken } from './Spoken.tsx'

/** What the scheme in force says of a colour. */
export interface LevelWords {
  readonly key: ColourKey
  readonly word: string
  /** For a cell of a table: one word. */
  readonly short: string
  readonly mark: string
}

/**
 * The one component that turns a level into pixels: a colour never stands without its mark, and where there is
 * room, its word. `mark` for lists and charts, `chip` for filters and heads.
 */
export function LevelMark(props: {
  readonly level: LevelWords
  readonly look?: 'mark' | 'chip'
  readonly count?: number
}) {
  const { level, look = 'mark', count } = props
  return (
    <span class={`${styles.level} ${styles[look]} ${styles[level.key]}`}>
      <span class={styles.sign} aria-hidden="true">
        {level.mark}
      </span>
      {look === 'mark' ? <Spoken>{level.word}</Spoken> : <span>{level.word}</span>}
      {count !== undefined && <span class={styles.count}>{count}</span>}
    </span>
  )
}

/** The class that gives a card or a cell a level's ground, ink and edge. */
export function levelClass(colour: ColourKey): string {
  return `${styles.ground} ${styles[colour]}`
}

/** The class for a card's coloured edge alone. */
export function levelEdge(colour: ColourKey): string {
  return `${styles.edge} ${styles[colour]}`
}
