/** The services of communities as screens show them, and what a form saves. */
import * as v from 'valibot'
import type { Day } from '#domain/day.ts'
import { telephone as telephoneSchema } from '#domain/field.ts'
import { communities } from '#domain/place.ts'
import { serviceKinds, type Service, type ServiceKind, type ServiceRoom } from '#domain/nearby.ts'
import type { Rec } from './records.ts'
import type { Register } from '#app/register/register.ts'

export interface ServicesOfPlace {
  readonly place: string
  readonly services: readonly Rec<'service'>[]
}

/** By community in the order of the places, then by kind and name; those that are no more are not listed. */
export function servicesHere(register: Pick<Register, 'all' | 'get'>): readonly ServicesOfPlace[] {
  const byPlace = new Map<string, Rec<'service'>[]>()
  for (const service of register.all('service')) {
    if (service.fields.closed) continue
    const list = byPlace.get(service.stream)
    if (list) list.push(service)
    else byPlace.set(service.stream, [service])
  }
  const order = (place: string) => register.get('place', place)?.fields.order ?? Infinity
  const kind = ({ fields }: Rec<'service'>) => serviceKinds.indexOf(fields.serviceKind)
  return [...byPlace]
    .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
    .map(([place, services]) => ({
      place,
      services: services.sort(
        (a, b) => kind(a) - kind(b) || a.fields.name.localeCompare(b.fields.name, 'zh'),
      ),
    }))
}

/** Communities, villages and cooperatives whose office can say what there is. */
export function placesOfServices(register: Pick<Register, 'all'>): readonly Rec<'place'>[] {
  return [...register.all('place')]
    .filter(({ fields }) => communities.includes(fields.placeKind) && !fields.closed)
    .sort((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0))
}

const texts = ['what', 'forWhom', 'where', 'hours', 'telephone'] as const

/** As a form has it; '' where nothing is said. */
export interface ServiceDraft extends Readonly<Record<(typeof texts)[number], string>> {
  readonly place: string
  readonly name: string
  readonly serviceKind: ServiceKind
  readonly room: ServiceRoom | ''
}

export function draftOfService(service: Rec<'service'> | undefined, place: string): ServiceDraft {
  const fields = service?.fields
  return {
    place: service?.stream ?? place,
    name: fields?.name ?? '',
    serviceKind: fields?.serviceKind ?? 'meals',
    room: fields?.room ?? '',
    what: fields?.what ?? '',
    forWhom: fields?.forWhom ?? '',
    where: fields?.where ?? '',
    hours: fields?.hours ?? '',
    telephone: fields?.telephone ?? '',
  }
}

export function faultsOfService(
  draft: ServiceDraft,
): Partial<Record<'name' | 'telephone', 'required' | 'not-a-telephone'>> {
  const telephone = draft.telephone.trim()
  return {
    ...(draft.name.trim() === '' && { name: 'required' as const }),
    ...(telephone !== '' &&
      !v.is(telephoneSchema, telephone) && { telephone: 'not-a-telephone' as const }),
  }
}

/** Whoever saves it has looked at it. */
export function serviceOf(draft: ServiceDraft, day: Day): Service {
  const said = Object.fromEntries(texts.map((field) => [field, draft[field].trim() || null]))
  return {
    ...said,
    name: draft.name.trim(),
    serviceKind: draft.serviceKind,
    room: draft.room || null,
    asOf: day,
  }
}
