/**
 * What the oldest browsers of `browsers.ts` lack and the app or one of its libraries calls. The page and each worker
 * import this file before anything else. A name goes when the floor rises above the version beside it.
 */

interface World {
  readonly Object: object
  readonly Array: { readonly prototype: object }
  readonly AbortSignal?: { readonly prototype: object }
}

/** Adds what is missing and leaves alone what is there; `world` is the global object of a page or a worker. */
export function fillGaps(world: World): void {
  // Chromium 93
  add(world.Object, 'hasOwn', (owner: object, name: PropertyKey) =>
    Object.prototype.hasOwnProperty.call(owner, name),
  )
  // Chromium 95
  add(world, 'reportError', (error: unknown) => {
    setTimeout(() => {
      throw error
    })
  })
  // Chromium 97
  const lists = world.Array.prototype
  add(lists, 'findLastIndex', function <T>(this: readonly T[], fits: Fits<T>) {
    let at = this.length - 1
    while (at >= 0 && !fits(this[at] as T, at, this)) at -= 1
    return at
  })
  add(lists, 'findLast', function <T>(this: readonly T[], fits: Fits<T>) {
    return this[this.findLastIndex(fits)]
  })
  // Chromium 110
  add(lists, 'toSorted', function <T>(this: readonly T[], compare?: (a: T, b: T) => number) {
    return [...this].sort(compare)
  })
  add(lists, 'toReversed', function <T>(this: readonly T[]) {
    return [...this].reverse()
  })
  // Chromium 98
  add(world, 'structuredClone', copyOf)
  // Chromium 100
  if (world.AbortSignal) {
    add(world.AbortSignal.prototype, 'throwIfAborted', function (this: AbortSignal) {
      if (this.aborted) throw new DOMException('aborted', 'AbortError')
    })
  }
}

type Fits<T> = (value: T, at: number, all: readonly T[]) => unknown

function add(owner: object, name: string, value: unknown): void {
  if (name in owner) return
  Object.defineProperty(owner, name, { value, writable: true, configurable: true })
}

/** Of plain data alone, which is all that tabs tell each other. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, copyOf(of)]))
}

fillGaps(globalThis)
