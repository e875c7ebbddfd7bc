import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { Button } from './kit/Button.tsx'
import styles from './Page.module.css'
import { SyncButton } from './SyncButton.tsx'
import { useWords } from './words/use-words.ts'

/**
 * A page: its head stays on top with the way back, the title and the sync state. `foot` stays above the keyboard and
 * the tabs, for the one thing that a thumb should reach.
 */
export function Page(props: {
  readonly title: ComponentChildren
  /** Where "back" leads when there is no page before; without it there is no back. */
  readonly back?: string
  readonly actions?: ComponentChildren
  /** A second line in the head. */
  readonly under?: ComponentChildren
  readonly foot?: ComponentChildren
  /** What stands in it takes the rest of the window and scrolls by itself. */
  readonly fill?: boolean
  readonly children: ComponentChildren
}) {
  const words = useWords()
  const goBack = useBack(props.back ?? '/')
  return (
    <div class={styles.page} data-fill={props.fill}>
      <header class={styles.head}>
        <div class={styles.bar}>
          {props.back !== undefined && (
            <Button look="quiet" icon="back" label={words.shell.back} onClick={goBack} />
          )}
          <h1 class={styles.title}>{props.title}</h1>
          {props.actions}
          <SyncButton short={props.back !== undefined} />
        </div>
        {props.under}
      </header>
      <div class={styles.body}>{props.children}</div>
      {props.foot && <footer class={styles.foot}>{props.foot}</footer>}
    </div>
  )
}

/** A title of two parts, e.g. the estate above and the door below: neither is broken on a phone. */
export function TwoLines(props: { readonly above: string; readonly below: string }) {
  return (
    <>
      <span class={styles.above}>{props.above}</span>{' '}
      <span class={styles.below}>{props.below}</span>
    </>
  )
}

/** One step back where this app made the step here; else to the page that lies above. */
export function useBack(fallback: string): () => void {
  const location = useLocation()
  return () => {
    if (hasWalked()) location.back()
    else location.route(fallback, true)
  }
}

let startLength: number | null = null

/** True once this app has opened a page after its first: then the browser's back stays inside it. */
function hasWalked(): boolean {
  return startLength !== null && history.length > startLength
}

/** Called once at the start, before any page opens another. */
export function rememberStart(): void {
  startLength ??= history.length
}
