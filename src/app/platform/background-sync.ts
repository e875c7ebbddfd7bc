/**
 * Background Sync (WICG), where the browser has it: once asked, the service worker is told when the connection is
 * back, also while the app is behind others, and passes it on to the pages that are open.
 */
export interface BackgroundSync {
  /** Asks to be told. Asked again before it happened, it is one wish. */
  ask(): void
  /** Calls back when the worker passes it on; the answer ends that. */
  listen(onSync: () => void): () => void
}

interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
}

const tag = 'wuse-unsent'

/** `workers` is `navigator.serviceWorker`: absent outside a secure context, and in private windows of some browsers. */
export function createBackgroundSync(
  workers: Pick<
    ServiceWorkerContainer,
    'ready' | 'addEventListener' | 'removeEventListener'
  > | null = 'serviceWorker' in navigator ? navigator.serviceWorker : null,
): BackgroundSync {
  return {
    ask() {
      // Refused by the person's settings, or no such thing here: the app's own waiting does it.
      void workers?.ready
        .then((registration) => (registration as SyncRegistration).sync?.register(tag))
        .catch(() => {})
    },
    listen(onSync) {
      const hear = (event: Event) => {
        const { data } = event as MessageEvent<unknown>
        if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'sync') {
          onSync()
        }
      }
      workers?.addEventListener('message', hear)
      return () => workers?.removeEventListener('message', hear)
    },
  }
}
