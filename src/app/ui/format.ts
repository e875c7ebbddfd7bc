/** Days, ages and times as people say them; the words come from the word list. */
import { ageOn, daysBetween, instantToDay, instantToTime, weekday, type Day } from '#domain/day.ts'
import type { Words } from './words/zh-CN.ts'

/** `11月16日`, with the year where it is not this one. */
export function formatDay(words: Words, day: Day, today: Day): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return today.startsWith(day.slice(0, 4))
    ? words.shell.monthDay(month, date)
    : words.shell.yearMonthDay(year, month, date)
}

/** 今天, 周五 within the coming week, else the day. */
export function formatSoon(words: Words, day: Day, today: Day): string {
  const days = daysBetween(today, day)
  if (days === 0) return words.shell.ago(0)
  return days > 0 && days < 7 ? words.shell.weekday(weekday(day)) : formatDay(words, day, today)
}

/** 今天, 昨天, 3天前, else the day. */
export function formatAgo(words: Words, day: Day, today: Day): string {
  const days = daysBetween(day, today)
  if (days >= 0 && days <= 30) return words.shell.ago(days)
  return formatDay(words, day, today)
}

/** `周一 11月23日`. */
export function formatWeekday(words: Words, day: Day): string {
  const [, month, date] = day.split('-').map(Number) as [number, number, number]
  return words.today.date(month, date, words.shell.weekday(weekday(day)))
}

/** `14:32` today, else with the day. */
export function formatMoment(words: Words, instant: string, today: Day): string {
  const day = instantToDay(instant)
  const time = instantToTime(instant)
  return day === today ? time : `${formatDay(words, day, today)} ${time}`
}

export function formatAge(words: Words, birth: Day | null | undefined, today: Day): string | null {
  return birth ? words.shell.age(ageOn(birth, today)) : null
}

/** In MB or GB, as the settings of a phone say it. */
export function formatBytes(bytes: number): string {
  const mega = bytes / 1_000_000
  return mega < 1_000 ? `${mega.toFixed(mega < 10 ? 1 : 0)} MB` : `${(mega / 1_000).toFixed(1)} GB`
}

/** Facts in one line, those that are known: `独居，7天前见过`. */
export function formatFacts(
  words: Words,
  facts: readonly (string | false | null | undefined)[],
): string {
  return facts.filter(Boolean).join(words.language === 'en' ? ', ' : '，')
}

/** Names one after another: `张三、李四`. */
export function formatNames(words: Words, names: readonly string[]): string {
  return names.join(words.language === 'en' ? ', ' : '、')
}

/** Something with what it is beside it: `第一网格（网格）`. */
export function formatAside(words: Words, text: string, aside: string | number): string {
  return words.language === 'en' ? `${text} (${String(aside)})` : `${text}（${String(aside)}）`
}
