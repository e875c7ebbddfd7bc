/** Several tabs of one app: one of them leads, and they speak with each other. */

/** Calls back once this tab holds the lock of that name; the answer lets go of it, or of the wish for it. */
export type AskToLead = (name: string, onLead: () => void) => () => void

/** Messages to the other tabs; a tab does not hear itself. Nothing of them is kept anywhere. */
export interface Channel<T> {
  post(message: T): void
  /** Replaces an earlier listener. */
  listen(listener: (message: T) => void): void
  close(): void
}

export interface TabSpeech {
  readonly askToLead: AskToLead
  openChannel<T>(name: string): Channel<T>
}

/** Web Locks and BroadcastChannel; where one is missing, every tab is for itself. */
export function createTabSpeech(): TabSpeech {
  const alone = createLocalTabSpeech()
  return {
    askToLead: 'locks' in navigator ? askWebLock : alone.askToLead,
    openChannel: typeof BroadcastChannel === 'function' ? openBroadcast : alone.openChannel,
  }
}

const askWebLock: AskToLead = (name, onLead) => {
  const wish = new AbortController()
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  navigator.locks
    .request(name, { signal: wish.signal }, () => {
      if (wish.signal.aborted) return
      onLead()
      return held
    })
    .catch(() => {}) // taken back while waiting
  return () => {
    wish.abort()
    letGo()
  }
}

function openBroadcast<T>(name: string): Channel<T> {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      channel.onmessage = (event: MessageEvent<T>) => listener(event.data)
    },
    close: () => channel.close(),
  }
}

/** The same inside one page: what a browser without them gets, and the tabs of a test. */
export function createLocalTabSpeech(): TabSpeech {
  const queues = new Map<string, (() => void)[]>()
  const channels = new Map<string, Set<(message: unknown) => void>>()

  return {
    askToLead(name, onLead) {
      const queue = queues.get(name) ?? []
      queues.set(name, queue)
      const leadFirst = () => {
        const first = queue[0]
        // As with Web Locks: never before the one who asked has the answer in hand.
        queueMicrotask(() => {
          if (first !== undefined && queue[0] === first) first()
        })
      }
      queue.push(onLead)
      if (queue.length === 1) leadFirst()
      return () => {
        const index = queue.indexOf(onLead)
        if (index < 0) return
        queue.splice(index, 1)
        if (index === 0) leadFirst()
      }
    },
    openChannel<T>(name: string): Channel<T> {
      const listeners = channels.get(name) ?? new Set()
      channels.set(name, listeners)
      let mine: ((message: unknown) => void) | null = null
      return {
        post(message) {
          const others = [...listeners].filter((listener) => listener !== mine)
          const copy = structuredClone(message)
          queueMicrotask(() => {
            for (const listener of others) if (listeners.has(listener)) listener(copy)
          })
        },
        listen(listener) {
          if (mine) listeners.delete(mine)
          mine = (message) => listener(message as T)
          listeners.add(mine)
        },
        close() {
          if (mine) listeners.delete(mine)
          mine = null
        },
      }
    },
  }
}
