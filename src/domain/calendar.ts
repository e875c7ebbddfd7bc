/**
 * Calendar 日历: when an office works. One append-only record of the subdistrict, in versions: days off, weekend days
 * worked in exchange (调休), the hours of a working day, and up to which day all this is known. Colours count its
 * days; the dues of requests count its days and hours.
 */
import * as v from 'valibot'
import { day, list, text, whole } from './field.ts'
import { addDays, dayAt, dayToNumber, type Day } from './day.ts'
import { holidays, workedWeekends } from './holidays.ts'
import { createWorkingCalendar, type WorkingCalendar } from './working-days.ts'

const minuteOfDay = whole(0, 1_440)

/** From and to in minutes of the day, e.g. [510, 720] for 08:30 to 12:00. */
const spanSchema = v.pipe(
  v.tuple([minuteOfDay, minuteOfDay], 'wrong-shape'),
  v.check(([from, to]) => from < to, 'ended-before-begun'),
)

export const calendarSchema = v.looseObject({
  name: text(40),
  calendarVersion: whole(1, 1_000_000),
  off: list(day, 2_000),
  worked: list(day, 2_000),
  /** Spans in order of time that do not overlap; the end of the last one is the end of working time. */
  hours: v.pipe(
    list(spanSchema, 6),
    v.minLength(1, 'required'),
    v.check(
      (spans) =>
        spans.every((span, index) => index === 0 || (spans[index - 1]?.[1] ?? 0) < span[0]),
      'ended-before-begun',
    ),
  ),
  /** The last day whose arrangement is announced; whatever is due after it is provisional. */
  knownUntil: day,
})
export type Calendar = v.InferOutput<typeof calendarSchema>

/** What the product starts with: the State Council's days for 2025 and 2026, 08:30–12:00 and 13:30–17:30. */
export const defaultCalendar: Calendar = {
  name: '国务院办公厅放假安排',
  calendarVersion: 1,
  off: holidays,
  worked: workedWeekends,
  hours: [
    [510, 720],
    [810, 1_050],
  ],
  knownUntil: '2026-12-31',
}

/** The State Council announces a year's holidays in the autumn before: from this day on they are asked for. */
const askedFrom = '11-01'

/**
 * The year whose holidays a calendar should know by now and does not; null where it knows them. Until they are known,
 * dues in that year count its weekends alone and are provisional.
 */
export function yearToAsk(calendar: Pick<Calendar, 'knownUntil'>, today: Day): number | null {
  const year = Number(today.slice(0, 4)) + (today.slice(5) >= askedFrom ? 1 : 0)
  return calendar.knownUntil < `${year}-12-31` ? year : null
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** China Standard Time, UTC+8 without summer time: a due never depends on the zone of a device. */
const chinaOffsetMs = 8 * 3_600_000

/** A calendar that answers in days and in milliseconds since 1970. */
export interface WorkingTime extends WorkingCalendar {
  readonly knownUntil: Day
  /** The end of working time on a day. */
  closingOf(day: Day): number
  /** The first moment of working time on a day. */
  openingOf(day: Day): number
  /** The moment at which so much working time is used up; the end of a span where it ends just there. */
  addTime(start: number, milliseconds: number): number
  /** Working time between two moments, in milliseconds; 0 where the second lies before the first. */
  timeBetween(start: number, end: number): number
  /** Whether work goes on at a moment. The last minute of a span belongs to it. */
  isWorkingTime(moment: number): boolean
  /** The moment itself within working time, else the next one at which work begins. */
  nextWorkingMoment(moment: number): number
}

export function createWorkingTime(
  calendar: Pick<Calendar, 'off' | 'worked' | 'hours' | 'knownUntil'>,
): WorkingTime {
  const days = createWorkingCalendar({ holidays: calendar.off, workedWeekends: calendar.worked })
  const midnightOf = (at: Day) => dayToNumber(at) * dayMs - chinaOffsetMs
  const first = calendar.hours[0]?.[0] ?? 0
  const last = calendar.hours.at(-1)?.[1] ?? 1_440

  /** The spans of a day as moments; none on a day off. */
  const spansOf = (at: Day): readonly (readonly [number, number])[] =>
    days.isWorkingDay(at)
      ? calendar.hours.map(
          ([from, to]) =>
            [midnightOf(at) + from * minuteMs, midnightOf(at) + to * minuteMs] as const,
        )
      : []

  const addTime = (start: number, milliseconds: number): number => {
    let left = milliseconds
    if (left <= 0) return start
    let at = dayAt(start)
    // A calendar of nothing but days off would be broken; the bound keeps it from hanging a phone.
    for (let step = 0; step < 4_000; step += 1, at = addDays(at, 1)) {
      for (const [from, to] of spansOf(at)) {
        const begin = Math.max(from, start)
        if (begin >= to) continue
        if (left <= to - begin) return begin + left
        left -= to - begin
      }
    }
    return start + milliseconds
  }

  const timeBetween = (start: number, end: number): number => {
    let sum = 0
    if (end <= start) return 0
    const lastDay = dayAt(end)
    for (let at = dayAt(start); at <= lastDay; at = addDays(at, 1)) {
      for (const [from, to] of spansOf(at)) {
        sum += Math.max(0, Math.min(to, end) - Math.max(from, start))
      }
    }
    return sum
  }

  const isWorkingTime = (moment: number): boolean =>
    spansOf(dayAt(moment)).some(([from, to]) => moment >= from && moment <= to)

  return {
    ...days,
    knownUntil: calendar.knownUntil,
    closingOf: (at) => midnightOf(at) + last * minuteMs,
    openingOf: (at) => midnightOf(at) + first * minuteMs,
    addTime,
    timeBetween,
    isWorkingTime,
    nextWorkingMoment(moment) {
      if (isWorkingTime(moment)) return moment
      let at = dayAt(moment)
      for (let step = 0; step < 4_000; step += 1, at = addDays(at, 1)) {
        const next = spansOf(at).find(([from]) => from >= moment)
        if (next) return next[0]
      }
      return moment
    },
  }
}
