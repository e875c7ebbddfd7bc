import type { ComponentChildren } from 'preact'
import styles from './Chip.module.css'

/** One filter of several, on or off, with how many it finds. */
export function Chip(props: {
  readonly on: boolean
  readonly count?: number
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: ComponentChildren
}) {
  return (
    <button
      type="button"
      class={styles.chip}
      aria-pressed={props.on}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <span>{props.children}</span>
      {props.count !== undefined && <span class={styles.count}>{props.count}</span>}
    </button>
  )
}

/** Chips in as many lines as they need. */
export function Chips(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class={styles.chips} role="group" aria-label={props.label}>
      {props.children}
    </div>
  )
}
