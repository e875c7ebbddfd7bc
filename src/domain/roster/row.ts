/** A row of a roster as the register would say it, with what is wrong with it and what was left out of it. */
import type { Day } from '../day.ts'
import type { FieldProblemCode } from '../field.ts'
import type { Resident, Tag } from '../resident.ts'
import type { RosterDoor } from './clean-door.ts'
import type { RosterField } from './fields.ts'
import type { DivisionSuggestion } from './read-division.ts'

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
  | 'not-a-name' // 张*三, 张三、李四, 12
  | 'name-remark' // 张三(租): what stood in the brackets went into the note
  | 'unclear-door'
  | 'unclear-unit'
  | 'unclear-building' // 2# in an estate of houses
  | 'unknown-hukou' // whose province, or county, nobody can tell from the address
  | 'differs-from-register' // the dwelling has another landlord
  | 'gone-without-day' // moved out or died, on a day that the roster does not say

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
    | 'guardianRelation'
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
  /** Of the dwelling, not of the person. */
  readonly landlord: { readonly name: string | null; readonly phone: string | null } | null
  /** The hukou's address, where its division cannot be told from it, and what it could be. */
  readonly hukou: {
    readonly text: string
    readonly suggestions: readonly DivisionSuggestion[]
  } | null
  /** Says that the person left or died, and not when: nobody new may come in by such a row. */
  readonly isGone: boolean
  /** Rows with the same one live together; null where nothing says so. */
  readonly family: string | null
  /** The head's number or else name, as a column says it. */
  readonly head: string | null
  /** The row cannot be taken. */
  readonly wrong: readonly Trouble[]
  /** The row is taken without these. */
  readonly notes: readonly Trouble[]
}

export interface ReadingContext {
  readonly today: Day
}
