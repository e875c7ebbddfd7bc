/** Screens: what stands on the glass, from the phase that the app is in. */
import { LocationProvider } from 'preact-iso'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { App } from '#app/stores/app.ts'
import { AppContext, useApp, useStore } from '#app/stores/use-store.ts'
import { ChoosePin } from './screens/ChoosePin/ChoosePin.tsx'
import { Failed } from './screens/Failed/Failed.tsx'
import { FirstPull } from './screens/FirstPull/FirstPull.tsx'
import { Locked } from './screens/Locked/Locked.tsx'
import { SignIn } from './screens/SignIn/SignIn.tsx'
import { Shell } from './Shell.tsx'
import { createToasts, ToastsContext } from './toasts.ts'
import { WordsContext } from './words/use-words.ts'
import { zhCN, type Words } from './words/zh-CN.ts'

export function Root(props: { readonly app: App }) {
  const toasts = useMemo(createToasts, [])
  const words = useLanguage(props.app)
  return (
    <AppContext.Provider value={props.app}>
      <WordsContext.Provider value={words}>
        <ToastsContext.Provider value={toasts}>
          <LocationProvider>
            <PhaseScreen />
          </LocationProvider>
        </ToastsContext.Provider>
      </WordsContext.Provider>
    </AppContext.Provider>
  )
}

function PhaseScreen() {
  const phase = useStore(useApp().session, (session) => session.phase)
  switch (phase) {
    case 'starting':
      return null
    case 'sign-in':
      return <SignIn />
    case 'choose-pin':
      return <ChoosePin />
    case 'locked':
      return <Locked />
    case 'first-pull':
      return <FirstPull />
    case 'failed':
      return <Failed />
    case 'open':
      return <Shell />
  }
}

/** Puts the chosen language and size on the document, and fetches English where it is chosen. */
function useLanguage(app: App): Words {
  const language = useStore(app.preferences, (preferences) => preferences.language)
  const large = useStore(app.preferences, (preferences) => preferences.large)
  const [english, setEnglish] = useState<Words | null>(null)
  useEffect(() => {
    if (language === 'en' && !english) {
      void import('./words/en.ts').then((module) => setEnglish(module.en))
    }
  }, [language, english])
  const words = language === 'en' && english ? english : zhCN
  useEffect(() => {
    document.documentElement.lang = words.language
    document.documentElement.toggleAttribute('data-large', large)
  }, [words, large])
  return words
}
