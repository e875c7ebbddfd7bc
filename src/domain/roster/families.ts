/** Puts the people who come to a door into households: into the one that they belong to, or into new ones. */
import { documentKey } from '../document-key.ts'
import type { ImportItem } from '../import.ts'
import { nameKey } from '../name.ts'
import type { Changes } from './changes.ts'
import type { Compared } from './compare.ts'
import type { FoundDoor } from './find-door.ts'
import { create, fieldsOf, from, patchOf, type Planning } from './items.ts'
import { buildingKey, type Held } from './register-index.ts'
import type { RosterRow } from './row.ts'

/** Somebody who is to live at a door: new to the register, or moving there. */
export interface Arrival {
  readonly row: RosterRow
  readonly door: FoundDoor
  readonly person: Held<'resident'> | null
  readonly changes: Changes | null
  /** What somebody said of an occupied door; null where nobody was asked. */
  readonly as: 'join' | 'apart' | 'replace' | null
}

export interface NewBuilding {
  readonly estate: string
  readonly name: string
  /** Its grid. */
  readonly stream: string
  /** `1单元302`, `302`. */
  readonly rooms: readonly string[]
  readonly rows: number
}

export interface NewDwelling {
  /** Estate and name. */
  readonly building: string
  readonly room: string
  readonly rows: number
}

interface Placed {
  readonly items: readonly ImportItem[]
  /** Who left a household: moved within the register, or moved out since others came in their place. */
  readonly left: readonly Held<'resident'>[]
  readonly newBuildings: readonly NewBuilding[]
  readonly newDwellings: readonly NewDwelling[]
  readonly buildings: number
  readonly dwellings: number
  readonly households: number
}

/** A family's key is a number of the office, or the head's name or document. */
const familyKey = (family: string) =>
  /\d{15}/.test(family) ? documentKey(family) : nameKey(family)

const headRelations = new Set(['01', '02'])
const isHead = ({ facts }: RosterRow) => headRelations.has(facts.relation ?? '')

interface Household {
  readonly id: string
  readonly stream: string
  readonly dwelling: string
  head: string | null
  readonly isNew: boolean
}

interface NewHome {
  readonly id: string
  readonly stream: string
  fields: Record<string, unknown>
}

/** Of the dwelling: whose it is, as a roster says. */
export function landlordFields(landlord: RosterRow['landlord']): Record<string, unknown> {
  return {
    ...(landlord?.name ? { landlordName: landlord.name } : {}),
    ...(landlord?.phone ? { landlordPhone: landlord.phone } : {}),
  }
}

interface MadeBuilding {
  readonly id: string
  readonly stream: string
  readonly estate: string
  readonly name: string
  storeys: number
  units: number
  readonly rooms: Set<string>
  rows: number
}

/** Long: one pass over the rows in their order; each step reads what the rows before have filled. */
export function placeFamilies(
  compared: readonly Compared[],
  arrivals: readonly Arrival[],
  { index, today, newId }: Planning,
): Placed {
  const buildings = new Map<string, MadeBuilding>()
  const dwellings = new Map<string, NewHome>()
  const rooms = new Map<string, { building: string; room: string; rows: number }>()
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

  const buildingOf = ({ building, stream }: Pick<FoundDoor, 'building' | 'stream'>): string => {
    if ('id' in building) return building.id
    const key = `${stream} ${buildingKey(building.estate, building.name)}`
    const made = buildings.get(key) ?? {
      id: newId(stream),
      stream,
      ...building,
      storeys: 1,
      units: 0,
      rooms: new Set<string>(),
      rows: 0,
    }
    buildings.set(key, made)
    return made.id
  }
  /** By name, for whoever looks it over before it is written. */
  const count = ({ dwelling, building, stream, key }: FoundDoor) => {
    if ('id' in dwelling) return
    const room = `${dwelling.unit === null ? '' : `${dwelling.unit}单元`}${dwelling.room}`
    if ('id' in building) {
      const fields = index.get('building', building.id)?.fields
      const name = `${fields?.estate ?? ''}${fields?.name ?? ''}`
      const held = rooms.get(key) ?? { building: name, room, rows: 0 }
      rooms.set(key, held)
      held.rows += 1
      return
    }
    buildingOf({ building, stream })
    const made = buildings.get(`${stream} ${buildingKey(building.estate, building.name)}`)
    made?.rooms.add(room)
    if (made) made.rows += 1
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
    const id = newId(stream)
    const fields = { building: inBuilding, ...(unit === null ? {} : { unit }), floor, room }
    dwellings.set(key, { id, stream, fields })
    return id
  }
  const newHousehold = (key: string, door: FoundDoor): Household => {
    const { stream } = door
    const made = { id: newId(stream), stream, dwelling: dwellingOf(door), head: null, isNew: true }
    households.set(key, made)
    return made
  }
  const heldHome = ({ id, stream, fields }: Held<'household'>): Household => ({
    ...{ id, stream, dwelling: fields.dwelling, head: fields.head ?? null, isNew: false },
  })
  const householdOf = ({ row, door, as }: Arrival): Household => {
    const key = `${door.key} ${as === null || as === 'join' ? '' : 'apart'} ${row.family ?? ''}`
    const known = households.get(key)
    if (as === 'join' && !known) {
      const home = inhabitedHome(index, door)
      if (home) {
        const joined = heldHome(home)
        households.set(key, joined)
        return joined
      }
    }
    if (as === 'apart' || as === 'replace') return known ?? newHousehold(key, door)
    // Nothing but the next head tells one family from the next.
    if (known && !(isHead(row) && row.family === null && known.isNew && known.head !== null))
      return known
    if (known) return newHousehold(key, door)
    const held =
      homes.get(`${door.key} ${row.family ?? ''}`) ??
      onlyHousehold(index, door, row.family, {
        families: familiesAt.get(door.key)?.size ?? 0,
        isHeaded: headed.has(door.key),
      })
    if (held) {
      const home = heldHome(held)
      households.set(key, home)
      return home
    }
    return newHousehold(key, door)
  }

  const made = new Set<Household>()
  const inhabited = new Set<Household>()
  const left: Held<'resident'>[] = []
  const replaced = whoLeaves(compared, arrivals, index)
  left.push(...replaced)
  for (const arrival of arrivals) {
    const { row, person, changes } = arrival
    const household = householdOf(arrival)
    count(arrival.door)
    const home = dwellings.get(arrival.door.key)
    if (home) home.fields = { ...landlordFields(row.landlord), ...home.fields }
    if (household.isNew) made.add(household)
    const isDeparted = Boolean(row.facts.movedOutOn) || Boolean(row.facts.diedOn)
    if (!isDeparted) inhabited.add(household)
    const id = person?.id ?? newId(household.stream)
    if (household.isNew && isHead(row) && !isDeparted) household.head ??= id
    if (!person) {
      // Whoever was met in this household before was not this person.
      const joined = household.isNew ? {} : { joinedOn: today }
      const fields = { household: household.id, name: row.name, ...row.facts, ...joined }
      people.push(from(row, create('resident', id, household.stream, fields)))
      continue
    }
    const back = person.fields.movedOutOn ? { movedOutOn: null, movedOutTo: null } : {}
    const fields = {
      ...(changes ? fieldsOf(changes) : {}),
      ...back,
      household: household.id,
      addressChangedOn: today,
      joinedOn: today,
    }
    people.push(from(row, patchOf(person, fields, household.stream)))
    if (!person.fields.movedOutOn) left.push(person)
  }
  return {
    items: [
      ...[...buildings.values()].map(({ id, stream, estate, name, storeys, units }) =>
        create('building', id, stream, { estate, name, storeys, units }),
      ),
      ...[...dwellings.values()].map(({ id, stream, fields }) =>
        create('dwelling', id, stream, fields),
      ),
      ...[...made].map((household) => {
        const { id, stream, dwelling, head } = household
        // Of those who have left or died: nobody lives in it.
        const ended = inhabited.has(household) ? {} : { endedOn: today }
        const fields = { dwelling, ...(head === null ? {} : { head }), ...ended }
        return create('household', id, stream, fields)
      }),
      ...people,
      ...replaced.map((person) => patchOf(person, { movedOutOn: today })),
    ],
    left,
    newBuildings: [...buildings.values()].map(({ estate, name, stream, rooms: inside, rows }) => ({
      ...{ estate, name, stream, rooms: [...inside], rows },
    })),
    newDwellings: [...rooms.values()],
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

/** The one household at a door that somebody lives in. */
function inhabitedHome(
  index: Planning['index'],
  { dwelling }: FoundDoor,
): Held<'household'> | null {
  if (!('id' in dwelling)) return null
  const homes = index.households(dwelling.id)
  const [only, other] = homes.filter(({ id }) => index.members(id).length > 0)
  return other ? null : (only ?? null)
}

/** Who lived at a door to which others came in their place, and whom the roster does not name there. */
function whoLeaves(
  compared: readonly Compared[],
  arrivals: readonly Arrival[],
  index: Planning['index'],
): Held<'resident'>[] {
  const doors = new Set(
    arrivals.flatMap(({ as, door: { dwelling } }) =>
      as === 'replace' && 'id' in dwelling ? [dwelling.id] : [],
    ),
  )
  if (doors.size === 0) return []
  const staying = new Set(
    compared.flatMap(({ verdict }) =>
      'person' in verdict && verdict.person ? [verdict.person] : [],
    ),
  )
  return [...doors]
    .flatMap((dwelling) => index.households(dwelling))
    .flatMap(({ id }) => index.members(id))
    .filter(({ id }) => !staying.has(id))
}

/** Where one family comes to a door with one household, they are that one; a second head is a family of its own. */
function onlyHousehold(
  index: Planning['index'],
  { dwelling }: FoundDoor,
  family: string | null,
  come: { readonly families: number; readonly isHeaded: boolean },
): Held<'household'> | null {
  if (!('id' in dwelling) || come.families !== 1) return null
  const [only, other] = index.households(dwelling.id)
  if (!only || other) return null
  const members = index.members(only.id)
  const head = members.find(({ id }) => id === only.fields.head)
  if (come.isHeaded && head) return null
  // A household number of its own is another family's, unless it names somebody who lives here.
  const isTheirs =
    family === null ||
    members.length === 0 ||
    members.some(({ fields: { name, documentNumber } }) =>
      [nameKey(name), documentNumber ? documentKey(documentNumber) : ''].includes(
        familyKey(family),
      ),
    )
  return isTheirs ? only : null
}
