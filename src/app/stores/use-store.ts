/**
 * How a screen reads the stores: own small hooks, since zustand's React hook needs preact/compat.
 *
 * A component draws again only when the value that it selected changes. Lists and plain objects made anew by
 * `select` count as unchanged where their elements are the same, so `register.buildings(grid)` may be selected as it is.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { StoreApi } from 'zustand/vanilla'
import type { Register } from '#app/register/register.ts'
import { isAlike } from './alike.ts'

export function useStore<State, Value>(
  store: Pick<StoreApi<State>, 'getState' | 'subscribe'>,
  select: (state: State) => Value,
): Value {
  return useSource(store, () => select(store.getState()))
}

/**
 * A value read from the register; `select` runs again with each revision of it. Where the reading is long work
 * (the today list of a large grid), name in `inputs` what `select` depends on besides the register: then a redraw
 * for another reason does not read again.
 */
export function useRegister<Value>(
  parts: { readonly register: Register },
  select: (register: Register) => Value,
  inputs?: readonly unknown[],
): Value {
  const { register } = parts
  const kept = useRef<{ readonly inputs: readonly unknown[]; readonly read: () => Value } | null>(
    null,
  )
  const wanted = inputs ? [register, ...inputs] : null
  if (!kept.current || !wanted || !isAlike(kept.current.inputs, wanted)) {
    kept.current = { inputs: wanted ?? [], read: remembered(register, select) }
  }
  return useSource(register, kept.current.read)
}

/** Reads at most once a revision. */
function remembered<Value>(register: Register, select: (register: Register) => Value): () => Value {
  let last: { readonly revision: number; readonly value: Value } | null = null
  return () => {
    if (last?.revision !== register.revision) {
      last = { revision: register.revision, value: select(register) }
    }
    return last.value
  }
}

function useSource<Value>(
  source: { subscribe(listener: () => void): () => void },
  read: () => Value,
): Value {
  const [, setDrawing] = useState(0)
  const fresh = read()
  const shown = useRef(fresh)
  // The earlier object is kept where nothing differs, so that memoised children stay as they are.
  const value = isAlike(shown.current, fresh) ? shown.current : fresh
  const latest = useRef(read)
  useLayoutEffect(() => {
    shown.current = value
    latest.current = read
  })
  useLayoutEffect(() => {
    const look = () => {
      if (!isAlike(shown.current, latest.current())) setDrawing((count) => count + 1)
    }
    look() // it may have moved between the drawing and now
    return source.subscribe(look)
  }, [source])
  return value
}
