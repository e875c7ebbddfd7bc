import type * as Module from './more-routes.tsx'
import { useEffect, useState } from 'preact/hooks'

type MoreRoutes = typeof Module

let fetched: MoreRoutes | null = null

export interface MoreState {
  readonly module: MoreRoutes | null
  readonly failed: boolean
  /** Tries once more after a failure: an update may have removed the script under an open app. */
  again(): void
}

/** The routes beyond the first ones: fetched at once where the address needs them, else after the first list. */
export function useMoreRoutes(isNeeded: boolean, afterMs: number): MoreState {
  const [module, setModule] = useState(fetched)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (module || failed) return
    const load = () =>
      import('./more-routes.tsx').then(
        (loaded) => {
          fetched = loaded
          setModule(loaded)
        },
        () => setFailed(true),
      )
    const timer = setTimeout(() => void load(), isNeeded ? 0 : afterMs)
    return () => clearTimeout(timer)
  }, [module, failed, isNeeded, afterMs])
  return { module, failed, again: () => setFailed(false) }
}
