/** An office's places and people as they were last told: several pages show them, and each act has them told anew. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlaceList } from '#protocol/places.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'

type Problem = Extract<OfficeAnswer<unknown>, { ok: false }>['problem']

export interface KnownPlaces {
  /** The newest that there is; null before there is any. */
  readonly told: PlaceList | null
  /** Why there is nothing newer; null while it is being asked, and where it is fresh. */
  readonly problem: Problem | null
  readonly isAsking: boolean
  load(): Promise<void>
}

type Parts = Pick<DeviceParts, 'officeActs' | 'session'>

const stores = new WeakMap<object, StoreApi<KnownPlaces>>()

export function placesOf(app: Parts): StoreApi<KnownPlaces> {
  const held = stores.get(app)
  if (held) return held
  const unknown = { told: null, problem: null, isAsking: false }
  let round = 0
  const made = createStore<KnownPlaces>((set, get) => ({
    ...unknown,
    async load() {
      // An answer that was asked for before an act may come after it.
      const mine = (round += 1)
      const setMine = (state: Partial<KnownPlaces>) => {
        if (mine === round) set(state)
      }
      set({ problem: null, isAsking: true })
      const acts = await app.officeActs.places()
      if (!acts.ok) return setMine({ problem: acts.problem, isAsking: false })
      const { list } = acts.value
      if (get().told === null) {
        const last = await list.last()
        if (last) setMine({ told: last })
      }
      const answer = await list.now()
      if (answer.ok) setMine({ told: answer.value, isAsking: false })
      else setMine({ problem: answer.problem, isAsking: false })
    },
  }))
  // Locked: nothing of anybody stays in memory, and whoever comes next may see others.
  app.session.subscribe(({ phase }) => {
    if (phase === 'open') return
    round += 1
    made.setState(unknown)
  })
  stores.set(app, made)
  return made
}
