import type { ComponentChildren } from 'preact'
import { LevelMark, levelTokens, type LevelWords } from './LevelMark.tsx'
import styles from './Hero.module.css'

/**
 * What a page says first: the level with its reason, or a state of its own. Solid red never fills it: the person whom it is
 * about may stand beside the screen.
 */
export function Hero(props: {
  readonly level?: LevelWords
  /** Stands there without a level: `pending` waits to be sent. */
  readonly tone?: 'neutral' | 'pending'
  readonly title: ComponentChildren
  /** The reason, in words. */
  readonly children?: ComponentChildren
}) {
  const { level, tone = 'neutral' } = props
  const look = level ? `${styles.level} ${levelTokens(level.key)}` : styles[tone]
  return (
    <div class={`${styles.hero} ${look}`}>
      {level && (
        <span class={styles.mark}>
          <LevelMark level={level} size={36} />
        </span>
      )}
      <div class={styles.words}>
        <p class={styles.title}>{props.title}</p>
        {props.children !== undefined && <div class={styles.under}>{props.children}</div>}
      </div>
    </div>
  )
}
