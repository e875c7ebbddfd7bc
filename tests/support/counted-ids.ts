import type { Ids } from '#app/platform/ids.ts'

/** UUIDs of version 7 in shape, counted: the same in every run. */
export function createCountedIds(series = 1): Ids {
  let count = 0
  return () => {
    const head = series.toString(16).padStart(8, '0')
    return `${head}-0000-7000-8000-${(++count).toString(16).padStart(12, '0')}`
  }
}
