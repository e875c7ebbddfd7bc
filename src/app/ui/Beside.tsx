import { LocationProvider, useLocation } from 'preact-iso'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { firstPages } from '#app/links/first.ts'
import { officePages } from '#app/links/office.ts'
import { requestsPages } from '#app/links/requests.ts'
import styles from './Beside.module.css'
import { hasWalked, PaneContext, type Pane } from './Page.tsx'
import type { Match } from './route.ts'
import { useOpenWords } from './open-words.ts'

type Find = (address: string) => Match | null

interface BesideProps {
  readonly list: Match
  readonly find: Find
  /** Told what the detail is beside; null where it stands alone again. */
  readonly onPane: (pane: Pane | null) => void
}

const listPane = () => document.querySelector('main > section')

/**
 * A detail with its list open beside it: the list shows how the sync stands, and nothing leads back from what was opened
 * from it. A list that had the whole width gets it again by closing the detail.
 */
export function Beside({ list, find, onPane }: BesideProps) {
  const { path, route } = useLocation()
  const isFromList = useSteps()
  const trail = useRef<readonly string[]>([])
  const length = useRef(history.length)
  const isNew = trail.current.at(-1) !== path
  if (isNew) {
    trail.current = trailAfter(trail.current, path, {
      isFromList: isFromList.current,
      isReplaced: history.length === length.current,
      isSame: (one) => find(one)?.route === find(path)?.route,
    })
    length.current = history.length
    isFromList.current = false
  }
  // What an address opens by itself may lie below another detail; what a list opened does not.
  const [isAlone] = useState(() => !hasWalked())
  const isFirst = trail.current.length === 1
  const address = addressOf(list)
  const canClose = list.route.pane === 'wide'
  const latest = useRef({ find, route })
  latest.current = { find, route }
  // The page itself is drawn elsewhere, so that a tablet that is turned keeps what stands half filled in it.
  useLayoutEffect(() => {
    onPane({
      isTop: (back) => isFirst && (!isAlone || latest.current.find(back)?.route.pane !== 'detail'),
      ...(canClose && { close: () => latest.current.route(address) }),
    })
  }, [isFirst, isAlone, canClose, address, onPane])
  useLayoutEffect(() => () => onPane(null), [onPane])
  return null
}

/** The details that were opened one from another; one that follows on its like stands in its place. */
export function trailAfter(
  before: readonly string[],
  path: string,
  step: {
    readonly isFromList: boolean
    readonly isReplaced: boolean
    readonly isSame: (one: string) => boolean
  },
): readonly string[] {
  const last = before.at(-1)
  if (step.isFromList || last === undefined) return [path]
  if (before.at(-2) === path) return before.slice(0, -1)
  if (step.isReplaced || step.isSame(last)) return [...before.slice(0, -1), path]
  return [...before, path]
}

/** Whether the last tap or key was in the list. */
function useSteps() {
  const isFromList = useRef(true)
  useEffect(() => {
    const look = ({ target }: Event) => {
      isFromList.current = target instanceof Node && (listPane()?.contains(target) ?? false)
    }
    const kinds = ['click', 'keydown'] as const
    for (const kind of kinds) document.addEventListener(kind, look, { capture: true })
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, look, { capture: true })
    }
  }, [])
  return isFromList
}

function addressOf({ route, params }: Match): string {
  return route.path.replace(/:(\w+)/g, (_, key: string) => params[key] ?? '')
}

/** Of which lists the first entry is opened where nothing else is: their entries, by the tab of the list. */
const entries: Readonly<Record<string, readonly string[]>> = {
  today: [firstPages.household.pattern],
  requests: [requestsPages.request.pattern, requestsPages.errand.pattern],
  review: [officePages.reviewOne.pattern, officePages.reviewPair.pattern],
}

/**
 * What stands beside a list from which nothing was opened: its first entry. The address stays the list's, so that a step
 * back leads where it led before. It follows the list until somebody works in it.
 */
export function FirstEntry(props: FirstEntryProps) {
  // Of another list nothing is known yet.
  return <EntryOf key={props.list.route.path} {...props} />
}

interface FirstEntryProps {
  readonly list: Match
  readonly find: Find
  /** Hears which entry is shown: the list marks it. */
  readonly onShow: (path: string | null) => void
  readonly draw: (match: Match) => ComponentChildren
}

function EntryOf(props: FirstEntryProps) {
  const { list, find, onShow, draw } = props
  const location = useLocation()
  const patterns = entries[list.route.tab]
  const [shown, setShown] = useState<string | null>(null)
  const isFree = useRef(true)
  const findIt = useRef(find)
  findIt.current = find
  useLayoutEffect(() => {
    const links = listPane()
    if (!links || !patterns) return
    const look = () => {
      setShown((before) => {
        const all = entriesIn(links, (path) =>
          patterns.includes(findIt.current(path)?.route.path ?? ''),
        )
        return before !== null && (!isFree.current || all.includes(before))
          ? before
          : (all[0] ?? null)
      })
    }
    const touched = ({ target }: Event) => {
      const isInPanes = target instanceof Node && (links.parentElement?.contains(target) ?? false)
      isFree.current = !isInPanes || links.contains(target)
    }
    look()
    const watch = new MutationObserver(look)
    watch.observe(links, { childList: true, subtree: true })
    const kinds = ['pointerdown', 'keydown'] as const
    for (const kind of kinds) document.addEventListener(kind, touched, { capture: true })
    return () => {
      watch.disconnect()
      for (const kind of kinds) document.removeEventListener(kind, touched, { capture: true })
    }
  }, [patterns])
  useLayoutEffect(() => {
    onShow(shown)
    return () => onShow(null)
  }, [shown, onShow])
  const match = shown === null ? null : find(shown)
  if (shown === null || !match) return <NothingOpen list={list} />
  return (
    <LocationProvider.ctx.Provider value={{ ...location, path: shown, query: {} }}>
      <PaneContext.Provider value={{ isTop: () => true, stay: true }}>
        {draw(match)}
      </PaneContext.Provider>
    </LocationProvider.ctx.Provider>
  )
}

/** What stands where nothing is open: what the pane is for. It is no page, and nothing in it can be tapped. */
function NothingOpen(props: { readonly list: Match }) {
  const words = useOpenWords()
  const { route, params } = props.list
  const kind = route.tab === 'grid' && Object.keys(params).length > 0 ? 'room' : route.tab
  return (
    <div class={styles.nothing}>
      <p>{kind in words ? words[kind as keyof typeof words] : words.other}</p>
    </div>
  )
}

function entriesIn(pane: Element, mayStand: (path: string) => boolean): readonly string[] {
  return [...pane.querySelectorAll('a[href^="/"]')]
    .map((link) => (link.getAttribute('href') ?? '').split('?')[0] ?? '')
    .filter(mayStand)
}
