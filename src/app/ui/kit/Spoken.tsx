import type { ComponentChildren } from 'preact'
import styles from './Spoken.module.css'

/** Words for those who hear the page; whoever sees it has a mark or a number in their place. */
export function Spoken(props: { readonly children: ComponentChildren }) {
  return <span class={styles.spoken}>{props.children}</span>
}
