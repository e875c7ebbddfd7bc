import type { Day } from '#domain/day.ts'
import type { Tag } from '#domain/resident.ts'

type TextField =
  | 'relation'
  | 'documentType'
  | 'documentNumber'
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
  | 'noticeOn'
  | 'addressChangedOn'
  | 'movedOutOn'
  | 'movedOutTo'
  | 'diedOn'

/** A resident before it has a household; only what the samples fill. */
export interface Person extends Partial<Record<TextField, string>> {
  name: string
  sex: '1' | '2'
  birth: Day
  residence?: '1' | '2'
  phones?: string[]
  tags?: Tag[]
}
