/**
 * Coverage 探访关爱: which elderly people in special difficulty somebody met this month. Nobody keeps a list of it: it is
 * read from tags, households and visits. Whom it means and which visits count is data of the scheme.
 */
import { instantToDay, type Day } from './day.ts'
import { evaluate, type Verdict } from './evaluate.ts'
import type { Subject } from './facts.ts'
import { lastMetOf } from './due.ts'
import type { Condition, Coverage, Scheme } from './scheme.ts'
import type { Visit } from './visit.ts'
import { createWorkingCalendar, type WorkingCalendar } from './working-days.ts'

const is = (fact: string): Condition => ({ fact, op: 'is', value: true })

/**
 * What the product starts with, after the opinion of ten ministries of 2022 on visits of care: people of 60 and more who
 * live alone or without their children, are incapacitated or severely disabled, or are supported as 特困. Visits at the
 * door and by telephone count, and so do those by video; a neighbour's word does not.
 */
export const defaultCoverage: Coverage = {
  when: {
    all: [
      { fact: 'age', op: 'at-least', value: 60 },
      {
        any: [
          is('livesAlone'),
          is('noChildAtHome'),
          is('tag.incapacitated'),
          { all: [is('tag.disabled'), { fact: 'disabilityGrade', op: 'at-most', value: 2 }] },
          is('tag.tekun'),
        ],
      },
    ],
  },
  channels: ['door', 'telephone', 'video'],
}

/** What a scheme says of it; one from before there was coverage says nothing, and the product's own counts. */
export function coverageOf(scheme: Scheme): Coverage {
  return scheme.coverage ?? defaultCoverage
}

/** 人不在户在 and 人不在户不在. */
const livesElsewhere: ReadonlySet<string> = new Set(['3', '4'])

const calendars = new WeakMap<Scheme, WorkingCalendar>()

/** Whether a resident is one of those whom coverage means today, and when time alone could change that. */
export function isMeant(subject: Subject, scheme: Scheme, today: Day): Verdict {
  // Of two doors of a person only the one behind which they live: nobody can meet them at the other.
  if (subject.kind === 'resident' && livesElsewhere.has(subject.context.resident.residence ?? '')) {
    return { holds: false, next: null }
  }
  const calendar = calendars.get(scheme) ?? createWorkingCalendar(scheme)
  calendars.set(scheme, calendar)
  return evaluate(coverageOf(scheme).when, subject, today, calendar)
}

/** Year and month of a day: 2026-11. */
export function monthOf(day: Day): string {
  return day.slice(0, 7)
}

/** Whether somebody who was met last on a day was met in the month of another: once, however often that was. */
export function isMetInMonth(lastMet: Day | null, today: Day): boolean {
  return lastMet !== null && monthOf(lastMet) >= monthOf(today)
}

/**
 * The day on which a resident was met last by one of the ways that count. As with colours, a visit that met the
 * household met everyone in it, from the day on which each came there.
 */
export function lastMetBy(
  visits: Iterable<Pick<Visit, 'resident' | 'outcome' | 'channel' | 'at'>>,
  channels: Coverage['channels'],
  resident: string,
  joinedOn: Day | null | undefined,
): Day | null {
  const own: string[] = []
  const household: string[] = []
  for (const { outcome, channel, at, resident: met } of visits) {
    if (outcome !== 'met' || !channels.includes(channel)) continue
    if (!met) household.push(at)
    else if (met === resident) own.push(at)
  }
  return lastMetOf(lastDay(own), lastDay(household), joinedOn)
}

function lastDay(moments: readonly string[]): Day | null {
  const last = [...moments].sort().at(-1)
  return last === undefined ? null : instantToDay(last)
}
