/** The way between a device and a server, with everything that happens to it in a village lane. */

export type Fetch = (request: Request) => Promise<Response>

type Signal = AbortSignal | null | undefined

export interface WeakNetwork {
  /** Rejects as the browser's does, also where `signal` ends it. */
  fetch(request: Request, signal?: Signal): Promise<Response>
  readonly isConnected: () => boolean
  /** Called when the connection goes or comes, as a browser tells a page. */
  subscribe(listener: () => void): () => void
  disconnect(): void
  /** The server is gone, or there again, and the device's network notices nothing of it. */
  vanish(on: boolean): void
  connect(): void
  /** The server does what the next request of this path says, and its answer never arrives. */
  loseNextAnswer(path: string): void
  /** The next pushes are answered by a proxy, not by the server. */
  failNextPushes(count: number, status: number): void
  /** Every request is answered 200 with a login page. */
  captivePortal(on: boolean): void
  /** The next answer of this path breaks off after so many characters. */
  cutNextAnswer(path: string, characters: number): void
  /** The next answer of this path waits until the answer is called. */
  holdNextAnswer(path: string): () => void
  /** Paths asked for, in order, as far as they left the device. */
  readonly asked: string[]
}

export function createWeakNetwork(server: Fetch): WeakNetwork {
  let connected = true
  let portal = false
  let isGone = false
  let failures = { left: 0, status: 503 }
  let lose: string | null = null
  let cut: { readonly path: string; readonly characters: number } | null = null
  let hold: { readonly path: string; readonly until: Promise<void> } | null = null
  const listeners = new Set<() => void>()
  const asked: string[] = []

  const gone = () => new TypeError('Failed to fetch')
  const turn = (now: boolean) => {
    connected = now
    for (const listener of listeners) listener()
  }

  const send: Fetch = async (request) => {
    await Promise.resolve()
    const path = new URL(request.url).pathname
    if (!connected || isGone) throw gone()
    asked.push(path)
    if (portal) {
      const page = '<!doctype html><title>Wi-Fi</title><p>请先登录</p>'
      return new Response(page, { headers: { 'content-type': 'text/html' } })
    }
    if (path === '/api/push' && failures.left > 0) {
      failures = { ...failures, left: failures.left - 1 }
      return new Response('<h1>Bad Gateway</h1>', { status: failures.status })
    }
    const response = await server(request)
    if (hold?.path === path) {
      const { until } = hold
      hold = null
      await until
    }
    if (!connected) throw gone()
    if (lose === path) {
      lose = null
      throw gone()
    }
    if (cut?.path === path) {
      const text = (await response.text()).slice(0, cut.characters)
      cut = null
      return new Response(text, response)
    }
    return response
  }

  return {
    fetch: (request, signal) =>
      new Promise((resolve, reject) => {
        const end = () => reject(new DOMException('', 'AbortError'))
        signal?.addEventListener('abort', end)
        // Node keeps the signal of a request as long as somebody listens to it, and so everything behind it.
        const done = () => signal?.removeEventListener('abort', end)
        send(request).then(resolve, reject).finally(done)
      }),
    asked,
    isConnected: () => connected,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    disconnect: () => turn(false),
    connect: () => turn(true),
    loseNextAnswer: (path) => (lose = path),
    failNextPushes: (count, status) => (failures = { left: count, status }),
    vanish: (on) => (isGone = on),
    captivePortal: (on) => (portal = on),
    cutNextAnswer: (path, characters) => (cut = { path, characters }),
    holdNextAnswer(path) {
      let release = () => {}
      hold = { path, until: new Promise((resolve) => (release = resolve)) }
      return () => release()
    },
  }
}
