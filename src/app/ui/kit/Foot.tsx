import type { ComponentChildren } from 'preact'
import styles from './Foot.module.css'

/** What stands at the foot of a page: one button or two, and above them a line that says what has to be mended. */
export function Foot(props: {
  readonly problem?: ComponentChildren
  readonly children: ComponentChildren
}) {
  return (
    <>
      {props.problem}
      <div class={styles.foot}>{props.children}</div>
    </>
  )
}
