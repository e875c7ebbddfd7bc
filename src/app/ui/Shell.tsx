import { LocationProvider, useLocation } from 'preact-iso'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Role } from '#domain/account.ts'
import { hasErrands, standsAtGate, worksInOffice } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import type { Entry } from './jobs.tsx'
import { Icon } from './kit/Icon.tsx'
import { Toast } from './kit/Toast.tsx'
import { NotFetched } from './NotFetched.tsx'
import { Opening } from './Opening.tsx'
import { PaneContext, ViewsContext, type Pane } from './Page.tsx'
import { PageBoundary } from './PageBoundary.tsx'
import { matchRoute, type Match, type Tab } from './route.ts'
import { fetchNextPages, firstRoutes } from './routes.tsx'
import styles from './Shell.module.css'
import { useToasts } from './toasts.ts'
import { useMedia } from './use-media.ts'
import { useMoreRoutes, type MoreState } from './use-more-routes.ts'
import { useWords } from './words/use-words.ts'
import { firstPages } from '#app/links/first.ts'

/** The first list is painted by then, and nobody has read it yet. */
const AFTER_FIRST_LIST_MS = 300

/**
 * The frame of every screen once the register is open. A list stays drawn under its detail, so that going back is
 * at once and at the same place; from 900 px both stand side by side.
 */
export function Shell() {
  const location = useLocation()
  const { path, route } = location
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const wide = useMedia('(min-width: 900px)')
  const home = homeOf(role)
  const at = path === '/' ? home : path
  const first = matchRoute(at, firstRoutes)
  // Beside its list a detail is drawn by what comes later: it is fetched at once, as the rail of an office is.
  const more = useMoreRoutes(wide || first === null, AFTER_FIRST_LIST_MS)
  const later = more.module
  const find = (to: string) => {
    const match = matchRoute(to, firstRoutes) ?? (later && matchRoute(to, later.moreRoutes))
    // A gate has two pages, whatever address is typed.
    return role && standsAtGate(role) && !/^(gate|me)$/.test(match?.route.tab ?? '') ? null : match
  }
  const [shown, setShown] = useState<string | null>(null)
  const [pane, setPane] = useState<Pane | null>(null)
  // Null only until the routes beyond the first ones are there.
  const here =
    wide && !later && first?.route.pane === 'detail' ? null : (find(at) ?? (later && find(home)))
  const lastList = useRef<Match | null>(null)
  if (here && here.route.pane !== 'detail') lastList.current = here
  const list = lastList.current ?? find(home)
  useEffect(() => {
    const timer = setTimeout(() => void fetchNextPages(), AFTER_FIRST_LIST_MS)
    return () => clearTimeout(timer)
  }, [])
  // Before anything else can be tapped: an effect that waits would take the person back from where the next tap led.
  useLayoutEffect(() => {
    if (at !== path) route(at, true)
  }, [at, path, route])
  const detail = here?.route.pane === 'detail' ? here : null
  const isOver = detail !== null || here === null
  const been = useBeen(path)
  const tab = list?.route.tab
  // What has an id in its address lies below the pages of a job.
  const isTop = list !== null && Object.keys(list.params).length === 0
  const views = isTop && role && later ? later.viewsAt(list.route.tab, role, wide) : []
  return (
    <div class={styles.shell} data-detail={detail !== null}>
      <Tabs at={tab} wide={wide} more={later} />
      <main class={styles.panes} data-whole={list?.route.pane === 'wide' && !isOver}>
        <Place
          key={list && keyOf(list)}
          class={styles.list}
          match={list}
          inert={isOver && !wide}
          been={been}
        >
          <ViewsContext.Provider
            value={later && tab && views.length > 0 && <later.Views views={views} at={tab} />}
          >
            <LocationProvider.ctx.Provider value={shown ? { ...location, path: shown } : location}>
              {list && <PageAt match={list} />}
            </LocationProvider.ctx.Provider>
          </ViewsContext.Provider>
        </Place>
        {detail && (
          <Place key={keyOf(detail)} class={styles.detail} match={detail} been={been}>
            <PaneContext.Provider value={pane}>
              <PageAt match={detail} />
            </PaneContext.Provider>
          </Place>
        )}
        {detail && wide && later && list && (
          <later.Beside list={list} find={find} onPane={setPane} />
        )}
        {!here && (
          <section class={styles.detail}>
            {more.failed && <NotFetched again={more.again} />}
          </section>
        )}
        {!isOver && wide && later && list?.route.pane === 'list' && (
          <later.FirstEntry list={list} find={find} onShow={setShown} draw={drawEntry} />
        )}
      </main>
      <ToastAt />
    </div>
  )
}

/** Where an account begins: who has no register with what its unit has to do, an office with its desk. */
function homeOf(role: Role | undefined): string {
  if (role && hasErrands(role)) return firstPages.requests()
  if (role && standsAtGate(role)) return firstPages.gate()
  return role && worksInOffice(role) ? firstPages.desk() : '/'
}

const drawEntry = (match: Match) => (
  <section class={styles.detail}>
    <PageAt match={match} />
  </section>
)

const keyOf = ({ route, params }: Match) => route.path + Object.values(params).join()

/** How far down somebody was on each page, and whether the page that is drawn now is the one before. */
interface Been {
  readonly places: Map<string, number>
  readonly trail: string[]
  isBack: boolean
}

function useBeen(path: string): Been {
  const [been] = useState<Been>(() => ({ places: new Map(), trail: [], isBack: false }))
  const { trail } = been
  if (trail.at(-1) !== path) {
    been.isBack = trail.at(-2) === path
    if (been.isBack) trail.pop()
    else trail.push(path)
  }
  return been
}

/** A pane of its own for each page: it begins at its head, and where it was for whoever goes back to it. */
function Place(props: {
  readonly been: Been
  readonly match: Match | null
  readonly class: string | undefined
  readonly inert?: boolean
  readonly children: ComponentChildren
}) {
  const { been, match } = props
  const box = useRef<HTMLElement>(null)
  const key = match ? keyOf(match) : ''
  useLayoutEffect(() => {
    const place = been.places.get(key) ?? 0
    return been.isBack && box.current ? scrollBackTo(box.current, place) : undefined
  }, [been, key])
  const note = () => been.places.set(key, box.current?.scrollTop ?? 0)
  return (
    <section ref={box} class={props.class} inert={props.inert} onScroll={note}>
      {props.children}
    </section>
  )
}

/** Parts of a page come a moment later: until it is long enough, or until somebody moves it. */
function scrollBackTo(box: HTMLElement, place: number): () => void {
  const watch = new MutationObserver(() => {
    box.scrollTop = place
    if (box.scrollTop >= place) end()
  })
  const end = () => watch.disconnect()
  watch.observe(box, { childList: true, subtree: true })
  for (const act of ['pointerdown', 'wheel', 'keydown']) {
    box.addEventListener(act, end, { once: true, passive: true })
  }
  box.scrollTop = place
  return end
}

function PageAt(props: { readonly match: Match }) {
  const { route, params } = props.match
  const { early } = route
  const household = early === 'household' ? (params['household'] ?? '') : undefined
  const isHere = useRegister(
    useParts('register'),
    (register) =>
      register.isWhole ||
      early === 'list' ||
      (household !== undefined && register.isHere(household)),
  )
  if (!isHere) return <Opening household={household} />
  const Page = route.page
  return (
    <PageBoundary key={keyOf(props.match)}>
      <Page params={params} />
    </PageBoundary>
  )
}

const walk = (['today', 'grid', 'requests', 'search', 'gate'] as const).map((tab) => ({
  ...{ key: tab, icon: tab === 'gate' ? ('search' as const) : tab, tabs: [tab] as readonly Tab[] },
  href: {
    today: firstPages.today,
    grid: firstPages.grid,
    requests: firstPages.requests,
    search: firstPages.search,
    gate: firstPages.gate,
  }[tab].pattern,
}))

/** Who walks the lanes has five tabs; an office has its jobs, and a narrower screen keeps the last of them behind one. */
function Tabs(props: {
  readonly at: Tab | undefined
  readonly wide: boolean
  readonly more: MoreState['module']
}) {
  const { shell, language } = useWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const { at, wide, more } = props
  const entries = (): readonly Entry[] => {
    if (role && worksInOffice(role)) return more?.railFor(role, wide) ?? []
    const only = role && (hasErrands(role) ? 'requests' : standsAtGate(role) ? 'gate' : null)
    const own = walk.filter(({ key }) => (only ? key === only : key !== 'gate'))
    return own.map((entry) => ({ ...entry, label: shell.tabs[entry.key] }))
  }
  const me = {
    key: 'me',
    href: firstPages.me(),
    icon: 'me',
    label: shell.tabs.me,
    tabs: ['me'],
  } as const
  return (
    <nav class={styles.tabs} aria-label={shell.navigation}>
      {[...entries(), me].map(({ key, href, icon, label, badge, tabs }: Entry) => (
        <a
          key={key}
          href={href}
          class={styles.tab}
          aria-current={at && tabs.includes(at) ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>
            {typeof label === 'string' ? label : label[language]}
            {badge}
          </span>
        </a>
      ))}
    </nav>
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
