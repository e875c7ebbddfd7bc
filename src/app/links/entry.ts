/** The page of an empty office, before anybody has signed in. */
import { address } from './address.ts'

export const entryPages = {
  setup: address('/setup'),
}
