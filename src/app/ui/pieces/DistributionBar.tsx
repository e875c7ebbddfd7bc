import { colourKeys } from '#domain/level.ts'
import type { Distribution } from '#app/register/register.ts'
import { LevelMark } from '../kit/LevelMark.tsx'
import { useLevels } from '../levels.ts'
import styles from './DistributionBar.module.css'

/** How many residents of a place have each colour: every one that occurs, with mark and number. */
export function DistributionBar(props: {
  readonly label: string
  readonly distribution: Distribution
}) {
  const levels = useLevels()
  return (
    <ul class={styles.bar} aria-label={props.label}>
      {colourKeys.map(
        (key) =>
          props.distribution[key] > 0 && (
            <li key={key}>
              <LevelMark level={levels[key]} count={props.distribution[key]} />
            </li>
          ),
      )}
    </ul>
  )
}
