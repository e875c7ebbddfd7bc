/** What an office decides with about the hotline: where a request may go, as what, and which places a system may serve. */
import type { Role } from '#domain/account.ts'
import { mayHoldItem, type Item } from '#domain/requests/catalogue.ts'
import type { WaitingRequest } from '#protocol/hotline.ts'
import type { Register } from '#app/register/register.ts'
import { placesOffered } from './places-offered.ts'
import { catalogueHere } from './request-rules.ts'

export interface Admittable {
  readonly places: ReturnType<typeof placesOffered>
  readonly items: readonly Item[]
  /** The place where there is only one; '' elsewhere. */
  readonly onlyPlace: string
}

export function admittable(
  register: Register,
  waiting: Pick<WaitingRequest, 'place'>,
  role: Role | undefined,
): Admittable {
  const places = placesOffered(register, waiting.place)
  return {
    places,
    items: (catalogueHere(register)?.items ?? []).filter(
      (item) => role !== undefined && mayHoldItem(role, item),
    ),
    onlyPlace: places.length === 1 ? (places[0]?.value ?? '') : '',
  }
}

/** Places for which an outside system may hand requests in, the whole subdistrict first. */
export function placesOfSystems(
  register: Register,
): readonly { readonly value: string; readonly label: string }[] {
  return [...register.all('place')]
    .filter(({ fields }) => fields.placeKind !== 'unit' && fields.placeKind !== 'grid')
    .filter(({ fields }) => fields.closed !== true)
    .sort((a, b) => (a.fields.parent ? 1 : 0) - (b.fields.parent ? 1 : 0))
    .map(({ id, fields }) => ({ value: id, label: fields.name }))
}
