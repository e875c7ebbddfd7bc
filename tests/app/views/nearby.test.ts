/** The services of communities: the order in which they are listed, and what a form of one takes and saves. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import {
  draftOfService,
  faultsOfService,
  placesOfServices,
  serviceOf,
  servicesHere,
} from '#app/views/nearby.ts'
import { page, record, today, uuid } from '../register/grid-of-samples.ts'

const place = (id: number, placeKind: string, order: number, more: object = {}) =>
  record('place', id, { placeKind, order, name: `样例${String(id)}`, ...more })
const service = (id: number, name: string, serviceKind: string, more: object = {}) =>
  record('service', id, { name, serviceKind, asOf: '2026-11-01', ...more })

function stage() {
  const register = createRegister()
  register.applyPages([
    page(uuid(61), [
      place(61, 'community', 2),
      service(70, '长者食堂', 'meals', { where: '1幢', telephone: null }),
    ]),
    page(uuid(62), [
      ...[
        place(62, 'village', 1),
        place(63, 'grid', 0),
        place(64, 'community', 3, { closed: true }),
      ],
      ...[service(71, '卫生站', 'health'), service(72, '从前的', 'meals', { closed: true })],
      service(73, '另一处食堂', 'meals'),
    ]),
  ])
  return register
}

it('stand by community in the order of the places, meals before doctors, and none that is no more', () => {
  expect(
    servicesHere(stage()).map(({ place: of, services }) => [
      of,
      services.map(({ fields }) => fields.name),
    ]),
  ).toEqual([
    [uuid(62), ['另一处食堂', '卫生站']],
    [uuid(61), ['长者食堂']],
  ])
})

it('are said by communities, villages and cooperatives that are open', () => {
  expect(placesOfServices(stage()).map(({ id }) => id)).toEqual([uuid(62), uuid(61)])
})

it('a form begins with what is there, and saves blank as nothing, with the day on which somebody looked', () => {
  const known = servicesHere(stage())[1]?.services[0]
  const draft = draftOfService(known, uuid(62))
  expect(draft).toMatchObject({ place: uuid(61), name: '长者食堂', where: '1幢', telephone: '' })
  expect(draftOfService(undefined, uuid(62))).toMatchObject({ place: uuid(62), name: '' })
  expect(serviceOf({ ...draft, name: ' 食堂 ', where: ' ' }, today)).toMatchObject({
    ...{ name: '食堂', where: null, telephone: null, room: null, asOf: today },
  })
})

it('a form needs a name, and a telephone that is one or none', () => {
  const draft = draftOfService(undefined, uuid(62))
  expect(faultsOfService(draft)).toEqual({ name: 'required' })
  const named = { ...draft, name: '食堂' }
  expect(faultsOfService({ ...named, telephone: '食堂门口问' })).toEqual({
    telephone: 'not-a-telephone',
  })
  expect(faultsOfService({ ...named, telephone: '10012340078' })).toEqual({})
})
