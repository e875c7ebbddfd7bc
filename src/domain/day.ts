/** Calendar days of the register, always those of China Standard Time (UTC+8, no summer time). */

/** `YYYY-MM-DD`, a Gregorian calendar day in China. */
export type Day = string

/** An instant as ISO 8601 in UTC with milliseconds, e.g. `2026-11-23T06:32:00.000Z`. */
export type Instant = string

const MS_PER_DAY = 86_400_000
const CHINA_OFFSET = 8 * 3_600_000

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whole days since 1970-01-01 of a day; NaN where the text is no day. */
export function dayToNumber(day: Day): number {
  const match = pattern.exec(day)
  if (!match) return NaN
  return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / MS_PER_DAY
}

/** Written once each: colouring a village asks for some hundred thousand days, of which some thousand differ. */
const written = new Map<number, Day>()
const mostWritten = 50_000

export function numberToDay(number: number): Day {
  const known = written.get(number)
  if (known !== undefined) return known
  const day = new Date(number * MS_PER_DAY).toISOString().slice(0, 10)
  if (written.size >= mostWritten) written.clear()
  written.set(number, day)
  return day
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

/** True for an existing day written `YYYY-MM-DD` (so 2026-02-30 is none). */
export function isDay(text: string): boolean {
  const number = dayToNumber(text)
  return !Number.isNaN(number) && numberToDay(number) === text
}

/** What comes later is written with a sign and six digits of the year, which sorts wrong and PostgreSQL refuses. */
const lastMoment = Date.parse('9999-12-31T23:59:59.999Z')

/** True of an ISO 8601 instant on an existing day: `Date.parse` takes the 31st of February for the 3rd of March. */
export function isMoment(text: string): boolean {
  // No place on earth is further from UTC than 14 hours, and PostgreSQL reads no more than 15:59.
  const [, hours = '0'] = /[+-](\d\d):?\d\d$/.exec(text.slice(10)) ?? []
  return isDay(text.slice(0, 10)) && Number(hours) < 15 && Date.parse(text) <= lastMoment
}

export function addDays(day: Day, days: number): Day {
  return numberToDay(dayToNumber(day) + days)
}

/** Days from one day to another; negative where `to` lies before `from`. */
export function daysBetween(from: Day, to: Day): number {
  return dayToNumber(to) - dayToNumber(from)
}

/** The same day of the month some months later; the month's last day where that one does not exist. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = parts(day)
  const count = year * 12 + month - 1 + months
  const [inYear, inMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  const last = inMonth === 2 && isLeapYear(inYear) ? 29 : (monthLengths[inMonth - 1] ?? 31)
  return `${String(inYear).padStart(4, '0')}-${twoDigits(inMonth)}-${twoDigits(Math.min(date, last))}`
}

/**
 * The day on which somebody born on `birth` turns `years`: in common years 28 February for a 29th.
 * Written without a date object, since colouring a village asks it some hundred thousand times.
 */
export function birthday(birth: Day, years: number): Day {
  const year = Number(birth.slice(0, 4)) + years
  const rest = birth.slice(4)
  return `${String(year).padStart(4, '0')}${rest === '-02-29' && !isLeapYear(year) ? '-02-28' : rest}`
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Full years of age on a day, GB/T 2261-style "周岁". */
export function ageOn(birth: Day, today: Day): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4))
  return today < birthday(birth, years) ? years - 1 : years
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: Day): number {
  return (((dayToNumber(day) + 4) % 7) + 7) % 7
}

/** The day in China at an instant given in milliseconds since 1970. */
export function dayAt(milliseconds: number): Day {
  return numberToDay(Math.floor((milliseconds + CHINA_OFFSET) / MS_PER_DAY))
}

/** The day in China of an ISO instant. */
export function instantToDay(instant: Instant): Day {
  return dayAt(Date.parse(instant))
}

/** `HH:MM` in China of an ISO instant. */
export function instantToTime(instant: Instant): string {
  return new Date(Date.parse(instant) + CHINA_OFFSET).toISOString().slice(11, 16)
}

function parts(day: Day): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
}

/** The first of two days; null is none. */
export function earlier(a: Day | null, b: Day | null): Day | null {
  if (a === null) return b
  return b === null || a < b ? a : b
}
