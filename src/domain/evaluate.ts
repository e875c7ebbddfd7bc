/**
 * Conditions on a day. Besides whether it holds, each tells the next day on which time alone could change that:
 * before it nothing changes, at it something may.
 */
import { addDays, addMonths, ageOn, birthday, daysBetween, earlier, type Day } from './day.ts'
import { readFact, type FactValue, type Subject, type Unit } from './facts.ts'
import type { Condition } from './scheme.ts'
import { addWorkingDays, workingDaysPassed, type WorkingCalendar } from './working-days.ts'

export interface Verdict {
  readonly holds: boolean
  readonly next: Day | null
}

const fails: Verdict = { holds: false, next: null }

export function evaluate(
  condition: Condition,
  subject: Subject,
  today: Day,
  calendar: WorkingCalendar,
): Verdict {
  if ('all' in condition) return combine(condition.all, true, subject, today, calendar)
  if ('any' in condition) return combine(condition.any, false, subject, today, calendar)
  if ('not' in condition) {
    const { holds, next } = evaluate(condition.not, subject, today, calendar)
    return { holds: !holds, next }
  }
  const fact = readFact(subject, condition.fact, today)
  if (condition.op === 'any-of') {
    if (fact.type !== 'value' || fact.value === null) return unknownVerdict(fact)
    return { holds: condition.value.includes(String(fact.value)), next: fact.next }
  }
  return compare(fact, condition.op, condition.value, today, calendar)
}

/**
 * `all` (wanted true) stops at the first part that fails for good, `any` at the first that holds for good: what is
 * settled whatever the day needs no further reading, and time cannot change it.
 */
function combine(
  parts: readonly Condition[],
  wanted: boolean,
  subject: Subject,
  today: Day,
  calendar: WorkingCalendar,
): Verdict {
  let holds = wanted
  let next: Day | null = null
  for (const part of parts) {
    const verdict = evaluate(part, subject, today, calendar)
    if (verdict.holds !== wanted) {
      if (verdict.next === null) return { holds: !wanted, next: null }
      holds = !wanted
    }
    next = earlier(next, verdict.next)
  }
  return { holds, next }
}

function compare(
  fact: FactValue,
  op: 'is' | 'at-least' | 'at-most',
  value: string | number | boolean,
  today: Day,
  calendar: WorkingCalendar,
): Verdict {
  if (fact.type === 'value') {
    if (fact.value === null) return unknownVerdict(fact)
    return { holds: compareValues(fact.value, op, value), next: fact.next }
  }
  if (typeof value !== 'number' || fact.day === null) return fails
  const { day } = fact
  // Both kinds of count are steps in time: "at least n" of a growing one begins on a day and stays.
  const growing = fact.type === 'since'
  const reached = (count: number): Day =>
    fact.type === 'since'
      ? firstDayOf(fact.unit, day, bounded(count, fact.unit), calendar)
      : addDays(day, -bounded(count, 'days'))
  // A count is whole: at least 2.5 is at least 3.
  if (op === 'at-least') {
    const start = reached(Math.ceil(value))
    return growing ? from(start, today) : before(dayAfter(start), today)
  }
  if (op === 'at-most') {
    const most = Math.floor(value)
    return growing ? before(reached(most + 1), today) : from(reached(most), today)
  }
  if (!Number.isInteger(value)) return fails
  const start = reached(value)
  if (today < start) return { holds: false, next: start }
  return before(growing ? reached(value + 1) : dayAfter(start), today)
}

/** Nobody counts further; a scheme with a number beyond must not leave the calendar nor keep a phone counting. */
const furthest: Readonly<Record<Unit, number>> = {
  years: 300,
  months: 3_600,
  days: 110_000,
  'working-days': 2_000,
}

function bounded(count: number, unit: Unit): number {
  return Math.max(-furthest[unit], Math.min(furthest[unit], count))
}

function compareValues(
  actual: string | number | boolean,
  op: 'is' | 'at-least' | 'at-most',
  value: string | number | boolean,
): boolean {
  if (op === 'is') return actual === value
  if (typeof actual !== 'number' || typeof value !== 'number') return false
  return op === 'at-least' ? actual >= value : actual <= value
}

function unknownVerdict(fact: FactValue): Verdict {
  return fact.type === 'value' && fact.next !== null ? { holds: false, next: fact.next } : fails
}

/** Holds from a day on. */
function from(start: Day, today: Day): Verdict {
  return today >= start ? { holds: true, next: null } : { holds: false, next: start }
}

/** Holds until the day before `end`. */
function before(end: Day, today: Day): Verdict {
  return today < end ? { holds: true, next: end } : fails
}

/** The first day on which so many full units have passed. */
function firstDayOf(unit: Unit, day: Day, count: number, calendar: WorkingCalendar): Day {
  switch (unit) {
    case 'years':
      return birthday(day, count)
    case 'months':
      return addMonths(day, count)
    case 'days':
      return addDays(day, count)
    case 'working-days':
      // None has passed on the day itself and until the first is over.
      return count > 0 ? dayAfter(addWorkingDays(calendar, day, count)) : day
  }
}

/** A fact as the words of a reason show it: a number of units on the day, or the value. */
export function factToNumber(
  fact: FactValue,
  today: Day,
  calendar: WorkingCalendar,
): string | number | null {
  if (fact.type === 'value') {
    return typeof fact.value === 'boolean' ? (fact.says ?? null) : fact.value
  }
  if (fact.day === null) return null
  if (fact.type === 'until') return daysBetween(today, fact.day)
  switch (fact.unit) {
    case 'years':
      return ageOn(fact.day, today)
    case 'months':
      return monthsBetween(fact.day, today)
    case 'days':
      return daysBetween(fact.day, today)
    case 'working-days':
      return workingDaysPassed(calendar, fact.day, today)
  }
}

function monthsBetween(since: Day, today: Day): number {
  const months =
    (Number(today.slice(0, 4)) - Number(since.slice(0, 4))) * 12 +
    Number(today.slice(5, 7)) -
    Number(since.slice(5, 7))
  return today < addMonths(since, months) ? months - 1 : months
}

function dayAfter(day: Day): Day {
  return addDays(day, 1)
}
