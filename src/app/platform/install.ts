/** Puts the app on the home screen, where the browser lets a page offer it (Chromium: `beforeinstallprompt`). */
export interface Install {
  /** Shows the browser's own question; resolves when it is answered. Does nothing while not installable. */
  install(): Promise<void>
}

/**
 * What has to be done by hand before the app can be put on the home screen. `browser`: leave WeChat, which cannot do it.
 * `share`: an iPhone's or iPad's browser, where no page can offer it and the storage of a tab is cleared after seven days.
 */
export type HomeScreenStep = 'browser' | 'share'

/** Null where there is nothing to do, or the browser offers it by itself. */
export function homeScreenStep(
  userAgent: string,
  /** `navigator.standalone`, which browsers on iPhones and iPads alone have; true in an app of the home screen. */
  standalone: boolean | undefined,
): HomeScreenStep | null {
  if (/MicroMessenger/i.test(userAgent) && !/WindowsWechat|MacWechat/i.test(userAgent))
    return 'browser'
  return standalone === false ? 'share' : null
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
