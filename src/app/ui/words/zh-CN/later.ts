/** Words of the pages whose script is fetched when they are opened first. */
import { clashes } from './clashes.ts'
import { devices } from './devices.ts'
import { facts } from './facts.ts'
import { fieldProblem } from './field-problem.ts'
import { forms } from './forms.ts'
import { household } from './household.ts'
import { me } from './me.ts'
import { resident } from './resident.ts'
import { search } from './search.ts'

export const laterWords = {
  clashes,
  devices,
  facts,
  fieldProblem,
  forms,
  household,
  me,
  resident,
  search,
}
