/** Screens: what stands on the glass, from the phase that the app is in. */
import { LocationProvider, useLocation } from 'preact-iso'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { SessionState } from '#app/stores/session-state.ts'
import { PartsContext, useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { entryPages } from '#app/links/entry.ts'
import { ChoosePin } from './entry/choose-pin/later.ts'
import { Failed } from './entry/failed/Failed.tsx'
import { FirstPull } from './entry/first-pull/later.ts'
import { Locked } from './entry/locked/Locked.tsx'
import { ChoosePassphrase, LockedByPassphrase } from './entry/passphrase/later.ts'
import { Setup } from './entry/setup/later.ts'
import { SignIn } from './entry/sign-in/SignIn.tsx'
import { watchBack } from './kit/back-closes.ts'
import { later } from './later.tsx'
import { createToasts, ToastsContext } from './toasts.ts'
import { WordsContext } from './words/use-words.ts'
import { zhCN, type Words } from './words/zh-CN.ts'

/** All that stands behind the gate; fetched while somebody signs in or types a PIN. */
const Shell = later(() => import('./Shell.tsx').then((m) => m.Shell))
const fetchNextPages = () => import('./routes.tsx').then((routes) => routes.fetchNextPages())

export function Root(props: { readonly app: DeviceParts }) {
  const toasts = useMemo(createToasts, [])
  const { session } = props.app
  // What was just saved may name somebody, and could be taken back by whoever unlocks next.
  useEffect(
    () =>
      session.subscribe(({ phase }) => {
        if (phase === 'open') return
        toasts.hide()
        toasts.store.setState({ lastVisit: null })
      }),
    [session, toasts],
  )
  // Before the router is there: it must not hear of a step back that closes a dialog.
  useMemo(() => watchBack(), [])
  const words = useLanguage(props.app)
  useEffect(() => void Shell.fetch(), [])
  return (
    <PartsContext.Provider value={props.app}>
      <WordsContext.Provider value={words}>
        <ToastsContext.Provider value={toasts}>
          <LocationProvider>
            <PhaseScreen />
          </LocationProvider>
        </ToastsContext.Provider>
      </WordsContext.Provider>
    </PartsContext.Provider>
  )
}

function PhaseScreen() {
  const { session } = useParts('session')
  const phase = useStore(session, (state) => state.phase)
  const { path } = useLocation()
  const opensBy = useStore(session, (state) => state.opensBy)
  const doorsOpen = useDoors(phase)
  // Whoever signs in with the last of a signal still chooses a PIN, and sees what the register lacks.
  useEffect(() => {
    if (phase === 'sign-in') for (const page of [ChoosePin, FirstPull]) void page.fetch()
  }, [phase])
  switch (phase) {
    case 'starting':
      return null
    case 'sign-in':
      return path === entryPages.setup.pattern ? <Setup /> : <SignIn />
    case 'choose-pin':
      return <ChoosePin />
    case 'choose-passphrase':
      return <ChoosePassphrase />
    case 'locked':
      return opensBy === 'pin' ? <Locked /> : <LockedByPassphrase />
    case 'first-pull':
      return <FirstPull />
    case 'failed':
      return <Failed />
    case 'open':
      return doorsOpen ? <Shell /> : <FirstPull />
  }
}

/** A script that hangs must not keep anybody from a register that is there. */
const DOORS_PATIENCE_MS = 5_000

/**
 * The first list comes with the pages behind it: whoever leaves the signal at that moment opens every door. False while
 * these pages are on their way in the first minutes of an account on this device.
 */
function useDoors(phase: SessionState['phase']): boolean {
  const [isFetching, setFetching] = useState(false)
  const isFirst = phase === 'choose-pin' || phase === 'first-pull'
  useEffect(() => {
    if (!isFirst) return
    setFetching(true)
    const done = () => setFetching(false)
    void Promise.all([Shell.fetch(), fetchNextPages()]).then(done, done)
    setTimeout(done, DOORS_PATIENCE_MS)
  }, [isFirst])
  return !isFetching
}

/** Puts the chosen language and size on the document, and fetches English where it is chosen. */
function useLanguage(app: Pick<DeviceParts, 'preferences'>): Words {
  const language = useStore(app.preferences, (preferences) => preferences.language)
  const textSize = useStore(app.preferences, (preferences) => preferences.textSize)
  const [english, setEnglish] = useState<Words | null>(null)
  useEffect(() => {
    if (language === 'en' && !english) {
      void import('./words/en.ts').then((module) => setEnglish(module.en))
    }
  }, [language, english])
  const words = language === 'en' && english ? english : zhCN
  useEffect(() => {
    document.documentElement.lang = words.language
    document.documentElement.toggleAttribute('data-large', textSize !== 'standard')
    document.documentElement.toggleAttribute('data-largest', textSize === 'largest')
  }, [words, textSize])
  return words
}
