/** The pages of the funds of stairwells. */
import { address } from './address.ts'

export const fundPages = {
  funds: address('/funds'),
  newFund: address('/funds/new'),
  fund: address('/fund/:fund'),
  editFund: address('/fund/:fund/edit'),
  newEntry: address('/fund/:fund/enter'),
  entry: address('/fund/:fund/entry/:entry'),
  reverse: address('/fund/:fund/entry/:entry/reverse'),
}
