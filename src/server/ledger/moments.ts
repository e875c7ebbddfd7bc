/**
 * When something happened, by the server's clock. A device's clock may be off, may have been off at the act alone (an
 * empty battery puts some back to 2015), or at sending alone. What it says is corrected by the skew measured at sending;
 * what cannot be true then takes the moment of receipt, and what was said is kept.
 *
 * A moment cannot be true where it lies after its receipt, before the server's last word to the device before the act
 * (`heard`, from protocol 3 on), or so long before its receipt that no device works unsent for that time. Then the
 * device's own word is tried without the correction: a clock may be wrong at sending alone.
 */
import { dayAt, isDay, type Day, type Instant } from '#domain/day.ts'
import type { Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { ChangeRow } from './draft.ts'

export interface Moment {
  /** By the server's clock, never after its receipt. */
  readonly at: Instant
  /** False where it is the moment of receipt, because nothing that the device said can be true. */
  readonly isSaid: boolean
}

interface Clocks {
  /** Device time minus server time, measured at sending. */
  readonly skewMs: number
  /** Of the receipt. */
  readonly now: number
}

/** What a phone and a server differ by although both are right. */
const toleranceMs = 10 * 60_000
/** A device's session and its tombstones have run out long before. */
const longestUnsentMs = 400 * 86_400_000

export function momentOf(
  { at, heard }: Pick<Mutation, 'at' | 'heard'>,
  { skewMs, now }: Clocks,
): Moment {
  const said = Date.parse(at)
  const last = heard === undefined ? NaN : Date.parse(heard)
  // A word that lies after the receipt is of a server that was put back.
  const known = Number.isNaN(last) ? -Infinity : Math.min(last, now)
  const earliest = Math.max(now - longestUnsentMs, known - toleranceMs)
  for (const moment of [said - skewMs, said]) {
    if (moment >= earliest && moment <= now + toleranceMs) {
      return { at: toInstant(Math.min(moment, now)), isSaid: true }
    }
  }
  // Ahead at the act, right again at sending: it was done before now, and nothing says when.
  return { at: toInstant(now), isSaid: false }
}

const toInstant = (moment: number): Instant => new Date(moment).toISOString()

type Values = Readonly<Record<string, unknown>>

export interface Mended {
  readonly fields: Values
  /** Name to [said, taken]. */
  readonly noted: ChangeRow['fields']
}

/** Kinds with a moment of their own, which the device fills in. */
const isMoment = (field: string) => field === 'at'

/**
 * A new record's fields with the times that the device filled in by its clock set right: the moment of an act, and each
 * day that is the device's own today. A moment that a person chose stays, unless it cannot be true.
 */
export function timesMended(
  kind: Kind,
  fields: Values,
  { at: actedAt }: Pick<Mutation, 'at'>,
  moment: Moment,
  now: number,
): Mended {
  const { fields: dated, noted } = daysMended(kind, fields, actedAt, moment)
  const { at } = fields
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return { fields: dated, noted }
  const said = Date.parse(at)
  const right = Date.parse(moment.at)
  const byTheClock = Math.abs(said - Date.parse(actedAt)) <= toleranceMs
  const isOff = byTheClock && Math.abs(said - right) > toleranceMs
  if (moment.isSaid && !isOff && said <= now) return { fields: dated, noted }
  const isDoubtful = !moment.isSaid || (said > now && !byTheClock)
  const saidAt = moment.isSaid ? at : actedAt
  return {
    fields: { ...dated, at: moment.at, ...(isDoubtful ? { saidAt } : {}) },
    noted: { ...noted, at: [at, moment.at] },
  }
}

/**
 * The device's own today, wherever it stands (moved out, told, verified, a tag from), as the day that it was: a device
 * fills it in by itself, and a person who reads it off such a clock means the same day.
 */
export function daysMended(kind: Kind, fields: Values, actedAt: Instant, moment: Moment): Mended {
  const off = Math.abs(Date.parse(actedAt) - Date.parse(moment.at))
  const today = dayAt(Date.parse(actedAt))
  const right = dayAt(Date.parse(moment.at))
  if (!(off > toleranceMs) || today === right || !isLived.has(kind)) return { fields, noted: {} }
  const noted: Record<string, readonly [unknown, unknown]> = {}
  const mended: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    const after = isMoment(field) ? value : withDay(value, today, right)
    mended[field] = after
    if (after !== value) noted[field] = [value, after]
  }
  return { fields: mended, noted }
}

/** Kinds in which a person writes down days; what an office plans ahead (a scheme, a policy) is not the day of an act. */
const isLived: ReadonlySet<Kind> = new Set<Kind>([
  'building',
  'dwelling',
  'household',
  'resident',
  'visit',
  'arrival',
  'departure',
  'declaration-answer',
  'landlord-link',
  'vehicle',
])

/** A value with one day in the place of another, also inside lists and objects; the same value where there is none. */
function withDay(value: unknown, from: Day, to: Day): unknown {
  if (typeof value === 'string') return value === from && isDay(value) ? to : value
  if (Array.isArray(value)) {
    const list = value.map((one: unknown) => withDay(one, from, to))
    return list.some((one, index) => one !== value[index]) ? list : value
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, one]: [string, unknown]) => [
    name,
    withDay(one, from, to),
  ])
  return entries.some(([name, one]) => one !== (value as Values)[name as string])
    ? Object.fromEntries(entries)
    : value
}
