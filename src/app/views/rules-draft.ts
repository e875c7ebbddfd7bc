/** Drafts of the catalogue and of the calendar: what is still missing, and the version that they would be. */
import type { Calendar } from '#domain/calendar.ts'
import { isDay } from '#domain/day.ts'
import type { Catalogue, Item } from '#domain/requests/catalogue.ts'
import type { Unit } from './request-rules.ts'
import { readHours, writeHours } from './working-hours.ts'

export interface CatalogueDraft {
  readonly name: string
  readonly items: readonly Item[]
}

export const itemTexts = ['name', 'nameEn', 'group', 'groupEn'] as const

/** Whether a kind says all that it has to. */
export function isWholeItem(item: Item): boolean {
  return itemTexts.every((name) => item[name].trim() !== '') && isRightLimit(item)
}

export function isRightLimit({ limits }: Item): boolean {
  const count = limits?.answer?.count
  return count === undefined || (Number.isInteger(count) && count >= 1 && count <= 1_000)
}

/** A kind with a name of its own to come, in the group of the last one. */
export function freshItem(id: string, items: readonly Item[]): Item {
  const last = items.at(-1)
  return {
    ...{ id, name: '', nameEn: '', level: 'ordinary' },
    ...{ group: last?.group ?? '', groupEn: last?.groupEn ?? '' },
  }
}

export interface CatalogueShown {
  /** Kinds that do not say all that they have to. */
  readonly wrong: readonly Item[]
  readonly isNameless: boolean
  readonly errors: number
  /** As it would be saved. */
  readonly fields: Catalogue
}

export function catalogueShown(
  newest: Catalogue | null,
  { name, items }: CatalogueDraft,
  units: readonly Unit[],
): CatalogueShown {
  const wrong = items.filter((item) => !isWholeItem(item))
  const isNameless = name.trim() === ''
  return {
    wrong,
    isNameless,
    errors: wrong.length + Number(isNameless),
    fields: {
      ...newest,
      name: name.trim(),
      catalogueVersion: (newest?.catalogueVersion ?? 0) + 1,
      units: units.map((unit) => ({ id: unit.id, name: unit.name })),
      items: [...items],
    },
  }
}

export interface CalendarDraft {
  readonly name: string
  readonly off: readonly string[]
  readonly worked: readonly string[]
  /** As people write them: `08:30-12:00 13:30-17:30`. */
  readonly hours: string
  readonly knownUntil: string
}

export function beginCalendar({ name, off, worked, hours, knownUntil }: Calendar): CalendarDraft {
  return { name, off, worked, hours: writeHours(hours), knownUntil }
}

export interface CalendarShown {
  readonly problems: Readonly<Record<'name' | 'hours' | 'knownUntil', boolean>>
  readonly errors: number
  readonly fields: Calendar
}

export function calendarShown(newest: Calendar, draft: CalendarDraft): CalendarShown {
  const hours = readHours(draft.hours)
  const problems = {
    name: draft.name.trim() === '',
    hours: hours === null,
    knownUntil: !isDay(draft.knownUntil),
  }
  return {
    problems,
    errors: Object.values(problems).filter(Boolean).length,
    fields: {
      ...newest,
      name: draft.name.trim(),
      calendarVersion: newest.calendarVersion + 1,
      ...{ off: [...draft.off], worked: [...draft.worked] },
      hours: hours ?? newest.hours,
      knownUntil: draft.knownUntil,
    },
  }
}
