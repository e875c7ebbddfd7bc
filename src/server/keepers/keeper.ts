/** Begins work that runs by itself. */
export interface Waker {
  /** Something came to be done, or the server started. Resolves when a pass is over that began after this call. */
  wake(): Promise<void>
}

/** What a keeper of work has in common: one pass at a time, begun again by whoever woke it meanwhile, ended gently. */
export interface Keeper extends Waker {
  /** Ends after the piece of work that it is at; the next start goes on from there. */
  stop(): Promise<void>
}

/** `pass` never rejects, and looks at the signal between its pieces of work. */
export function createKeeper(pass: (stopped: AbortSignal) => Promise<unknown>): Keeper {
  const stopped = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  let isWaiting = false
  const next = async () => {
    isWaiting = false
    await pass(stopped.signal)
  }
  const ended = async () => void (await running)
  return {
    wake() {
      if (!isWaiting) {
        isWaiting = true
        running = running.then(next)
      }
      return ended()
    },
    stop() {
      stopped.abort()
      return ended()
    },
  }
}
