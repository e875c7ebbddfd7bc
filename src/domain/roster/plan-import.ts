/** What is written when somebody takes rows of a compared roster: buildings, dwellings, households and people, each once. */
import type { Day } from '../day.ts'
import type { ImportItem } from '../import.ts'
import type { Changes } from './changes.ts'
import type { Choice, Compared } from './compare.ts'
import type { Held, RegisterIndex } from './register-index.ts'
import {
  landlordFields,
  placeFamilies,
  type Arrival,
  type NewBuilding,
  type NewDwelling,
} from './families.ts'
import { fieldsOf, from, patchOf, type Planning } from './items.ts'
import type { RosterRow } from './row.ts'

export interface Taking {
  /** Rows that are new, and rows that change somebody. */
  readonly news: boolean
  readonly fills: boolean
  /** Also those that replace what the register says. */
  readonly overwrites: boolean
  /** By the row's index: what somebody decided about it. Doubtful ones without a decision are left out. */
  readonly decided: ReadonlyMap<number, Choice>
}

export interface ImportPlan {
  readonly items: readonly ImportItem[]
  readonly rows: number
  readonly added: number
  readonly changed: number
  /** New buildings, dwellings and households among it. */
  readonly buildings: number
  readonly dwellings: number
  readonly households: number
  /** By name, so that a slip of the pen is seen before it is written. */
  readonly newBuildings: readonly NewBuilding[]
  /** In buildings that the register has. */
  readonly newDwellings: readonly NewDwelling[]
  /** Dwellings whose landlord is written down, or that are not empty any more. */
  readonly dwellingsChanged: number
}

/** What is done about a row: by its decision, else by what is taken as a whole. */
export function choiceOf({ verdict }: Compared, at: number, taking: Taking): Choice {
  const decided = taking.decided.get(at)
  switch (verdict.status) {
    case 'new':
      return decided ?? (taking.news ? 'new' : 'leave')
    case 'changed': {
      const taken = verdict.changes.overwrites ? taking.overwrites : taking.fills
      return decided ?? (taken ? 'same' : 'leave')
    }
    case 'doubtful':
      return decided && verdict.choices.includes(decided) ? decided : 'leave'
    default:
      return 'leave'
  }
}

export function planImport(
  compared: readonly Compared[],
  taking: Taking,
  planning: Planning,
): ImportPlan {
  const { index, today } = planning
  const arrivals: Arrival[] = []
  const patches: {
    readonly row: RosterRow
    readonly person: Held<'resident'>
    readonly changes: Changes
  }[] = []
  for (const [at, one] of compared.entries()) {
    const choice = choiceOf(one, at, taking)
    const { row, verdict } = one
    if (choice === 'leave' || !('person' in verdict || 'door' in verdict)) continue
    const personId = 'person' in verdict ? verdict.person : null
    const person = personId === null ? null : (index.get('resident', personId) ?? null)
    const door = 'door' in verdict ? verdict.door : null
    const changes = 'changes' in verdict ? verdict.changes : null
    const as = choice === 'join' || choice === 'apart' || choice === 'replace' ? choice : null
    if ((choice === 'new' || as) && door) {
      arrivals.push({ row, door, person: null, changes: null, as })
    } else if (choice === 'move' && door && person) {
      arrivals.push({ row, door, person, changes, as: null })
    } else if (choice === 'same' && person && changes && changes.list.length > 0) {
      patches.push({ row, person, changes })
    }
  }
  const places = placeFamilies(compared, arrivals, planning)
  const letting = dwellingPatches(compared, taking, arrivals, index)
  const items: ImportItem[] = [...places.items, ...letting]
  for (const { row, person, changes } of patches) {
    items.push(from(row, patchOf(person, fieldsOf(changes))))
  }
  items.push(
    ...emptied(index, today, [
      ...places.left,
      ...patches.filter(leaves).map(({ person }) => person),
    ]),
  )
  const moved = arrivals.filter(({ person }) => person !== null).length
  return {
    items,
    rows: arrivals.length + patches.length,
    added: arrivals.length - moved,
    changed: patches.length + moved,
    buildings: places.buildings,
    dwellings: places.dwellings,
    households: places.households,
    newBuildings: places.newBuildings,
    newDwellings: places.newDwellings,
    dwellingsChanged: letting.length,
  }
}

/** Landlords go to the dwelling, where it has none; a dwelling that somebody comes to live in is not empty any more. */
function dwellingPatches(
  compared: readonly Compared[],
  taking: Taking,
  arrivals: readonly Arrival[],
  index: RegisterIndex,
): readonly ImportItem[] {
  const wanted = new Map<string, Record<string, unknown>>()
  const say = (dwelling: string, fields: Readonly<Record<string, unknown>>) =>
    wanted.set(dwelling, { ...fields, ...wanted.get(dwelling) })
  for (const { door, row } of arrivals) {
    if (!('id' in door.dwelling)) continue
    const { id } = door.dwelling
    say(id, landlordFields(row.landlord))
    const isEmpty = index.get('dwelling', id)?.fields.use === 'vacant'
    if (isEmpty) say(id, { use: row.landlord ? 'rental' : null })
  }
  for (const [at, one] of compared.entries()) {
    const { verdict, row } = one
    if (!row.landlord || !('person' in verdict) || verdict.person === null) continue
    if (verdict.status !== 'same' && choiceOf(one, at, taking) !== 'same') continue
    const person = index.get('resident', verdict.person)
    const dwelling = person && index.dwellingOf(person)
    if (dwelling) say(dwelling, landlordFields(row.landlord))
  }
  return [...wanted].flatMap(([id, fields]) => {
    const held = index.get('dwelling', id)
    if (!held) return []
    const news = Object.entries(fields).filter(
      ([field]) => field === 'use' || !held.fields[field as 'landlordName'],
    )
    return news.length > 0 ? [patchOf(held, Object.fromEntries(news))] : []
  })
}

function leaves({ changes }: { readonly changes: Changes }): boolean {
  return changes.list.some(({ field }) => field === 'movedOutOn' || field === 'diedOn')
}

/** A household that the last one left ends; one that lost its head has none. */
function emptied(
  index: RegisterIndex,
  today: Day,
  left: readonly Held<'resident'>[],
): ImportItem[] {
  const gone = new Set(left.map(({ id }) => id))
  const households = new Set(left.map(({ fields }) => fields.household))
  return [...households].flatMap((id) => {
    const household = index.get('household', id)
    if (!household || household.fields.endedOn) return []
    const staying = index.members(id).filter((member) => !gone.has(member.id))
    if (staying.length === 0) return [patchOf(household, { endedOn: today })]
    const { head } = household.fields
    return head && gone.has(head) ? [patchOf(household, { head: null })] : []
  })
}
