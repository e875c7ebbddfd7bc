import type { ComponentChildren } from 'preact'
import styles from './Part.module.css'

/** A card with a head and what belongs to it below each other: text, fields, buttons. */
export function Part(props: {
  readonly head?: ComponentChildren
  /** At the right of the head. */
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
}) {
  const { head, aside } = props
  return (
    <section class={styles.part}>
      {head !== undefined && (
        <div class={styles.head}>
          <h2>{head}</h2>
          {aside}
        </div>
      )}
      {props.children}
    </section>
  )
}

/** Cards and paragraphs below each other, with the page's space between them. */
export function Parts(props: { readonly children: ComponentChildren }) {
  return <div class={styles.parts}>{props.children}</div>
}

/** Buttons beside each other, in as many lines as they need. */
export function Acts(props: { readonly children: ComponentChildren }) {
  return <div class={styles.acts}>{props.children}</div>
}

/** A paragraph that explains: quieter than what it explains. */
export function Soft(props: { readonly children: ComponentChildren }) {
  return <p class={styles.soft}>{props.children}</p>
}

/** The same within a line. */
export function SoftText(props: { readonly children: ComponentChildren }) {
  return <span class={styles.soft}>{props.children}</span>
}

/** Things of a card below each other, with a line between them. */
export function Lines(props: { readonly children: ComponentChildren }) {
  return <ul class={styles.lines}>{props.children}</ul>
}

export function Line(props: { readonly children: ComponentChildren }) {
  return <li class={styles.line}>{props.children}</li>
}
