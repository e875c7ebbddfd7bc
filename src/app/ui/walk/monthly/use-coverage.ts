import { useEffect, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { nextTask } from '#app/stores/next-task.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { coverageOfGrids, type GridCoverage } from '#app/views/coverage.ts'

/** Counted between frames, and anew with each change of the register; null while it was never counted. */
export function useCoverage(grids: readonly string[]): ReadonlyMap<string, GridCoverage> | null {
  const app = useParts('register', 'today')
  const day = useStore(app.today, (store) => store.day)
  const revision = useRegister(app, (register) => register.revision)
  const [counted, setCounted] = useState<ReadonlyMap<string, GridCoverage> | null>(null)
  const wanted = grids.join()
  useEffect(() => {
    const stop = new AbortController()
    const ids = new Set(wanted.split(','))
    void coverageOfGrids(app.register, ids, day, nextTask, stop.signal).then((found) => {
      if (found && !stop.signal.aborted) setCounted(found)
    })
    return () => stop.abort()
  }, [app.register, revision, day, wanted])
  return counted
}
