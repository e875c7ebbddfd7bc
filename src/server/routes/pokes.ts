/** Pokes: which streams moved, told at once to the devices that look at them. An accelerator; polling works without. */

export interface Pokes {
  poke(streams: readonly string[]): void
  /** Calls back with the moved streams; the answer ends it. */
  listen(listener: (streams: readonly string[]) => void): () => void
  readonly listeners: number
}

export function createPokes(): Pokes {
  const listeners = new Set<(streams: readonly string[]) => void>()
  return {
    poke: (streams) => listeners.forEach((listener) => listener(streams)),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get listeners() {
      return listeners.size
    },
  }
}
