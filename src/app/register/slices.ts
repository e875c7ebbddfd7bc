/** Long work on lists in slices: whoever does it rests between two steps, and hears whether it is still wanted. */
import type { Pause } from '#app/platform/pause.ts'

/** Undefined while the slice has time left; else true where nobody wants the work any more. */
export type Rest = () => Promise<boolean> | undefined

export function createRest(isStale: () => boolean, pause: Pause): Rest {
  return () => pause()?.then(isStale)
}

/** For steps so small that a look at the clock costs as much as they do: it is taken at every sixteenth. */
export function sparing(rest: Rest): Rest {
  let steps = 0
  return () => {
    steps += 1
    return steps % 16 === 0 ? rest() : undefined
  }
}

/** What is done between two looks at the clock, where each step is small. */
const handful = 128
/** Plain strings are sorted as they stand, a thousand in half a millisecond. */
const plainRun = 1_024

/**
 * A merge sort that lets the browser have its turn; null where it is not needed any more. Without `compare`, strings by
 * their code units.
 */
export async function sortInSlices<T>(
  items: readonly T[],
  compare: ((a: T, b: T) => number) | null,
  rest: Rest,
): Promise<readonly T[] | null> {
  const length = compare ? handful : plainRun
  const takesLeft = compare ? (a: T, b: T) => compare(a, b) <= 0 : (a: T, b: T) => a <= b
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += length) {
    const turn = rest()
    if (turn && (await turn)) return null
    runs.push(items.slice(at, at + length).sort(compare ?? undefined))
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [left = [], right = []] = [runs[at], runs[at + 1]]
      const both: T[] = []
      let [l, r] = [0, 0]
      while (l < left.length || r < right.length) {
        if (both.length % handful === 0) {
          const turn = rest()
          if (turn && (await turn)) return null
        }
        const isLeft =
          r >= right.length || (l < left.length && takesLeft(left[l] as T, right[r] as T))
        both.push((isLeft ? left[l++] : right[r++]) as T)
      }
      merged.push(both)
    }
    runs = merged
  }
  return runs[0] ?? []
}
