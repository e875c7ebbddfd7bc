import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Notice.module.css'

/** What stands where a list would: why it is empty, and how something comes here. */
export function Empty(props: {
  readonly title: string
  readonly children?: ComponentChildren
  readonly icon?: IconName
}) {
  return (
    <div class={styles.empty}>
      {props.icon && <Icon name={props.icon} />}
      <p class={styles.title}>{props.title}</p>
      {props.children}
    </div>
  )
}

/** A word to the person above a page or form; `alarm` only for what needs their attention. */
export function Notice(props: {
  readonly tone?: 'calm' | 'alarm'
  readonly children: ComponentChildren
}) {
  const alarm = props.tone === 'alarm'
  return (
    <div class={`${styles.notice} ${alarm ? styles.alarm : ''}`} role={alarm ? 'alert' : 'status'}>
      {alarm && <Icon name="alert" />}
      <div>{props.children}</div>
    </div>
  )
}

/** Long work: how far it is, in a bar and in words. `value` from 0 to 1, null where nobody knows. */
export function Progress(props: { readonly label: string; readonly value: number | null }) {
  return (
    <div class={styles.progress}>
      <progress
        {...(props.value === null ? {} : { value: props.value })}
        max={1}
        aria-label={props.label}
      />
      <p>{props.label}</p>
    </div>
  )
}
