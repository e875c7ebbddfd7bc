import { createContext, type ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { stepBack } from './kit/back-closes.ts'
import { Button } from './kit/Button.tsx'
import styles from './Page.module.css'
import { SyncButton } from './SyncButton.tsx'
import { useWords } from './words/use-words.ts'

/** The ways to the other pages of an office's job. Where they stand, a page has no way back: nothing lies above it. */
export const ViewsContext = createContext<ComponentChildren>(null)

/** Of a page with its list open beside it. */
export interface Pane {
  /** Whether nothing lies above a page that would lead back to this address but the list. */
  isTop(back: string): boolean
  /** Gives its width back to a list that has all of it else. */
  readonly close?: () => void
  /** The address is the list's: what is done here leads nowhere. */
  readonly stay?: boolean
}
export const PaneContext = createContext<Pane | null>(null)

/**
 * A page: its bar stays on top with the way back, the title and the sync state. `foot` stays above the keyboard and
 * the tabs, for the one thing that a thumb should reach.
 */
export function Page(props: {
  readonly title: ComponentChildren
  /** Where "back" leads when there is no page before; without it there is no back. */
  readonly back?: string
  readonly actions?: ComponentChildren
  /** Below the bar; it scrolls away with the page. */
  readonly under?: ComponentChildren
  readonly foot?: ComponentChildren
  /** What stands in it takes the rest of the window and scrolls by itself. */
  readonly fill?: boolean
  /** A form has 640 px, a text 40 characters; a table, and whatever says nothing, has all of its pane. */
  readonly width?: 'form' | 'read' | 'table'
  readonly children: ComponentChildren
}) {
  const words = useWords()
  const goBack = useBack(props.back ?? '/')
  const views = useContext(ViewsContext)
  const pane = useContext(PaneContext)
  const isTop = pane?.isTop(props.back ?? '/')
  const hasBack = !views && props.back !== undefined && !isTop
  const page = useRef<HTMLDivElement>(null)
  const isCrowded = useCrowded(page, Boolean(props.foot))
  return (
    <div
      ref={page}
      class={styles.page}
      data-fill={props.fill}
      data-width={props.width}
      data-crowded={isCrowded}
    >
      <header class={styles.head}>
        <div class={styles.bar}>
          {hasBack && <Button look="quiet" icon="back" label={words.shell.back} onClick={goBack} />}
          <h1 class={styles.title} data-detail={hasBack || isTop}>
            {typeof props.title === 'string' ? <Door>{props.title}</Door> : props.title}
          </h1>
          {props.actions}
          {!pane && <SyncButton short={hasBack} />}
          {isTop && pane?.close && (
            <Button look="quiet" icon="close" label={words.shell.close} onClick={pane.close} />
          )}
        </div>
        {views}
      </header>
      {props.under}
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
      <span class={styles.below}>
        <Door>{props.below}</Door>
      </span>
    </>
  )
}

/** `8幢1单元101室` in a title: a line may end between its parts and never inside a number. */
export function Door(props: { readonly children: string }) {
  return props.children.split(/([A-Za-z-]*\d[\dA-Za-z-]*[^\dA-Za-z\s-]*)/).map((part, at) =>
    at % 2 === 1 ? (
      <span key={at} class={styles.whole}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}

/** At least so much of the window is the page's own, whatever the size of the letters. */
const MOST_FOR_BARS = 0.4

/** Whether head, foot and tabs would take more than that: then head and foot scroll away with the page. */
function useCrowded(page: { readonly current: HTMLElement | null }, hasFoot: boolean): boolean {
  const [isCrowded, setCrowded] = useState(false)
  useLayoutEffect(() => {
    const bars = page.current?.querySelectorAll<HTMLElement>(':scope > header, :scope > footer')
    const measure = () => {
      const tabs = document.querySelector('nav')
      const under = tabs && tabs.offsetWidth > tabs.offsetHeight ? tabs.offsetHeight : 0
      const taken = [...(bars ?? [])].reduce((sum, { offsetHeight }) => sum + offsetHeight, under)
      setCrowded(taken > innerHeight * MOST_FOR_BARS)
    }
    // It calls back after the first layout too, so that drawing a page waits for no measuring.
    const watch = new ResizeObserver(measure)
    bars?.forEach((bar) => watch.observe(bar))
    addEventListener('resize', measure)
    return () => {
      watch.disconnect()
      removeEventListener('resize', measure)
    }
  }, [page, hasFoot])
  return isCrowded
}

/** One step back where this app made the step here; else to the page that lies above. */
export function useBack(fallback: string): () => void {
  const location = useLocation()
  const pane = useContext(PaneContext)
  return () => {
    if (pane?.stay) return
    if (hasWalked()) stepBack()
    else location.route(fallback, true)
  }
}

let startLength: number | null = null

/** True once this app has opened a page after its first: then the browser's back stays inside it. */
export function hasWalked(): boolean {
  return startLength !== null && history.length > startLength
}

/** Called once at the start, before any page opens another. */
export function rememberStart(): void {
  startLength ??= history.length
}
