import { Button } from '../kit/Button.tsx'
import { useWords } from '../words/use-words.ts'
import styles from './Masked.module.css'
import type { Reveals } from './reveals.ts'

/** A value that stands masked until somebody says why they look. */
export function Masked(props: {
  readonly field: string
  readonly label: string
  readonly value: string
  readonly masked: string
  readonly reveals: Reveals
}) {
  const words = useWords()
  const shown = props.reveals.isShown(props.field)
  return (
    <span class={styles.masked}>
      <span class={styles.value}>{shown ? props.value : props.masked}</span>
      <Button
        look="quiet"
        icon="eye"
        pressed={shown}
        label={shown ? words.household.hide(props.label) : words.household.show(props.label)}
        onClick={() => props.reveals.toggle(props.field)}
      />
    </span>
  )
}
