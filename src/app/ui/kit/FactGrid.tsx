import type { ComponentChildren } from 'preact'
import styles from './FactGrid.module.css'

/** Facts with their labels, two beside each other from 360 px on; `isRow`: as many as have room. */
export function FactGrid(props: {
  readonly isRow?: boolean
  readonly children: ComponentChildren
}) {
  return (
    <dl class={props.isRow ? `${styles.facts} ${styles.row}` : styles.facts}>{props.children}</dl>
  )
}

/** A plain fact has 36 px; `tall` has the 48 px of a target, for a fact with an eye or a button, and the whole line. */
export function Fact(props: {
  readonly label: ComponentChildren
  readonly tall?: boolean
  /** A long one: the whole line. */
  readonly wide?: boolean
  readonly children: ComponentChildren
}) {
  const look = props.tall ? styles.tall : props.wide ? styles.wide : ''
  return (
    <div class={`${styles.fact} ${look}`}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
