import { useEffect, useMemo } from 'preact/hooks'
import { isUnanswered } from '#app/acts/act-problem.ts'
import { placesOf, type KnownPlaces } from '#app/acts/known-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useAskAgain } from '#app/ui/use-asked.ts'
import { treeOf, type Tree } from '#app/views/place-tree.ts'

/** The places and people of whoever looks: what the register has, with what the office told. */
export function usePlaces(): KnownPlaces & { readonly tree: Tree } {
  const app = useParts('session', 'officeActs', 'register')
  const store = placesOf(app)
  const known = useStore(store, (state) => state)
  const account = useStore(app.session, (session) => session.account)
  const places = useRegister(app, (register) => [...register.all('place')])
  const buildings = useRegister(app, (register) => {
    const counts: Record<string, number> = {}
    for (const { stream } of register.all('building')) counts[stream] = (counts[stream] ?? 0) + 1
    return counts
  })
  useEffect(() => {
    const { told, isAsking, load } = store.getState()
    if (told === null && !isAsking) void load()
  }, [store])
  const { told, problem } = known
  // Forms need what the office tells: without an answer there would be none until somebody asks again.
  useAskAgain(told === null && (problem === null || isUnanswered(problem)), known.load)
  const tree = useMemo(
    () => treeOf({ places, buildings: new Map(Object.entries(buildings)), told, account }),
    [places, buildings, told, account],
  )
  return { ...known, tree }
}
