import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { hasErrands } from '#domain/permission.ts'
import { useApp, useStore } from '#app/stores/use-store.ts'
import { Icon, type IconName } from './kit/Icon.tsx'
import { Empty } from './kit/Notice.tsx'
import { Toast } from './kit/Toast.tsx'
import { NotFetched } from './NotFetched.tsx'
import { PageBoundary } from './PageBoundary.tsx'
import { matchRoute, type Match, type Tab } from './route.ts'
import { fetchNextPages, firstRoutes, start } from './routes.tsx'
import styles from './Shell.module.css'
import { useToasts } from './toasts.ts'
import { useMedia } from './use-media.ts'
import { useMoreRoutes, type MoreState } from './use-more-routes.ts'
import { useWords } from './words/use-words.ts'

/** The first list is painted by then, and nobody has read it yet. */
const AFTER_FIRST_LIST_MS = 300

/**
 * The frame of every screen once the register is open. A list stays drawn under its detail, so that going back is
 * at once and at the same place; from 900 px both stand side by side.
 */
export function Shell() {
  const { path, route } = useLocation()
  const role = useStore(useApp().session, (session) => session.account?.role)
  const wide = useMedia('(min-width: 900px)')
  const first = matchRoute(path, firstRoutes)
  const more = useMoreRoutes(first === null, AFTER_FIRST_LIST_MS)
  const lastList = useRef<Match>(start)
  // Null only until the routes beyond the first ones are there.
  const here = first ?? (more.module && (matchRoute(path, more.module.moreRoutes) ?? start))
  if (here && here.route.pane !== 'detail') lastList.current = here
  const list = lastList.current
  useEffect(() => {
    const timer = setTimeout(() => void fetchNextPages(), AFTER_FIRST_LIST_MS)
    return () => clearTimeout(timer)
  }, [])
  // Who has no register begins with what the unit has to do.
  const isUnit = role !== undefined && hasErrands(role)
  useEffect(() => {
    if (isUnit && path === '/') route('/requests', true)
  }, [isUnit, path, route])
  const detail = here?.route.pane === 'detail' ? here : null
  const isOver = detail !== null || here === null
  return (
    <div class={styles.shell}>
      <Tabs at={list.route.tab} wide={wide} more={more.module} />
      <main class={styles.panes} data-whole={list.route.pane === 'wide' && !isOver}>
        <section class={styles.list} inert={isOver && !wide}>
          <PageAt match={list} />
        </section>
        {detail && (
          <section class={styles.detail}>
            <PageAt match={detail} />
          </section>
        )}
        {!here && (
          <section class={styles.detail}>
            {more.failed && <NotFetched again={more.again} />}
          </section>
        )}
        {!isOver && wide && list.route.pane === 'list' && (
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

const tabs: readonly {
  readonly tab: 'today' | 'grid' | 'requests' | 'search'
  readonly href: string
}[] = [
  { tab: 'today', href: '/' },
  { tab: 'grid', href: '/grid' },
  { tab: 'requests', href: '/requests' },
  { tab: 'search', href: '/search' },
]

/** Everybody's tabs; the office's pages stand among them on a tablet and behind one tab on a narrower screen. */
function Tabs(props: {
  readonly at: Tab
  readonly wide: boolean
  readonly more: MoreState['module']
}) {
  const words = useWords()
  const role = useStore(useApp().session, (session) => session.account?.role)
  const { at, wide, more } = props
  const pages = more?.officePagesFor(role) ?? []
  const own = role && hasErrands(role) ? tabs.filter(({ tab }) => tab === 'requests') : tabs
  const isOffice = pages.some(({ tab }) => tab === at) || at === 'office'
  const link = (
    tab: string,
    href: string,
    icon: IconName,
    label: ComponentChildren,
    isHere: boolean,
  ) => (
    <a key={tab} href={href} class={styles.tab} aria-current={isHere ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
    </a>
  )
  return (
    <nav class={styles.tabs} aria-label={words.shell.navigation}>
      {own.map(({ tab, href }) => link(tab, href, tab, words.shell.tabs[tab], tab === at))}
      {wide &&
        pages.map(({ tab, href, icon, label }) =>
          link(tab, href, icon, label[words.language], tab === at),
        )}
      {!wide &&
        pages.length > 0 &&
        link('office', '/office', 'office', words.shell.tabs.office, isOffice)}
      {link('me', '/me', 'me', words.shell.tabs.me, at === 'me')}
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
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => (toast && box.current ? standAboveFoot(box.current) : undefined), [toast])
  return (
    <div ref={box} class={styles.toast} aria-live="polite">
      {toast && (
        <Toast text={toast.text} undoLabel={words.shell.undo} {...(undo ? { onUndo: undo } : {})} />
      )}
    </div>
  )
}

/** Keeps it above the tabs, and above the button that a page has at its foot; pages may change under it. */
function standAboveFoot(box: HTMLElement): () => void {
  const place = () => {
    const bars = [...document.querySelectorAll('nav, main > section:not([inert]) footer')]
    const tops = bars
      .map((bar) => bar.getBoundingClientRect())
      // Neither the rail of a wide screen nor a foot that was scrolled away.
      .filter(
        ({ top, bottom, height }) =>
          height < innerHeight / 2 && top < innerHeight && bottom > innerHeight / 2,
      )
      .map(({ top }) => top)
    box.style.setProperty('--foot', `${String(innerHeight - Math.min(innerHeight, ...tops))}px`)
  }
  place()
  const watch = new MutationObserver(place)
  for (const main of document.querySelectorAll('main')) {
    watch.observe(main, { childList: true, subtree: true })
  }
  addEventListener('resize', place)
  return () => {
    watch.disconnect()
    removeEventListener('resize', place)
  }
}
