import type { Ids } from '#app/platform/ids.ts'

/**
 * UUIDs of version 7 in shape, counted: the same in every run. They count where a clock would stand, since the end of
 * an id gives way to the mark of the stream that its record is born in.
 */
export function createCountedIds(series = 1): Ids {
  let count = 0
  return () => {
    const head = series.toString(16).padStart(8, '0')
    const at = (++count).toString(16).padStart(7, '0')
    return `${head}-${at.slice(0, 4)}-7${at.slice(4)}-8000-000000000000`
  }
}
