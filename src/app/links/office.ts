/** The pages of an office’s day. */
import { address } from './address.ts'

export const officePages = {
  deskGrids: address('/desk/grids'),
  more: address('/office'),
  table: address('/table'),
  overview: address('/overview'),
  overviewOf: address('/overview/:place'),
  clashes: address('/clashes'),
  importRoster: address('/import'),
  importLedger: address('/requests/import'),
  review: address('/review'),
  reviewOne: address('/review/:kind/:id'),
  reviewPair: address('/review/:kind/:id/:second'),
}
