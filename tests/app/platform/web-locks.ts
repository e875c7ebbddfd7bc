/** Web Locks (W3C) as far as the app uses them, which Node 20 does not have. `tests/browser` uses Chromium's own. */
export function createWebLocks() {
  const queues = new Map<string, (() => Promise<void>)[]>()

  const run = (name: string) => {
    const first = queues.get(name)?.[0]
    if (!first) return
    void first().finally(() => {
      queues.get(name)?.shift()
      run(name)
    })
  }

  return {
    request(name: string, { signal }: { signal: AbortSignal }, act: () => Promise<void> | void) {
      return new Promise<void>((resolve, reject) => {
        const queue = queues.get(name) ?? []
        queues.set(name, queue)
        const turn = async () => {
          await Promise.resolve()
          if (signal.aborted) return
          await act()
          resolve()
        }
        signal.addEventListener('abort', () => {
          reject(new DOMException('taken back', 'AbortError'))
        })
        queue.push(turn)
        if (queue.length === 1) run(name)
      })
    },
  }
}
