/** Whether somebody sees the app, and whether somebody touches it. */

/** A yes or no that changes outside. */
export interface Watched {
  now(): boolean
  subscribe(listener: () => void): () => void
}

/** True while the page is in front. After `pagehide` it is not: some phones kill an app without any other word. */
export function watchVisible(page: Document = document, frame: Window = window): Watched {
  let left = false
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const leave = (gone: boolean) => () => {
    left = gone
    tell()
  }
  page.addEventListener('visibilitychange', tell)
  frame.addEventListener('pagehide', leave(true))
  frame.addEventListener('pageshow', leave(false))
  return {
    now: () => !left && page.visibilityState === 'visible',
    subscribe(listener) {
      const mine = () => listener()
      listeners.add(mine)
      return () => listeners.delete(mine)
    },
  }
}

const touches = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/** Calls back whenever somebody touches the device; heard before any screen can stop the event. */
export function onTouch(listener: () => void, frame: Window = window): () => void {
  const options = { capture: true, passive: true }
  for (const touch of touches) frame.addEventListener(touch, listener, options)
  return () => {
    for (const touch of touches) frame.removeEventListener(touch, listener, options)
  }
}
