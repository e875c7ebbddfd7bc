/** The pages of places, colleagues and devices. */
import { address } from './address.ts'

export const placesPages = {
  places: address('/places'),
  placeBook: address('/places/book'),
  place: address('/places/:place'),
  renamePlace: address('/places/:place/rename'),
  turnPlace: address('/places/:place/kind'),
  addPlace: address('/places/:place/add'),
  assignGrid: address('/places/:place/assign'),
  placePeople: address('/places/:place/people'),
  splitGrid: address('/places/:place/split'),
  mergeGrid: address('/places/:place/merge'),
  people: address('/people'),
  newPerson: address('/person/new'),
  person: address('/person/:account'),
  editPerson: address('/person/:account/edit'),
  reopenPerson: address('/person/:account/reopen'),
  handOver: address('/person/:account/leave'),
  services: address('/services'),
  newService: address('/services/new'),
  service: address('/services/:service'),
  gateArrival: address('/gate/arrival'),
  gateArrivalOf: address('/gate/arrival/:vehicle'),
  devices: address('/devices'),
}
