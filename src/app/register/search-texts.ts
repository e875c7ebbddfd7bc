/** What a search looks through, made when somebody searches and anew after it changed. */
import { compareDoors } from '#domain/address.ts'
import { nameKey } from '#domain/name.ts'
import { phoneKey } from '#domain/phone.ts'
import type { Kind } from '#domain/record.ts'
import { documentKey } from '#domain/document-key.ts'
import { createLines, type Lines } from './lines.ts'
import type { Readings } from './readings.ts'
import type { Rec } from './register.ts'
import { compareBuildings } from './today.ts'

export interface Namesakes {
  /** As `nameKey`: with or without a dot, it is one name. */
  readonly name: string
  readonly people: readonly Rec<'resident'>[]
}

export interface SearchTexts {
  /** By name: a village of thousands has far fewer names than people. */
  names(): Lines<Namesakes>
  /** The same by the ways to read them; nothing before the dictionary is there. */
  readings(): Lines<Namesakes>
  /** Document and telephone numbers, those in digits alone. */
  numbers(): Lines<Rec<'resident'>>
  /** As they stand on the doors, in capitals and in walking order. */
  rooms(): Lines<Room>
  /** After a record of that kind changed. */
  forget(kind: Kind): void
}

export interface Room {
  readonly dwelling: Rec<'dwelling'>
  readonly building: Rec<'building'> | undefined
}

export interface TextSource {
  residents(): Iterable<Rec<'resident'>>
  dwellings(): Iterable<Rec<'dwelling'>>
  building(id: string): Rec<'building'> | undefined
}

export function createSearchTexts(source: TextSource, dictionary: Readings): SearchTexts {
  let namesakes: readonly Namesakes[] | null = null
  let names: Lines<Namesakes> | null = null
  let readings: Lines<Namesakes> | null = null
  let numbers: Lines<Rec<'resident'>> | null = null
  let rooms: Lines<Room> | null = null
  const people = () => (namesakes ??= byName(source.residents()))

  return {
    names: () => (names ??= createLines(people(), ({ name }) => [name])),
    readings: () =>
      dictionary.isReady
        ? (readings ??= createLines(people(), ({ name }) =>
            dictionary.of(name).flatMap(({ full, initials }) => [full, initials]),
          ))
        : none,
    numbers: () => (numbers ??= createLines(source.residents(), numbersOf)),
    rooms: () =>
      (rooms ??= createLines(roomsOf(source), ({ dwelling }) => [
        dwelling.fields.room.toUpperCase(),
      ])),
    forget(kind) {
      if (kind === 'dwelling' || kind === 'building') rooms = null
      if (kind === 'resident') namesakes = names = readings = numbers = null
    },
  }
}

const none: Lines<Namesakes> = createLines([], () => [])

function byName(residents: Iterable<Rec<'resident'>>): readonly Namesakes[] {
  const people = new Map<string, Rec<'resident'>[]>()
  for (const resident of residents) {
    const name = nameKey(resident.fields.name)
    const same = people.get(name)
    if (same) same.push(resident)
    else people.set(name, [resident])
  }
  return [...people].map(([name, same]) => ({ name, people: same }))
}

function roomsOf(source: TextSource): readonly Room[] {
  const rooms = [...source.dwellings()].map((dwelling) => ({
    dwelling,
    building: source.building(dwelling.fields.building),
  }))
  return rooms.sort(
    (a, b) =>
      (a.building === b.building ? 0 : compareBuildings(a.building, b.building)) ||
      compareDoors(a.dwelling.fields, b.dwelling.fields),
  )
}

function numbersOf({ fields }: Rec<'resident'>): string[] {
  const found = (fields.phones ?? []).map(phoneKey)
  if (fields.documentNumber) found.push(documentKey(fields.documentNumber))
  return found
}
