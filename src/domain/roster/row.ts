/** A row of a roster as the register would say it, with what is wrong with it and what was left out of it. */
import type { Day } from '../day.ts'
import type { FieldProblemCode } from '../field.ts'
import type { Resident, Tag } from '../resident.ts'
import type { RosterDoor } from './clean-door.ts'
import type { RosterField } from './fields.ts'

/** Why a row, or a cell of it, cannot be taken; words for each stand in the app. */
export type RowProblem =
  | Exclude<FieldProblemCode, 'wrong-shape'>
  | 'spoilt-number' // 3.30111E+17: the spreadsheet has rounded it
  | 'unknown-label'
  | 'differs-from-number'
  | 'no-door'
  | 'no-building'
  | 'unclear-estate'
  | 'no-grid'
  | 'other-grids' // the building stands in a grid that is not the office's
  | 'number-of-two-names'

export interface Trouble {
  readonly field: RosterField | null
  readonly problem: RowProblem
  /** As it stands in the roster. */
  readonly text: string
}

/** Facts of the person that a roster can bring; what it leaves blank is not there. */
export type RosterFacts = Partial<
  Pick<
    Resident,
    | 'documentType'
    | 'documentNumber'
    | 'sex'
    | 'birth'
    | 'phones'
    | 'relation'
    | 'residence'
    | 'hukouDivision'
    | 'hukouAddress'
    | 'arrivedOn'
    | 'arrivalReason'
    | 'registeredOn'
    | 'permitType'
    | 'permitExpires'
    | 'ethnicity'
    | 'education'
    | 'marriage'
    | 'workplace'
    | 'contactName'
    | 'contactPhone'
    | 'guardianName'
    | 'guardianPhone'
    | 'movedOutOn'
    | 'movedOutTo'
    | 'diedOn'
    | 'note'
  >
> & { readonly tags?: readonly Tag[] }

export interface RosterRow {
  readonly sheet: string
  readonly number: number
  readonly name: string
  readonly facts: RosterFacts
  readonly door: RosterDoor
  /** Rows with the same one live together; null where nothing says so. */
  readonly family: string | null
  /** The row cannot be taken. */
  readonly wrong: readonly Trouble[]
  /** The row is taken without these. */
  readonly notes: readonly Trouble[]
}

export interface ReadingContext {
  readonly today: Day
}
