/** China's public holidays as the State Council announced them; from 2027 on weekends alone until they are known. */
import { addDays, type Day } from './day.ts'

/** First day and number of days off. */
const breaks: readonly (readonly [Day, number])[] = [
  ['2025-01-01', 1],
  ['2025-01-28', 8],
  ['2025-04-04', 3],
  ['2025-05-01', 5],
  ['2025-05-31', 3],
  ['2025-10-01', 8],
  ['2026-01-01', 3],
  ['2026-02-15', 9],
  ['2026-04-04', 3],
  ['2026-05-01', 5],
  ['2026-06-19', 3],
  ['2026-09-25', 3],
  ['2026-10-01', 7],
]

export const holidays: Day[] = breaks.flatMap(([first, count]) =>
  Array.from({ length: count }, (_, index) => addDays(first, index)),
)

export const workedWeekends: Day[] = [
  '2025-01-26',
  '2025-02-08',
  '2025-04-27',
  '2025-09-28',
  '2025-10-11',
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
]
