/** Whether the service worker keeps the app's files, so that the app starts without a connection. */
export interface AppFiles {
  /** Which build of the app this page runs: the hash in the name of its script. */
  readonly build: string
  /** Resolves once the worker has all files and serves them; never where the browser keeps none. */
  readonly kept: Promise<unknown>
}

/** Null where the browser has no service worker. The development server and `npm run dev` install none. */
export function watchAppFiles(
  workers: Pick<ServiceWorkerContainer, 'ready'> | null = 'serviceWorker' in navigator
    ? navigator.serviceWorker
    : null,
): AppFiles | null {
  return workers && import.meta.env.PROD ? { build: import.meta.url, kept: workers.ready } : null
}
