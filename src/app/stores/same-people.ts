/**
 * The search for records of one person, as screens follow it: in slices that never hold up a frame, begun by whoever
 * asks first, gone on with after each change of the register, and forgotten when that is.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createPause, type Pause } from '#app/platform/pause.ts'
import type { Register } from '#app/register/register.ts'
import { createSamePeople, type Pair } from '#app/register/same-people.ts'

export interface SamePeopleState {
  readonly pairs: readonly Pair[]
  /** From 0 to 1 of the first look; null once everybody was looked at. */
  readonly progress: number | null
}

const begun: SamePeopleState = { pairs: [], progress: 0 }
const stores = new WeakMap<Register, StoreApi<SamePeopleState>>()

export function samePeopleOf(register: Register): StoreApi<SamePeopleState> {
  const held = stores.get(register)
  if (held) return held
  const made = followRegister(register, createPause())
  stores.set(register, made)
  return made
}

/** For tests, with a pause of their own. */
export function followRegister(register: Register, pause: Pause): StoreApi<SamePeopleState> {
  const store = createStore<SamePeopleState>(() => begun)
  const finder = createSamePeople()
  let isLooking = false
  let lookedAt = -1

  const look = async () => {
    // Streams are still being read: looked at once, when all are here.
    if (isLooking || !register.isWhole) return
    isLooking = true
    while (lookedAt !== register.revision) {
      lookedAt = register.revision
      for (const progress of finder.look(register.all('resident'))) {
        const rest = pause()
        if (!rest) continue
        if (store.getState().progress !== null) store.setState({ progress })
        await rest
        // Somebody changed, or all is locked away: what changed is looked at first of all.
        if (lookedAt !== register.revision) break
      }
    }
    isLooking = false
    store.setState(isEmpty(register) ? begun : { pairs: finder.pairs(), progress: null })
  }

  register.subscribe(() => {
    // Locked: nothing of anybody stays in memory.
    if (isEmpty(register)) {
      finder.clear()
      store.setState(begun)
    }
    void look()
  })
  void look()
  return store
}

/** All is locked away, or nothing has come yet: an office that holds nobody has its places. */
function isEmpty(register: Register): boolean {
  const hasNone = (kind: 'place' | 'resident') =>
    Boolean(register.all(kind)[Symbol.iterator]().next().done)
  return hasNone('resident') && hasNone('place')
}
