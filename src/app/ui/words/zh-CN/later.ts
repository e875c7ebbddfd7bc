/** Words that several of the pages share whose script is fetched when they are opened first; a page's own words come with it. */
import { facts } from './facts.ts'
import { fieldProblem } from './field-problem.ts'
import { household } from './household.ts'
import { resident } from './resident.ts'

export const laterWords = {
  facts,
  fieldProblem,
  household,
  resident,
}
