/** The pages of one’s own account. */
import { address } from './address.ts'

export const mePages = {
  never: address('/never'),
  notices: address('/notices'),
  howTo: address('/howto'),
  held: address('/held'),
}
