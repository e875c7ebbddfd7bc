/** The codes on walls as an office looks at them: by building, those in use first. */
import type { PageSettings } from '#domain/ask/limits.ts'
import type { Role } from '#domain/account.ts'
import { itemsOffered, type Item } from '#domain/requests/catalogue.ts'
import { catalogueHere } from '#app/register/request-rules.ts'
import type { Rec, Register } from '#app/register/register.ts'

export type ListedCode = Rec<'code'>

export interface CodesOfBuilding {
  /** Of the building, or of the grid for places without one. */
  readonly key: string
  readonly head: string
  readonly codes: readonly ListedCode[]
}

export function codesByBuilding(register: Register): readonly CodesOfBuilding[] {
  const groups = new Map<string, { head: string; codes: ListedCode[] }>()
  for (const code of register.all('code')) {
    const building = code.fields.building ? register.get('building', code.fields.building) : null
    const key = building?.id ?? code.stream
    const head = building
      ? [building.fields.estate, building.fields.name].filter(Boolean).join(' ')
      : (register.get('place', code.stream)?.fields.name ?? '')
    const group = groups.get(key) ?? { head, codes: [] }
    group.codes.push(code)
    groups.set(key, group)
  }
  const byName = new Intl.Collator('zh-CN', { numeric: true })
  const rank = ({ fields }: ListedCode) => (fields.stopped ? 1 : 0)
  return [...groups]
    .map(([key, { head, codes }]) => ({
      ...{ key, head },
      codes: codes.sort(
        (a, b) => rank(a) - rank(b) || byName.compare(a.fields.name, b.fields.name),
      ),
    }))
    .sort((a, b) => byName.compare(a.head, b.head))
}

/** What the nearest place above says of its pages; null where none does. */
export function pageSettingsAbove(register: Register, place: string): PageSettings | null {
  return register.pathOf(place).findLast(({ fields }) => fields.page)?.fields.page ?? null
}

/** Where the resident's page is, as the newest code in use says it; null where this device has none. */
export function pageAddressHere(register: Register, stream: string): string | null {
  const codes = [...register.all('code')].filter(({ fields }) => !fields.stopped)
  const near = codes.filter((code) => code.stream === stream)
  const newest = (near.length > 0 ? near : codes).sort((a, b) => b.version - a.version)[0]
  return newest?.fields.address ?? null
}

export function hasCodes(register: Register): boolean {
  for (const _ of register.all('code')) return true
  return false
}

/** The kinds of matters that somebody of a role may have a request of. */
export function itemsHeld(register: Register, role: Role): readonly Item[] {
  const catalogue = catalogueHere(register)
  return catalogue ? itemsOffered(catalogue, role) : []
}
