/** What an office's catalogue and calendar say together: the limits of each kind of matter, and the time they run in. */
import { createWorkingTime, defaultCalendar, type Calendar, type WorkingTime } from '../calendar.ts'
import type { Catalogue, Item } from './catalogue.ts'
import { defaultLimits, type Limits } from './clocks.ts'
import type { RequestLevel } from './step.ts'

export interface RequestRules {
  readonly time: WorkingTime
  /** Null of no item, and of one that the catalogue does not have. */
  itemOf(id: string | null | undefined): Item | null
  /** The limits of an item by level; those of the product where the catalogue says nothing. */
  limitsOf(item: string | null | undefined): (level: RequestLevel) => Limits
  /** Of which versions they are: where it differs, dues have to be counted anew. */
  readonly key: string
}

/** Null: the office has none yet, and the product's own counts. */
export function createRequestRules(
  catalogue: Catalogue | null,
  calendar: Calendar | null,
): RequestRules {
  const items = new Map((catalogue?.items ?? []).map((item) => [item.id, item]))
  const itemOf = (id: string | null | undefined) => (id ? (items.get(id) ?? null) : null)
  return {
    time: createWorkingTime(calendar ?? defaultCalendar),
    itemOf,
    limitsOf(id) {
      const item = itemOf(id)
      return (level) => limitsAt(item, level)
    },
    key: `${catalogue?.catalogueVersion ?? 0}/${calendar?.calendarVersion ?? 0}`,
  }
}

/** What an item says of its limits counts at its own level: a level that was raised has the limits of that level. */
function limitsAt(item: Item | null, level: RequestLevel): Limits {
  const common = defaultLimits[level]
  if (!item?.limits || item.level !== level) return common
  const { accept, sign, answer, callBack } = item.limits
  return {
    ...common,
    accept: accept ?? common.accept,
    sign: sign ?? common.sign,
    answer: answer ?? common.answer,
    callBack: callBack ?? common.callBack,
  }
}

/** The newest of some catalogues or calendars; null of none. */
export function newestCatalogue(all: Iterable<Catalogue>): Catalogue | null {
  let newest: Catalogue | null = null
  for (const one of all) {
    if (!newest || one.catalogueVersion > newest.catalogueVersion) newest = one
  }
  return newest
}

export function newestCalendar(all: Iterable<Calendar>): Calendar | null {
  let newest: Calendar | null = null
  for (const one of all) {
    if (!newest || one.calendarVersion > newest.calendarVersion) newest = one
  }
  return newest
}
