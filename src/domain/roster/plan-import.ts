/** What is written when somebody takes rows of a compared roster: buildings, dwellings, households and people, each once. */
import type { Day } from '../day.ts'
import type { ImportItem } from '../import.ts'
import type { Changes } from './changes.ts'
import type { Choice, Compared } from './compare.ts'
import type { Held, RegisterIndex } from './register-index.ts'
import { placeFamilies, type Arrival } from './families.ts'
import { fieldsOf, patchOf, type Planning } from './items.ts'

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
  const patches: { readonly person: Held<'resident'>; readonly changes: Changes }[] = []
  for (const [at, one] of compared.entries()) {
    const choice = choiceOf(one, at, taking)
    const { row, verdict } = one
    if (choice === 'leave' || !('person' in verdict || 'door' in verdict)) continue
    const personId = 'person' in verdict ? verdict.person : null
    const person = personId === null ? null : (index.get('resident', personId) ?? null)
    const door = 'door' in verdict ? verdict.door : null
    const changes = 'changes' in verdict ? verdict.changes : null
    if (choice === 'new' && door) arrivals.push({ row, door, person: null, changes: null })
    else if (choice === 'move' && door && person) arrivals.push({ row, door, person, changes })
    else if (choice === 'same' && person && changes && changes.list.length > 0) {
      patches.push({ person, changes })
    }
  }
  const places = placeFamilies(compared, arrivals, planning)
  const items: ImportItem[] = [...places.items]
  for (const { person, changes } of patches) {
    items.push(patchOf(person, fieldsOf(changes)))
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
  }
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
