import type { Clock } from './clock.ts'

/** Aborts when nothing was heard for a while, or when the caller's own signal does. */
export interface Patience {
  readonly signal: AbortSignal
  /** Something came: the wait begins anew. */
  heard(): void
  pause(): void
  end(): void
}

export function createPatience(clock: Clock, milliseconds: number, outer?: AbortSignal): Patience {
  const controller = new AbortController()
  const abort = () => controller.abort()
  let cancel = () => {}
  let ended = false
  const heard = () => {
    cancel()
    if (!ended) cancel = clock.after(milliseconds, abort)
  }
  outer?.addEventListener('abort', abort)
  if (outer?.aborted) abort()
  heard()
  return {
    signal: controller.signal,
    heard,
    pause: () => cancel(),
    end() {
      ended = true
      cancel()
      outer?.removeEventListener('abort', abort)
    },
  }
}
