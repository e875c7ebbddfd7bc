/** The pages that the first script leads to; all others come after the first list. */
import { address } from './address.ts'

export const firstPages = {
  today: address('/'),
  todayInOffice: address('/today'),
  grid: address('/grid'),
  search: address('/search'),
  building: address('/building/:building'),
  household: address('/household/:household'),
  requests: address('/requests'),
  me: address('/me'),
  desk: address('/desk'),
  gate: address('/gate'),
}
