/** What is seen on the glass and when, measured inside the page so that no message to the test counts. */

export interface Glass {
  /** When the frame with a thing's first appearance was painted, by its name; milliseconds of the page's time. */
  readonly seen: Readonly<Record<string, number>>
  /** When each tap and each keystroke happened. */
  readonly taps: readonly number[]
  /** For each keystroke, until the last frame that it changed was painted. */
  readonly keystrokes: readonly number[]
  /** For each tap, until the word that its work is saved was painted. */
  readonly saves: readonly number[]
  /** Of more than 50 ms, in which no frame could be drawn. */
  readonly longTasks: readonly { readonly startTime: number; readonly duration: number }[]
}

declare global {
  interface Window {
    glass: Glass
  }
}

/** Runs in the page before its own scripts; everything that it needs is inside. */
export function watchGlass(): void {
  const wanted: Record<string, string> = {
    'pin-pad': '[role=group] [role=status], form [type=password]',
    'first-card': 'main li a[href^="/household/"]',
  }
  const seen: Record<string, number> = {}
  const taps: number[] = []
  const keystrokes: number[] = []
  const saves: number[] = []
  const longTasks: { startTime: number; duration: number }[] = []
  window.glass = { seen, taps, keystrokes, saves, longTasks }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration })
  }).observe({ type: 'longtask', buffered: true })

  const channel = new MessageChannel()
  const waiting: (() => void)[] = []
  channel.port1.onmessage = () => waiting.shift()?.()
  /** A message that is sent in a frame arrives when the frame is painted. */
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        waiting.push(() => resolve(performance.now()))
        channel.port2.postMessage(null)
      })
    })

  let changes = 0
  let isSaved = false
  const look = () => {
    changes += 1
    for (const [name, selector] of Object.entries(wanted)) {
      if (name in seen || !document.querySelector(selector)) continue
      seen[name] = NaN
      void painted().then((at) => (seen[name] = at))
    }
    const says = document.querySelector('[aria-live] [role=status]') !== null
    if (says && !isSaved) {
      const began = taps.at(-1) ?? NaN
      void painted().then((at) => saves.push(at - began))
    }
    isSaved = says
  }
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
  })

  addEventListener('click', (event) => taps.push(event.timeStamp), true)
  const untilStill = async (began: number) => {
    let still = 0
    let last = NaN
    while (still < 2) {
      const before = changes
      const at = await painted()
      // The first frame counts in any case: it is what the person waits for.
      if (Number.isNaN(last) || changes > before) last = at
      still = changes > before ? 0 : still + 1
    }
    keystrokes.push(last - began)
  }
  addEventListener('input', (event) => void untilStill(event.timeStamp), true)

  // A word that something is saved stays for eight seconds, and the next one would not be told from it.
  const later = window.setTimeout.bind(window)
  window.setTimeout = ((act: () => void, delay?: number, ...rest: unknown[]) =>
    later(act, delay === 8_000 ? 200 : delay, ...rest)) as typeof window.setTimeout
}
