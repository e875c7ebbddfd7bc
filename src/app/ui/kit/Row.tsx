import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './Icon.tsx'
import { Spoken } from './Spoken.tsx'
import styles from './Row.module.css'

/**
 * A head, and under it one white card of rows with hairlines between them; `box` where something else stands in it, `bare`
 * where that has a card of its own, as a table has.
 */
export function Group(props: {
  readonly head?: ComponentChildren
  /** At the right of the head: a count, a day, a link. */
  readonly aside?: ComponentChildren
  readonly box?: boolean
  readonly bare?: boolean
  /** Heads as close as a list of many short groups needs them. */
  readonly isDense?: boolean
  /** The name of the list where it has no head. */
  readonly label?: string
  readonly children: ComponentChildren
}) {
  const { head, aside, box, bare, isDense, label, children } = props
  return (
    <section class={styles.group} aria-label={label}>
      {(head !== undefined || aside !== undefined) && (
        <div class={isDense ? styles.dense : styles.head}>
          <h2>{head}</h2>
          {aside !== undefined && <span>{aside}</span>}
        </div>
      )}
      {bare ? (
        children
      ) : box ? (
        <div class={styles.box}>{children}</div>
      ) : (
        <ul class={styles.card}>{children}</ul>
      )}
    </section>
  )
}

/** One of a group: a line, or two with `under`. The whole of it opens what it is about; `action` is a target of its own. */
export function Row(props: {
  readonly title: ComponentChildren
  /** Beside the title, lighter: who, how many. */
  readonly name?: ComponentChildren
  /** A second line, which is cut where it does not fit. */
  readonly under?: ComponentChildren
  readonly mark?: ComponentChildren
  /** At the end of the first line: a day, a number. */
  readonly aside?: ComponentChildren
  readonly isLate?: boolean
  readonly href?: string
  readonly onClick?: () => void
  /** A button of 48 px beside it. */
  readonly action?: ComponentChildren
  readonly chosen?: boolean
  /** Said where it waits to be sent. */
  readonly pending?: string | undefined
  /** It is done: a tick, and then the row closes. `onLeft` hears when it is gone; at once where motion is unwanted. */
  readonly leaving?: boolean
  readonly onLeft?: () => void
}) {
  const { title, name, under, mark, aside, href, onClick, pending, leaving = false } = props
  const row = useRef<HTMLLIElement>(null)
  const left = useRef(props.onLeft)
  left.current = props.onLeft
  useEffect(() => {
    const element = row.current
    if (!leaving || !element) return
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      left.current?.()
      return
    }
    const end = (event: AnimationEvent) => {
      if (event.target === element) left.current?.()
    }
    element.addEventListener('animationend', end)
    return () => element.removeEventListener('animationend', end)
  }, [leaving])
  const inside = (
    <>
      {leaving ? (
        <span class={styles.done}>
          <Icon name="check" />
        </span>
      ) : (
        mark !== undefined && <span class={styles.mark}>{mark}</span>
      )}
      <span class={styles.first}>
        <strong>{title}</strong>
        {name !== undefined && <span class={styles.name}>{name}</span>}
      </span>
      {(aside !== undefined || pending !== undefined) && (
        <span class={props.isLate ? styles.late : styles.aside}>
          {aside}
          {pending !== undefined && (
            <>
              <span aria-hidden="true"> ↑</span>
              <Spoken>{pending}</Spoken>
            </>
          )}
        </span>
      )}
      {under !== undefined && <span class={styles.under}>{under}</span>}
    </>
  )
  const look = under === undefined ? styles.main : `${styles.main} ${styles.two}`
  const current = props.chosen ? 'true' : undefined
  return (
    <li
      ref={row}
      class={[styles.row, leaving && styles.leaving, props.chosen && styles.chosen]
        .filter(Boolean)
        .join(' ')}
    >
      {href !== undefined ? (
        <a class={look} href={href} aria-current={current}>
          {inside}
        </a>
      ) : onClick ? (
        <button type="button" class={look} aria-current={current} onClick={onClick}>
          {inside}
        </button>
      ) : (
        <div class={look}>{inside}</div>
      )}
      {props.action !== undefined && <span class={styles.action}>{props.action}</span>}
    </li>
  )
}
