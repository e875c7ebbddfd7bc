import { idBornIn } from '#domain/born-ids.ts'
import { birthday, dayToNumber, numberToDay, type Day } from '#domain/day.ts'
import { createRandom, type Random } from './random.ts'

/** What samples are made from: chance and a day. */
export interface World {
  readonly random: Random
  readonly today: Day
  /** The day so many days before today; after it where negative. */
  ago(days: number): Day
  /** Days since the birthday on which somebody turned so old who has it today. */
  daysOfYears(years: number): number
  /** Some moment of a working day in China, so many days ago. */
  instant(daysAgo: number): string
}

/** Days are made once each: a village asks for some hundred thousand. `stream`: where its records are born. */
export function createWorld(seed: number, today: Day, stream: string): World {
  const chance = createRandom(seed)
  const random: Random = { ...chance, id: () => idBornIn(stream, chance.id()) }
  const number = dayToNumber(today)
  const days = new Map<number, Day>()
  const years = new Map<number, number>()
  const ago = (count: number): Day => {
    const known = days.get(count)
    if (known) return known
    const day = numberToDay(number - count)
    days.set(count, day)
    return day
  }
  const two = (high: number) => String(random.between(0, high)).padStart(2, '0')
  return {
    random,
    today,
    ago,
    daysOfYears(count) {
      const known = years.get(count)
      if (known !== undefined) return known
      const passed = number - dayToNumber(birthday(today, -count))
      years.set(count, passed)
      return passed
    },
    instant: (daysAgo) => `${ago(daysAgo)}T0${random.between(1, 8)}:${two(59)}:${two(59)}.000Z`,
  }
}
