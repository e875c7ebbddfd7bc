import { coloursPages } from './colours.ts'
import { firstPages } from './first.ts'
import { walkPages } from './walk.ts'

/** The page of somebody, of a household or of a dwelling. */
export function recordPage(kind: 'resident' | 'household' | 'dwelling', id: string): string {
  return kind === 'household' ? firstPages.household(id) : walkPages[kind](id)
}

/** Where the colour of somebody or of a dwelling is set by hand. */
export function colourPage(kind: 'resident' | 'dwelling', id: string): string {
  return kind === 'resident' ? coloursPages.colourOfResident(id) : coloursPages.colourOfDwelling(id)
}
