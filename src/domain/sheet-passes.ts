/** Which rows a table's filter lets through. */
import { isByHand } from './colour-of.ts'
import { addMonths, ageOn, type Day } from './day.ts'
import { isFloating, livesApartFromHukou } from './residence.ts'
import { isPresent } from './resident.ts'
import { careLookOf, caresOf, tagsOf, type SheetRow } from './sheet-columns.ts'
import {
  filterDays,
  reasonByHand,
  type MissingFact,
  type Presence,
  type SheetFilter,
} from './sheet-filter.ts'

/** Where the row is; the ids behind the names. */
export interface RowPlace {
  readonly gridId: string
  readonly buildingId: string | null
}

/** Whether a row belongs into the table. The cheap questions come first: 33,000 rows are asked. */
export function passes(row: SheetRow & RowPlace, filter: SheetFilter): boolean {
  return (
    isOfPresence(row, filter.presence ?? 'present') &&
    isAt(row, filter) &&
    isOfAge(row, filter) &&
    isOfResidence(row, filter) &&
    isAmong(filter.uses, row.dwelling?.use) &&
    (isEmpty(filter.tags) || tagsOf(row).some(({ tag }) => filter.tags?.includes(tag))) &&
    (!filter.vehicles || row.plates.length > 0) &&
    hasCare(row, filter.care) &&
    isLacking(row, filter.missing) &&
    hasArrived(row, filter) &&
    isAmong(filter.colours, isEmpty(filter.colours) ? null : row.colour) &&
    isDue(row, filter) &&
    wasMet(row, filter) &&
    isBecause(row, filter.reasons)
  )
}

/** Whether it leaves anybody out who lives here now. */
export function isFiltering(filter: SheetFilter): boolean {
  return countFilters(filter) > 0
}

/** How many questions it asks. */
export function countFilters(filter: SheetFilter): number {
  const { ageFrom, ageTo, presence, ...rest } = filter
  // From one day to another is one question.
  const whole = Object.entries(rest).filter(
    ([key]) => !filterDays.some((kind) => key === `${kind}From` || key === `${kind}To`),
  )
  const others = whole.filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined,
  )
  const spans = [[ageFrom, ageTo], ...filterDays.map((kind) => daysOf(filter, kind))].filter(
    (ends) => ends.some((end) => end !== null && end !== undefined),
  )
  return others.length + spans.length + Number((presence ?? 'present') !== 'present')
}

/** The first and the last day of a kind that pass; null where there is no end. */
export function daysOf(
  filter: SheetFilter,
  kind: (typeof filterDays)[number],
): readonly [from: Day | null, to: Day | null] {
  return [filter[`${kind}From`] ?? null, filter[`${kind}To`] ?? null]
}

/** What is not known lies between no days. */
function isBetween(day: Day | null | undefined, [from, to]: ReturnType<typeof daysOf>): boolean {
  if (from === null && to === null) return true
  if (!day) return false
  return (from === null || day >= from) && (to === null || day <= to)
}

function isEmpty(chosen: readonly unknown[] | null | undefined): boolean {
  return !chosen || chosen.length === 0
}

function isAmong<T>(chosen: readonly T[] | null | undefined, value: T | null | undefined): boolean {
  if (isEmpty(chosen)) return true
  return value !== null && value !== undefined && (chosen?.includes(value) ?? false)
}

export function isOfPresence(row: SheetRow, presence: Presence): boolean {
  if (presence === 'all') return true
  return isGone(row) === (presence === 'gone')
}

/** A dwelling never leaves. */
export function isGone({ resident, household }: SheetRow): boolean {
  if (resident) return !isPresent(resident)
  return Boolean(household?.endedOn)
}

function isAt(row: SheetRow & RowPlace, { grid, estate, building }: SheetFilter): boolean {
  if (grid && row.gridId !== grid) return false
  if (building && row.buildingId !== building) return false
  return !estate || row.building?.estate === estate
}

function hasCare(row: SheetRow, care: SheetFilter['care']): boolean {
  if (!care) return true
  if (care === 'some') return caresOf(row).length > 0
  const look = careLookOf(row)
  return look !== null && look <= row.today
}

/** Of households and dwellings: whether somebody of that age lives there. */
function isOfAge(row: SheetRow, { ageFrom, ageTo }: SheetFilter): boolean {
  if ((ageFrom ?? null) === null && (ageTo ?? null) === null) return true
  return peopleOf(row).some(({ birth, diedOn }) => {
    if (!birth) return false
    const age = ageOn(birth, diedOn ?? row.today)
    return age >= (ageFrom ?? 0) && age <= (ageTo ?? 150)
  })
}

function isOfResidence(row: SheetRow, { residences: chosen }: SheetFilter): boolean {
  if (isEmpty(chosen)) return true
  return peopleOf(row).some(
    (person) =>
      (chosen?.includes('floating') === true && isFloating(person)) ||
      (chosen?.includes('apart') === true && livesApartFromHukou(person)) ||
      isAmong<string>(chosen, person.residence),
  )
}

function isLacking(row: SheetRow, missing: readonly MissingFact[] | null | undefined): boolean {
  return isEmpty(missing) || (missing ?? []).some((fact) => lacks(row, fact))
}

/** A household or dwelling lacks what one of its people lacks; only people have a notice or a relation. */
function lacks(row: SheetRow, fact: MissingFact): boolean {
  if (fact === 'verified') return row.colour === 'grey'
  if (fact === 'landlord') {
    const use = row.dwelling?.use
    return (use === 'rental' || use === 'group-rental') && !row.dwelling?.landlordPhone
  }
  return peopleOf(row).some((person) => {
    if (fact === 'phone') return isEmpty(person.phones)
    if (fact === 'document') return !person.documentNumber
    if (fact === 'birth') return !person.birth
    if (fact === 'residence') return !person.residence
    if (fact === 'hukou') return !person.hukouDivision && !person.hukouAddress
    if (fact === 'relation') return !person.relation
    return !person.noticeOn
  })
}

/** Of households and dwellings: whether somebody who lives there moved in then. */
function hasArrived(row: SheetRow, filter: SheetFilter): boolean {
  const days = daysOf(filter, 'arrived')
  const { arrivedWithin } = filter
  if (days[0] === null && days[1] === null && !arrivedWithin) return true
  const since = arrivedWithin ? addMonths(row.today, -arrivedWithin) : null
  return peopleOf(row).some(
    ({ arrivedOn }) =>
      arrivedOn &&
      isBetween(arrivedOn, days) &&
      (since === null || (arrivedOn > since && arrivedOn <= row.today)),
  )
}

/** Met on these days, or never where that is asked for: either is enough. */
function wasMet(row: SheetRow, filter: SheetFilter): boolean {
  const days = daysOf(filter, 'met')
  const isAsked = days.some((day) => day !== null)
  if (!isAsked && !filter.neverMet) return true
  const { lastMet } = row
  return lastMet === null ? filter.neverMet === true : isAsked && isBetween(lastMet, days)
}

function isBecause(row: SheetRow, reasons: SheetFilter['reasons']): boolean {
  if (isEmpty(reasons)) return true
  return row.reasons.some((reason) =>
    reasons?.includes(isByHand(reason) ? reasonByHand : reason.rule),
  )
}

function isDue(row: SheetRow, filter: SheetFilter): boolean {
  if (!isBetween(row.due?.on, daysOf(filter, 'due'))) return false
  const { due } = filter
  if (!due) return true
  if (!row.due) return false
  return due === 'overdue' ? row.due.overdue > 0 : row.due.overdue >= -7
}

function peopleOf(row: SheetRow): SheetRow['people'] {
  return row.resident ? [row.resident] : row.people
}
