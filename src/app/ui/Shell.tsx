import { useLocation } from 'preact-iso'
import { useEffect, useRef } from 'preact/hooks'
import { useStore } from '#app/stores/use-store.ts'
import { Icon } from './kit/Icon.tsx'
import { Empty } from './kit/Notice.tsx'
import { Toast } from './kit/Toast.tsx'
import { PageBoundary } from './PageBoundary.tsx'
import { fetchNextPages, matchRoute, type Match, type Tab } from './routes.tsx'
import styles from './Shell.module.css'
import { useToasts } from './toasts.ts'
import { useMedia } from './use-media.ts'
import { useWords } from './words/use-words.ts'

const tabs: readonly { readonly tab: Tab; readonly href: string }[] = [
  { tab: 'today', href: '/' },
  { tab: 'grid', href: '/grid' },
  { tab: 'search', href: '/search' },
  { tab: 'me', href: '/me' },
]

/** The first list is painted by then, and nobody has read it yet. */
const AFTER_FIRST_LIST_MS = 300

/**
 * The frame of every screen once the register is open. A list stays drawn under its detail, so that going back is
 * at once and at the same place; from 900 px both stand side by side.
 */
export function Shell() {
  const { path } = useLocation()
  const wide = useMedia('(min-width: 900px)')
  const here = matchRoute(path)
  const lastList = useRef<Match>(matchRoute('/'))
  if (here.route.pane === 'list') lastList.current = here
  const list = lastList.current
  useEffect(() => {
    const timer = setTimeout(fetchNextPages, AFTER_FIRST_LIST_MS)
    return () => clearTimeout(timer)
  }, [])
  const detail = here.route.pane === 'detail' ? here : null
  const covered = detail !== null && !wide
  return (
    <div class={styles.shell}>
      <Tabs at={list.route.tab} />
      <main class={styles.panes}>
        <section class={styles.list} inert={covered}>
          <PageAt match={list} />
        </section>
        {detail && (
          <section class={styles.detail}>
            <PageAt match={detail} />
          </section>
        )}
        {!detail && wide && (
          <section class={styles.detail}>
            <Nothing />
          </section>
        )}
      </main>
      <ToastAt />
    </div>
  )
}

function PageAt(props: { readonly match: Match }) {
  const { route, params } = props.match
  const Page = route.page
  const key = route.path + Object.values(params).join()
  return (
    <PageBoundary key={key}>
      <Page params={params} />
    </PageBoundary>
  )
}

function Tabs(props: { readonly at: Tab }) {
  const words = useWords()
  return (
    <nav class={styles.tabs} aria-label={words.shell.navigation}>
      {tabs.map(({ tab, href }) => (
        <a
          key={tab}
          href={href}
          class={styles.tab}
          aria-current={tab === props.at ? 'page' : undefined}
        >
          <Icon name={tab} />
          <span>{words.shell.tabs[tab]}</span>
        </a>
      ))}
    </nav>
  )
}

function Nothing() {
  const words = useWords()
  return (
    <div class={styles.nothing}>
      <Empty title={words.shell.pickOne} icon="home" />
    </div>
  )
}

function ToastAt() {
  const words = useWords()
  const toasts = useToasts()
  const toast = useStore(toasts.store, (state) => state.toast)
  const undo = toast?.undo
  return (
    <div class={styles.toast} aria-live="polite">
      {toast && (
        <Toast text={toast.text} undoLabel={words.shell.undo} {...(undo ? { onUndo: undo } : {})} />
      )}
    </div>
  )
}
