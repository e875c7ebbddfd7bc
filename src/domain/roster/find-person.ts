/** Who of the register a row means: by number, else by name with birth date, else by name with room. */
import { documentKey } from '../document-key.ts'
import { nameKey } from '../name.ts'
import type { FoundDoor } from './find-door.ts'
import { isPresent, type Held, type RegisterIndex } from './register-index.ts'
import type { RosterRow } from './row.ts'

export type Doubt =
  | 'other-name' // the number stands under another name
  | 'other-number' // name and door, or name and birth date, fit; the number is another one
  | 'several' // the register has more than one who could be meant
  | 'elsewhere' // lives at another door
  | 'gone' // moved out or died, says the register
  | 'two-names' // the roster has the number under two names
  | 'departed' // nobody whom the register knows, and the roster says that they left or died
  | 'occupied' // somebody new where others live, and nothing says whether they belong together

export type PersonMatch =
  | { readonly how: 'none' }
  | {
      readonly how: 'number' | 'birth' | 'room'
      /** Null where several could be meant. */
      readonly person: Held<'resident'> | null
      readonly doubt: Doubt | null
      /** Where several could be meant: they, who still live here first. */
      readonly several?: readonly Held<'resident'>[]
    }

export function findPerson(
  index: RegisterIndex,
  row: RosterRow,
  door: FoundDoor | null,
): PersonMatch {
  const { documentNumber, birth } = row.facts
  if (documentNumber) {
    const found = onePresent(index.byNumber(documentKey(documentNumber)))
    if (isSeveral(found)) return oneOf('number', found)
    if (found) {
      const doubt =
        nameKey(found.fields.name) === nameKey(row.name)
          ? placeDoubt(index, found, row, door)
          : 'other-name'
      return { how: 'number', person: found, doubt }
    }
  }
  const namesakes = index.byName(row.name)
  if (birth) {
    const born = namesakes.filter(({ fields }) => fields.birth === birth)
    const found = onePresent(born.filter((person) => !hasOtherNumber(person, documentNumber)))
    if (isSeveral(found)) return oneOf('birth', found)
    if (found) return { how: 'birth', person: found, doubt: placeDoubt(index, found, row, door) }
    const other = onePresent(born.filter((person) => isAt(index, person, door)))
    if (other && !isSeveral(other)) return { how: 'birth', person: other, doubt: 'other-number' }
  }
  if (door) {
    const here = namesakes.filter((person) => isAt(index, person, door) && isPresent(person))
    const fitting = here.filter(({ fields }) => !birth || !fields.birth || fields.birth === birth)
    const found = onePresent(fitting.filter((person) => !hasOtherNumber(person, documentNumber)))
    if (isSeveral(found)) return oneOf('room', found)
    if (found) return { how: 'room', person: found, doubt: null }
    const other = onePresent(here)
    if (other && !isSeveral(other)) return { how: 'room', person: other, doubt: 'other-number' }
  }
  return { how: 'none' }
}

type Person = Held<'resident'>

/** Of several, the one who is still here; else all of them, who is still here first. */
function onePresent(people: readonly Person[]): Person | readonly Person[] | null {
  if (people.length <= 1) return people[0] ?? null
  const present = people.filter(isPresent)
  if (present.length === 1) return present[0] ?? null
  return [...present, ...people.filter((person) => !isPresent(person))]
}

function isSeveral(found: Person | readonly Person[] | null): found is readonly Person[] {
  return Array.isArray(found)
}

function oneOf(how: 'number' | 'birth' | 'room', several: readonly Person[]): PersonMatch {
  return { how, person: null, doubt: 'several', several }
}

function hasOtherNumber({ fields }: Held<'resident'>, number: string | null | undefined): boolean {
  if (!number || !fields.documentNumber) return false
  return documentKey(fields.documentNumber) !== documentKey(number)
}

function isAt(index: RegisterIndex, person: Held<'resident'>, door: FoundDoor | null): boolean {
  return door !== null && index.dwellingOf(person) === door.key
}

/** What speaks against taking a row for somebody who lives, or lived, elsewhere. */
export function placeDoubt(
  index: RegisterIndex,
  person: Held<'resident'>,
  { facts }: RosterRow,
  door: FoundDoor | null,
): Doubt | null {
  const leaves = Boolean(facts.movedOutOn) || Boolean(facts.diedOn)
  if (!isPresent(person)) return leaves ? null : 'gone'
  if (door === null || leaves || isAt(index, person, door)) return null
  return 'elsewhere'
}
