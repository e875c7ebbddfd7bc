/** Long work in slices, so that the screen is drawn and taps are heard in between. */

/**
 * Asked after each step: undefined while the slice has time left, else a promise that resolves when the browser has
 * had its turn. A frame has 16 ms; half of it is left to the screen.
 */
export type Pause = () => Promise<void> | undefined

const sliceMs = 8

export function createPause(
  now: () => number = () => performance.now(),
  turn: () => Promise<void> = nextTask,
): Pause {
  let since = now()
  return () => {
    const at = now()
    // Idle since the last step: a new slice begins.
    if (at - since > 10 * sliceMs) since = at
    if (at - since < sliceMs) return undefined
    return turn().then(() => {
      since = now()
    })
  }
}

/** Lets a frame be painted and a tap be answered. Not a timer: timers that wait for each other are slowed to 4 ms. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
