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
 * room, its word. `mark` for lists and charts, `words` beside text, `chip` where it stands alone. The weight of the mark
 * ranks the levels without colour: filled, two edges, one edge, an outline, dashes.
 */
export function LevelMark(props: {
  readonly level: LevelWords
  readonly look?: 'mark' | 'words' | 'chip'
  /** In pixels of the standard size of letters. */
  readonly size?: 20 | 28 | 36
  /** Null where it is not told. */
  readonly count?: number | null
}) {
  const { level, look = 'mark', count } = props
  const size = props.size ?? (look === 'mark' && count === undefined ? 28 : 20)
  return (
    <span class={`${styles.level} ${styles[look]} ${styles[level.key]}`}>
      <span class={`${styles.sign} ${styles[`of${size}`]}`} aria-hidden="true">
        {level.mark}
      </span>
      {look === 'mark' ? <Spoken>{level.word}</Spoken> : <span>{level.word}</span>}
      {count !== undefined && (
        <span class={styles.count}>{count?.toLocaleString('en') ?? '···'}</span>
      )}
    </span>
  )
}

/** Two characters, 重点 of 重点关注; of English its first word. */
export function briefWord({ short }: LevelWords): string {
  return /\p{Script=Han}/u.test(short) ? [...short].slice(0, 2).join('') : short
}

/** The class that gives a cell of a chart the weight of its level: filled, a ground, or an outline. */
export function levelCell(colour: ColourKey): string {
  return `${styles.cell} ${styles[colour]}`
}

/** The class that gives a cell a level's ground, ink and edge, for paper and for drawings. */
export function levelClass(colour: ColourKey): string {
  return `${styles.ground} ${styles[colour]}`
}

/** The class for a card's coloured edge alone. */
export function levelEdge(colour: ColourKey): string {
  return `${styles.edge} ${styles[colour]}`
}

/** The class that gives an element the tokens of a level and draws nothing: --solid, --ground, --text-on. */
export function levelTokens(colour: ColourKey): string {
  return styles[colour] ?? ''
}
