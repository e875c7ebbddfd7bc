/** Puts the app on the home screen, where the browser lets a page offer it (Chromium: `beforeinstallprompt`). */
export interface Install {
  /** Shows the browser's own question; resolves when it is answered. Does nothing while not installable. */
  install(): Promise<void>
}

/** WICG Manifest Incubations, which TypeScript's library does not know. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>
}

/** `onChange` hears whether the app can be installed now; it is not called before that is first known. */
export function watchInstall(onChange: (installable: boolean) => void): Install {
  let offer: BeforeInstallPromptEvent | null = null
  window.addEventListener('beforeinstallprompt', (event) => {
    // The app offers it in its own place and words instead of the browser's banner.
    event.preventDefault()
    offer = event as BeforeInstallPromptEvent
    onChange(true)
  })
  window.addEventListener('appinstalled', () => {
    offer = null
    onChange(false)
  })
  return {
    async install() {
      const current = offer
      if (!current) return
      // An offer can be shown once; after a refusal the browser sends a new one when it sees fit.
      offer = null
      onChange(false)
      await current.prompt()
    },
  }
}
