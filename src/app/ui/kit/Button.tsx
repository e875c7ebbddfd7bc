import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Button.module.css'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

interface Common {
  readonly look?: Look
  readonly wide?: boolean
  readonly icon?: IconName
  readonly children?: ComponentChildren
  /** Said to those who cannot see an icon that stands alone. */
  readonly label?: string
}

function classes(props: Common): string {
  const names = [styles.button, styles[props.look ?? 'plain']]
  if (props.wide) names.push(styles.wide)
  if (props.children === undefined) names.push(styles.round)
  return names.join(' ')
}

/** One tap does it. `busy` shows that it is on its way and refuses a second tap. */
export function Button(
  props: Common & {
    readonly onClick?: () => void
    readonly type?: 'button' | 'submit'
    readonly disabled?: boolean
    readonly busy?: boolean
    readonly pressed?: boolean
    readonly id?: string
  },
) {
  return (
    <button
      type={props.type ?? 'button'}
      class={classes(props)}
      id={props.id}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-busy={props.busy}
      disabled={props.disabled === true || props.busy === true}
      onClick={props.onClick}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.children !== undefined && <span>{props.children}</span>}
    </button>
  )
}

/** Looks like a button, is a link: for everything that only opens another page. */
export function ButtonLink(props: Common & { readonly href: string }) {
  return (
    <a class={classes(props)} href={props.href} aria-label={props.label}>
      {props.icon && <Icon name={props.icon} />}
      {props.children !== undefined && <span>{props.children}</span>}
    </a>
  )
}
