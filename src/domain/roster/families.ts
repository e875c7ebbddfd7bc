/** Puts the people who come to a door into households: into the one that they belong to, or into new ones. */
import type { ImportItem } from '../import.ts'
import type { Changes } from './changes.ts'
import type { Compared } from './compare.ts'
import type { FoundDoor } from './find-door.ts'
import { create, fieldsOf, patchOf, type Planning } from './items.ts'
import { buildingKey, type Held } from './register-index.ts'
import type { RosterRow } from './row.ts'

/** Somebody who is to live at a door: new to the register, or moving there. */
export interface Arrival {
  readonly row: RosterRow
  readonly door: FoundDoor
  readonly person: Held<'resident'> | null
  readonly changes: Changes | null
}

interface Placed {
  readonly items: readonly ImportItem[]
  /** Who left a household. */
  readonly left: readonly Held<'resident'>[]
  readonly buildings: number
  readonly dwellings: number
  readonly households: number
}

const headRelations = new Set(['01', '02'])
const isHead = ({ facts }: RosterRow) => headRelations.has(facts.relation ?? '')

interface Household {
  readonly id: string
  readonly stream: string
  readonly dwelling: string
  head: string | null
  readonly isNew: boolean
}

interface NewBuilding {
  readonly id: string
  readonly stream: string
  readonly estate: string
  readonly name: string
  storeys: number
  units: number
}

export function placeFamilies(
  compared: readonly Compared[],
  arrivals: readonly Arrival[],
  { index, today, newId }: Planning,
): Placed {
  const buildings = new Map<string, NewBuilding>()
  const dwellings = new Map<string, { readonly id: string; readonly item: ImportItem | null }>()
  const households = new Map<string, Household>()
  const people: ImportItem[] = []
  const homes = homesOfFamilies(compared, index)
  const familiesAt = new Map<string, Set<string>>()
  const headed = new Set<string>()
  for (const { door, row } of arrivals) {
    const families = familiesAt.get(door.key) ?? new Set()
    familiesAt.set(door.key, families.add(row.family ?? ''))
    if (isHead(row)) headed.add(door.key)
  }

  const buildingOf = ({ building, stream }: FoundDoor): string => {
    if ('id' in building) return building.id
    const key = `${stream} ${buildingKey(building.estate, building.name)}`
    const made = buildings.get(key) ?? { id: newId(), stream, ...building, storeys: 1, units: 0 }
    buildings.set(key, made)
    return made.id
  }
  const dwellingOf = (door: FoundDoor): string => {
    const { dwelling, stream, building, key } = door
    if ('id' in dwelling) return dwelling.id
    const known = dwellings.get(key)
    if (known) return known.id
    const inBuilding = buildingOf(door)
    const { unit, floor, room } = dwelling
    if (!('id' in building)) {
      const made = buildings.get(`${stream} ${buildingKey(building.estate, building.name)}`)
      if (made) {
        made.storeys = Math.max(made.storeys, floor)
        made.units = Math.max(made.units, Math.min(50, Number(unit) || 0))
      }
    }
    const id = newId()
    const fields = { building: inBuilding, ...(unit === null ? {} : { unit }), floor, room }
    dwellings.set(key, { id, item: create('dwelling', id, stream, fields) })
    return id
  }
  const newHousehold = (key: string, door: FoundDoor): Household => {
    const { stream } = door
    const made = { id: newId(), stream, dwelling: dwellingOf(door), head: null, isNew: true }
    households.set(key, made)
    return made
  }
  const householdOf = ({ row, door }: Arrival): Household => {
    const key = `${door.key} ${row.family ?? ''}`
    const known = households.get(key)
    // Nothing but the next head tells one family from the next.
    if (known && !(isHead(row) && row.family === null && known.isNew && known.head !== null))
      return known
    if (known) return newHousehold(key, door)
    const held =
      homes.get(key) ??
      onlyHousehold(index, door, {
        families: familiesAt.get(door.key)?.size ?? 0,
        isHeaded: headed.has(door.key),
      })
    if (held) {
      const { id, stream, fields } = held
      const home = {
        id,
        stream,
        dwelling: fields.dwelling,
        head: fields.head ?? null,
        isNew: false,
      }
      households.set(key, home)
      return home
    }
    return newHousehold(key, door)
  }

  const made = new Set<Household>()
  const left: Held<'resident'>[] = []
  for (const arrival of arrivals) {
    const { row, person, changes } = arrival
    const household = householdOf(arrival)
    if (household.isNew) made.add(household)
    const id = person?.id ?? newId()
    if (household.isNew && isHead(row)) household.head ??= id
    if (!person) {
      const fields = { household: household.id, name: row.name, ...row.facts }
      people.push(create('resident', id, household.stream, fields))
      continue
    }
    const back = person.fields.movedOutOn ? { movedOutOn: null, movedOutTo: null } : {}
    const fields = {
      ...(changes ? fieldsOf(changes) : {}),
      ...back,
      household: household.id,
      addressChangedOn: today,
    }
    people.push(patchOf(person, fields, household.stream))
    if (!person.fields.movedOutOn) left.push(person)
  }
  return {
    items: [
      ...[...buildings.values()].map(({ id, stream, ...fields }) =>
        create('building', id, stream, fields),
      ),
      ...[...dwellings.values()].flatMap(({ item }) => (item ? [item] : [])),
      ...[...made].map(({ id, stream, dwelling, head }) =>
        create('household', id, stream, { dwelling, ...(head === null ? {} : { head }) }),
      ),
      ...people,
    ],
    left,
    buildings: buildings.size,
    dwellings: dwellings.size,
    households: made.size,
  }
}

/** The household in which the register has somebody of the same family at the same door. */
function homesOfFamilies(
  compared: readonly Compared[],
  index: Planning['index'],
): Map<string, Held<'household'>> {
  const homes = new Map<string, Held<'household'>>()
  for (const { row, verdict } of compared) {
    if (verdict.status !== 'same' && verdict.status !== 'changed') continue
    const person = index.get('resident', verdict.person)
    const household = person && index.get('household', person.fields.household)
    if (!household || household.fields.endedOn) continue
    const key = `${household.fields.dwelling} ${row.family ?? ''}`
    if (!homes.has(key)) homes.set(key, household)
  }
  return homes
}

/** Where one family comes to a door with one household, they are that one; a second head is a family of its own. */
function onlyHousehold(
  index: Planning['index'],
  { dwelling }: FoundDoor,
  come: { readonly families: number; readonly isHeaded: boolean },
): Held<'household'> | null {
  if (!('id' in dwelling) || come.families !== 1) return null
  const [only, other] = index.households(dwelling.id)
  if (!only || other) return null
  const head = index.members(only.id).find(({ id }) => id === only.fields.head)
  return come.isHeaded && head ? null : only
}
