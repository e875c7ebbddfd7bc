import type { Workbox } from 'workbox-window'

/** A newer version of the app, ready on the device and waiting for a good moment. */
export interface Update {
  /** Starts the newer version: the page is loaded anew, once. Call it only while no form is open. */
  activate(): void
}

const hour = 60 * 60 * 1000
const longestHandOverMs = 5_000

/**
 * Registers the service worker and looks for a newer version hourly and whenever the app comes to the front.
 * `onWaiting` is called when one is ready; it never takes over by itself. Where there is no service worker (a
 * browser without, the development server) nothing happens.
 */
export function watchForUpdate(onWaiting: () => void): Update {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return { activate() {} }
  // Without a controller at the start, the first one to come is this page's own version and no news.
  let controlled = navigator.serviceWorker.controller !== null
  let state: 'current' | 'waiting' | 'asked' | 'replaced' = 'current'
  let waiting: Workbox | null = null

  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (state === 'asked') {
      state = 'current'
      location.reload()
    } else if (controlled) {
      // Another tab started the newer version: this one still runs the old, until its own form is closed.
      state = 'replaced'
      onWaiting()
    }
    controlled = true
  })

  // Nothing on the first screen needs it, so its script comes after that one.
  import('workbox-window')
    .then(async ({ Workbox }) => {
      const workbox = new Workbox('/sw.js', { updateViaCache: 'none' })
      const offer = () => {
        // The person has asked for it already: the page is loaded anew as soon as it counts.
        if (state === 'asked') return
        waiting = workbox
        state = 'waiting'
        onWaiting()
      }
      workbox.addEventListener('waiting', offer)
      // `register` waits for the page's load event, so that the first screen has the network to itself.
      const registration = await workbox.register()
      // Workbox does not hear of a version that was being installed before this page began.
      const offerUnheard = () => {
        // The first version of all waits for a moment too, and replaces none.
        if (registration?.waiting && registration.active && state === 'current') offer()
      }
      registration?.installing?.addEventListener('statechange', offerUnheard)
      const look = () => {
        // Offline, or the server is down: the next look will do.
        workbox.update().then(offerUnheard, () => {})
      }
      setInterval(look, hour)
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') look()
      })
    })
    .catch(() => {}) // storage or scripts refused by the browser: the app works on, online only

  return {
    activate() {
      // Asked once more: the load that was begun waits for a worker that is not done yet.
      if (state === 'replaced' || state === 'asked') location.reload()
      if (state !== 'waiting') return
      state = 'asked'
      waiting?.messageSkipWaiting()
      // A version that is still at something holds the newer one back, for minutes in Chromium: a load ends that.
      setTimeout(() => {
        if (state === 'asked') location.reload()
      }, longestHandOverMs)
    },
  }
}
