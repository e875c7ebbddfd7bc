/** The form in which a request is taken: what it holds, what it offers, what is still missing, and where it will be kept. */
import type { Role } from '#domain/account.ts'
import { walksGrids } from '#domain/permission.ts'
import { itemsOffered, type Item } from '#domain/requests/catalogue.ts'
import { siteKinds, type SiteKind } from '#domain/requests/request.ts'
import type { RequestLevel } from '#domain/requests/step.ts'
import type { Register } from '#app/register/register.ts'
import { catalogueHere, officeHere } from './request-rules.ts'

export interface RequestValues {
  /** Id in the catalogue; '' where none was chosen. */
  readonly item: string
  readonly words: string
  readonly where: string
  readonly level: RequestLevel
  readonly source: (typeof sourcesTaken)[number]
  readonly name: string
  readonly phone: string
  readonly isTold: boolean
  readonly isSettled: boolean
  readonly settled: string
}

/** How somebody of the office hears of it; whoever walks the grids hears it at the door. */
export const sourcesTaken = ['desk', 'telephone', 'door'] as const

/** What a request is about; null where it belongs to no door. */
export interface SiteOf {
  readonly kind: SiteKind
  readonly id: string
}

/** Of the address of the form. */
export function siteFrom(params: Readonly<Record<string, string | undefined>>): SiteOf | null {
  for (const kind of siteKinds) {
    const id = params[kind]
    if (id) return { kind, id }
  }
  return null
}

export function beginRequest(site: SiteOf | null, role: Role): RequestValues {
  return {
    ...{ item: '', words: '', where: '', level: 'ordinary', name: '', phone: '' },
    source: site || walksGrids(role) ? 'door' : 'desk',
    ...{ isTold: false, isSettled: false, settled: '' },
  }
}

export function itemsHere(register: Register, role: Role): readonly Item[] {
  const catalogue = catalogueHere(register)
  return catalogue ? itemsOffered(catalogue, role) : []
}

/** Items that go to an office's own stream, as far as this role may choose them. */
export function officeItemsHere(register: Register, role: Role): readonly Item[] {
  return itemsHere(register, role).filter(isForOffice)
}

/** Complaints and reports: no worker and no unit may hold them. */
export function isForOffice(item: Pick<Item, 'isStaffOnly' | 'isAboutStaff'> | null): boolean {
  return item?.isStaffOnly === true || item?.isAboutStaff === true
}

export interface RequestProblems {
  readonly words: boolean
  readonly phone: boolean
  readonly settled: boolean
}

export function problemsOfRequest(value: RequestValues): RequestProblems {
  return {
    words: value.words.trim() === '' && value.item === '',
    phone: !isTelephone(value.phone),
    settled: value.isSettled && value.settled.trim() === '',
  }
}

/** Nothing, or as somebody types a number that can be dialled. */
export function isTelephone(text: string): boolean {
  const phone = text.trim()
  return phone === '' || /^\+?\d[\d -]{3,18}\d$/.test(phone)
}

/**
 * The stream that will hold it: an office's own, the grid of the door, or of what belongs to no door the first grid, where
 * the office finds it. Null where this device has none.
 */
export function streamOfRequest(
  register: Register,
  site: SiteOf | null,
  item: Item | null,
): string | null {
  if (isForOffice(item)) return officeHere(register, item?.isAboutStaff === true)
  const stream = site ? register.get(site.kind, site.id)?.stream : undefined
  return stream ?? register.grids()[0]?.id ?? null
}
