import { toChildArray, type ComponentChildren } from 'preact'
import styles from './Figure.module.css'

/** A number with its word, which opens its list; `late` where it is one that should not be there. */
export function Figure(props: {
  readonly number: ComponentChildren
  readonly word: ComponentChildren
  readonly href?: string
  readonly isLate?: boolean
}) {
  const inside = (
    <>
      <strong class={styles.number}>{props.number}</strong>
      <span class={styles.word}>{props.word}</span>
    </>
  )
  const look = props.isLate ? `${styles.figure} ${styles.late}` : styles.figure
  return props.href === undefined ? (
    <div class={look}>{inside}</div>
  ) : (
    <a class={look} href={props.href}>
      {inside}
    </a>
  )
}

/** Figures beside each other, all of one width; of four none stands alone in its line. */
export function Figures(props: { readonly label: string; readonly children: ComponentChildren }) {
  const count = toChildArray(props.children).length
  return (
    <div class={styles.figures} role="group" aria-label={props.label} data-count={count}>
      {props.children}
    </div>
  )
}
