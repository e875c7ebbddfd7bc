/**
 * Words of the frame and of all pages whose script is fetched when they are opened first, the list of today among them;
 * a page's own words come with it.
 */
import { facts } from './facts.ts'
import { fieldProblem } from './field-problem.ts'
import { household } from './household.ts'
import { places } from './places.ts'
import { resident } from './resident.ts'
import { sync } from './sync.ts'
import { today } from './today.ts'

export const laterWords = {
  facts,
  fieldProblem,
  household,
  places,
  resident,
  sync,
  today,
}
