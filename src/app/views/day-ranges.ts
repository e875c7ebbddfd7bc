/** Days that follow each other, as one line. */
import { addDays, daysBetween, type Day } from '#domain/day.ts'

export interface DayRange {
  readonly from: Day
  readonly to: Day
}

export function rangesOf(days: readonly Day[]): DayRange[] {
  const ranges: { from: Day; to: Day }[] = []
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1)
    if (last && addDays(last.to, 1) === day) last.to = day
    else ranges.push({ from: day, to: day })
  }
  return ranges
}

export function daysOf({ from, to }: DayRange): Day[] {
  const count = daysBetween(from, to) + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index))
}
