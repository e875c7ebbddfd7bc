/**
 * The phone's way back closes a dialog before it leaves the page. Chromium does so by itself from 126 on; the web views
 * of workers' phones and the swipe of an iPhone do not.
 */

/** What closes each open dialog, the topmost last. */
const closers: (() => void)[] = []
/** The next step in the history is one that the app makes itself. */
let isOwnStep = false

/** While a dialog is open; the answer ends it. */
export function closeOnBack(close: () => void): () => void {
  closers.push(close)
  return () => {
    const at = closers.lastIndexOf(close)
    if (at >= 0) closers.splice(at, 1)
  }
}

/** Before the app itself steps back: a dialog that is still there does not hold it up. */
export function stepBack(): void {
  isOwnStep = true
  history.back()
}

/**
 * Called once, before the router listens. The browser has left the page by the time that it says so: the router does not
 * hear of it, and the browser is sent back to where it was.
 */
export function watchBack(frame: Window = window): void {
  let isReturning = false
  frame.addEventListener(
    'popstate',
    (event) => {
      if (isReturning) {
        isReturning = false
        event.stopImmediatePropagation()
        return
      }
      const isOwn = isOwnStep
      isOwnStep = false
      const close = closers.at(-1)
      if (isOwn || !close) return
      event.stopImmediatePropagation()
      isReturning = true
      frame.history.go(1)
      close()
    },
    { capture: true },
  )
}
