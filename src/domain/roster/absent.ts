/** Who is in the register and not in the roster, at the doors that the roster covers: the half of a census that shows who left. */
import type { Day } from '../day.ts'
import type { ImportItem } from '../import.ts'
import { isOut, type Compared } from './compare.ts'
import { patchOf } from './items.ts'
import type { Held, RegisterIndex } from './register-index.ts'

/** Still there; moved out; the grid's worker is to ask. */
export type AbsentAnswer = 'stay' | 'left' | 'ask'

export interface Absent {
  readonly person: string
  readonly household: string
  readonly dwelling: string
}

/**
 * Who lives at a door that some row names and is meant by no row. A row that is wrong may well mean somebody of that name:
 * namesakes of such rows are not counted.
 */
export function findAbsent(compared: readonly Compared[], index: RegisterIndex): Absent[] {
  const doors = new Set<string>()
  const meant = new Set<string>()
  const wrongNames = new Set<string>()
  for (const { row, verdict } of compared) {
    if (isOut(verdict)) wrongNames.add(row.name)
    if ('person' in verdict && verdict.person !== null) {
      meant.add(verdict.person)
      const person = index.get('resident', verdict.person)
      const dwelling = person && index.dwellingOf(person)
      // A row without a door of its own is about the door where the register has the person.
      if (dwelling && verdict.status !== 'doubtful') doors.add(dwelling)
    }
    if ('several' in verdict) for (const id of verdict.several ?? []) meant.add(id)
    const door = 'door' in verdict ? verdict.door : null
    if (door && 'id' in door.dwelling) doors.add(door.dwelling.id)
  }
  return [...doors].flatMap((dwelling) =>
    index.households(dwelling).flatMap((household) =>
      index
        .members(household.id)
        .filter(({ id, fields }) => !meant.has(id) && !wrongNames.has(fields.name))
        .map(({ id }) => ({ person: id, household: household.id, dwelling })),
    ),
  )
}

/**
 * The plan's changes with those of the answers. Who moved out leaves today; where the worker is to ask, the household has an
 * event from today on and the person's address is to be verified, which is what makes a visit due.
 */
export function withAbsent(
  items: readonly ImportItem[],
  absent: readonly Absent[],
  answers: ReadonlyMap<string, AbsentAnswer>,
  { index, today }: { readonly index: RegisterIndex; readonly today: Day },
): ImportItem[] {
  const merged = new Map<ImportItem | string, ImportItem>(
    items.map((item) => [item.op === 'patch' ? item.record : item, item] as const),
  )
  const patch = (
    held: Held<'resident'> | Held<'household'>,
    fields: Readonly<Record<string, unknown>>,
  ) => {
    const known = merged.get(held.id)
    merged.set(
      held.id,
      known ? { ...known, fields: { ...fields, ...known.fields } } : patchOf(held, fields),
    )
  }
  const leaving = new Set<string>()
  const left = new Map<string, Held<'household'>>()
  for (const { person: id, household: home } of absent) {
    const answer = answers.get(id)
    const person = index.get('resident', id)
    const household = index.get('household', home)
    if (!person || !household) continue
    if (answer === 'ask') {
      patch(person, { addressChangedOn: today })
      patch(household, { lifeEvent: 'other', lifeEventOn: today })
    } else if (answer === 'left') {
      patch(person, { movedOutOn: today })
      leaving.add(id)
      left.set(home, household)
    }
  }
  for (const household of left.values()) {
    const staying = stayingIn(household, [...merged.values()], leaving, index)
    const { head } = household.fields
    if (staying.size === 0) patch(household, { endedOn: today })
    else if (head && !staying.has(head)) patch(household, { head: null })
  }
  return [...merged.values()]
}

/** Who lives in a household once all of it is written. */
function stayingIn(
  { id }: Held<'household'>,
  items: readonly ImportItem[],
  leaving: ReadonlySet<string>,
  index: RegisterIndex,
): ReadonlySet<string> {
  const staying = new Set(
    index.members(id).flatMap((member) => (leaving.has(member.id) ? [] : [member.id])),
  )
  for (const { kind, record, fields } of items) {
    if (kind !== 'resident') continue
    const { household, movedOutOn, diedOn } = fields
    if (household === id) staying.add(record)
    else if (household !== undefined || movedOutOn || diedOn) staying.delete(record)
  }
  return staying
}
