/** The pages of requests, of the hotline and of the codes on walls. */
import { address } from './address.ts'

export const requestsPages = {
  newRequest: address('/requests/new'),
  requestFigures: address('/requests/overview'),
  requestFiguresOf: address('/requests/overview/:place'),
  requestList: address('/requests/list/:place'),
  catalogue: address('/requests/catalogue'),
  calendar: address('/requests/calendar'),
  hotline: address('/hotline'),
  hotlineSystems: address('/hotline/systems'),
  ask: address('/wall-codes/waiting'),
  askCodes: address('/wall-codes'),
  checkSticker: address('/wall-codes/check'),
  request: address('/request/:request'),
  asker: address('/request/:request/asker/:asker'),
  confine: address('/request/:request/confine'),
  errand: address('/errand/:errand'),
  requestOfHousehold: address('/household/:household/request'),
  requestOfResident: address('/resident/:resident/request'),
  requestOfBuilding: address('/building/:building/request'),
}
