import styles from './Places.module.css'

/** One line of a list to choose several from, the whole line a target. `some`: of what it stands for not all is chosen. */
export function Tick(props: {
  readonly label: string
  readonly under?: string | undefined
  readonly checked: boolean
  readonly some?: boolean
  readonly disabled?: boolean
  readonly strong?: boolean
  readonly onInput: (checked: boolean) => void
}) {
  return (
    <label class={styles.tick}>
      <input
        type="checkbox"
        autocomplete="off"
        checked={props.checked}
        indeterminate={props.some === true}
        disabled={props.disabled === true}
        onChange={(event) => props.onInput(event.currentTarget.checked)}
      />
      <span>
        <span class={props.strong ? styles.all : ''}>{props.label}</span>
        {props.under && <span class={styles.soft}>{props.under}</span>}
      </span>
    </label>
  )
}
