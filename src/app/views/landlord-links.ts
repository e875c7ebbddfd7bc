/** Landlords' links as screens show them: the one of a door that holds, and whose landlord has not answered this month. */
import type { Day } from '#domain/day.ts'
import { isAnswerMissing } from '#domain/declaration.ts'
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

/** Doors whose landlord has a link and has not said this month how things stand, in the order of their doors. */
export function landlordsSilent(
  register: Pick<Register, 'all' | 'get'>,
  today: Day,
): readonly SilentLandlord[] {
  const held = [...register.all('landlord-link')].filter(({ fields }) => !fields.stopped)
  const answered = new Set(
    held.flatMap(({ fields }) => (isAnswerMissing(fields, today) ? [] : [fields.dwelling])),
  )
  return [...new Set(held.map(({ fields }) => fields.dwelling))]
    .filter((id) => !answered.has(id))
    .map((dwelling) => ({ dwelling, door: doorOf(register as Register, dwelling, true) }))
    .sort((a, b) => a.door.localeCompare(b.door, 'zh', { numeric: true }))
}
