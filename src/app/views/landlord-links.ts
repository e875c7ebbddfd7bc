/** Landlords' links as screens show them: the one of a door that holds, and whose landlord has not answered this month. */
import type { Day } from '#domain/day.ts'
import { isAnswerMissing, isLinkOver } from '#domain/declaration.ts'
import type { Register } from '#app/register/register.ts'
import { doorOf } from './door.ts'
import type { Rec } from './records.ts'

export type LandlordLink = Rec<'landlord-link'>

/** Those of a dwelling that hold: one, unless two colleagues gave one each without a signal. */
export function linksHeld(
  register: Pick<Register, 'all'>,
  dwelling: string,
): readonly LandlordLink[] {
  return [...register.all('landlord-link')]
    .filter(({ fields }) => fields.dwelling === dwelling && !fields.stopped)
    .sort((a, b) => (a.fields.made < b.fields.made ? 1 : -1))
}

/** Where a link makes sense: the door is let, or its landlord has one already. */
export function takesLandlordLink(
  register: Pick<Register, 'all' | 'get'>,
  dwelling: string,
): boolean {
  const use = register.get('dwelling', dwelling)?.fields.use
  return use === 'rental' || use === 'group-rental' || linksHeld(register, dwelling).length > 0
}

export interface SilentLandlord {
  readonly dwelling: string
  readonly door: string
}

/** Whether a link opens nothing any more: it grew old, or its door is not let. */
export function isExpired(
  register: Pick<Register, 'get'>,
  { fields }: LandlordLink,
  today: Day,
): boolean {
  return isLinkOver(fields, register.get('dwelling', fields.dwelling)?.fields.use, today)
}

/** Doors whose landlord has a link that opens and has not said this month how things stand, in the order of their doors. */
export function landlordsSilent(
  register: Pick<Register, 'all' | 'get'>,
  today: Day,
): readonly SilentLandlord[] {
  const held = [...register.all('landlord-link')].filter(
    (link) => !isExpired(register, link, today),
  )
  const answered = new Set(
    held.flatMap(({ fields }) => (isAnswerMissing(fields, today) ? [] : [fields.dwelling])),
  )
  return [...new Set(held.map(({ fields }) => fields.dwelling))]
    .filter((id) => !answered.has(id))
    .map((dwelling) => ({ dwelling, door: doorOf(register as Register, dwelling, true) }))
    .sort((a, b) => a.door.localeCompare(b.door, 'zh', { numeric: true }))
}
