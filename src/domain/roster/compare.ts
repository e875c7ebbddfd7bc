/** Holds the rows of a roster against the register: new, changed, the same, doubtful, or wrong and why. */
import type { Day } from '../day.ts'
import { problemsOfNew, problemsOfPatched } from '../schemas.ts'
import { residentProblems } from '../resident-check.ts'
import type { Resident } from '../resident.ts'
import { changesOf, type Changes, type FieldChange } from './changes.ts'
import { createDoorFinder, type DoorFinder, type FoundDoor } from './find-door.ts'
import { findPerson, placeDoubt, type Doubt } from './find-person.ts'
import { joinRepeats } from './repeats.ts'
import type { Held, RegisterIndex } from './register-index.ts'
import type { RosterRow, RowProblem, Trouble } from './row.ts'

export type { Doubt }

/** What can be done about a doubtful row: take it as that person, also to that door, as somebody new, or not at all. */
export type Choice = 'same' | 'move' | 'new' | 'leave'

export type Verdict =
  | { readonly status: 'wrong'; readonly why: readonly Trouble[] }
  /** The same person stood further up already; what only this row says went there. */
  | { readonly status: 'repeat'; readonly of: number }
  | { readonly status: 'new'; readonly door: FoundDoor }
  | { readonly status: 'same'; readonly person: string }
  | { readonly status: 'changed'; readonly person: string; readonly changes: Changes }
  | {
      readonly status: 'doubtful'
      readonly doubt: Doubt
      readonly person: string | null
      readonly changes: Changes
      readonly door: FoundDoor | null
      readonly choices: readonly Choice[]
      /** Where several could be meant: ids, of which somebody names one before the row can be taken as that one. */
      readonly several?: readonly string[]
      /** Why the row cannot be taken as the person who was named. */
      readonly why?: readonly Trouble[]
    }
export type Status = Verdict['status']

export interface Compared {
  /** Its facts with those of its repeats. */
  readonly row: RosterRow
  readonly verdict: Verdict
}

export interface Comparing {
  readonly index: RegisterIndex
  readonly today: Day
  readonly homeGrid: string | null
}

/** Yields as it goes, so that a caller can say how far it is and stop. In the order of the rows. */
export function* compareRows(
  rows: readonly RosterRow[],
  comparing: Comparing,
): Generator<Compared> {
  const doors = createDoorFinder(comparing.index, comparing.homeGrid)
  for (const joined of joinRepeats(rows)) {
    const { row, repeats, twoNames } = joined
    const verdict: Verdict =
      row.wrong.length > 0
        ? { status: 'wrong', why: row.wrong }
        : repeats === null
          ? doubtTwice(judge(row, comparing, doors), twoNames)
          : { status: 'repeat', of: repeats }
    yield { row, verdict }
  }
}

/** One number under two names in one roster: neither is believed without somebody's word. */
function doubtTwice(verdict: Verdict, twoNames: boolean): Verdict {
  if (!twoNames || verdict.status === 'wrong' || verdict.status === 'doubtful') return verdict
  const common = { status: 'doubtful', doubt: 'two-names' } as const
  if (verdict.status === 'new') {
    return {
      ...common,
      person: null,
      changes: nothing,
      door: verdict.door,
      choices: ['new', 'leave'],
    }
  }
  if (verdict.status === 'repeat') return verdict
  const changes = verdict.status === 'changed' ? verdict.changes : nothing
  return { ...common, person: verdict.person, changes, door: null, choices: ['same', 'leave'] }
}

const nothing: Changes = { list: [], overwrites: false }

function judge(row: RosterRow, { index, today }: Comparing, doors: DoorFinder): Verdict {
  const saysDoor = row.door.building !== null || row.door.room !== null
  const found = saysDoor ? doors.find(row.door) : null
  const door = found?.ok ? found : null
  const match = findPerson(index, row, door)
  if (match.how === 'none') {
    // Who left or died and never stood in the register does not have to come into it.
    if (found === null || !found.ok) {
      const problem: RowProblem = found === null ? 'no-door' : found.problem
      return wrong([{ field: 'address', problem, text: found?.text ?? '' }])
    }
    const faults = faultsOfNew(row, today)
    return faults.length > 0 ? wrong(faults) : { status: 'new', door: found }
  }
  const { person, doubt, several } = match
  const changes = person ? personChanges(person, row, doubt) : nothing
  if (person) {
    const faults = faultsOfChanged(person, changes.list, today)
    if (faults.length > 0) return wrong(faults)
  }
  if (doubt) {
    const choices = choicesOf(doubt, person, door, row, today)
    const among = several ? { several: several.map(({ id }) => id) } : {}
    return {
      status: 'doubtful',
      doubt,
      person: person?.id ?? null,
      changes,
      door,
      choices,
      ...among,
    }
  }
  if (!person) return wrong([{ field: null, problem: 'no-door', text: '' }])
  if (changes.list.length === 0) return { status: 'same', person: person.id }
  return { status: 'changed', person: person.id, changes }
}

/**
 * The same row when somebody has said whom of several it means, or `null`: that they do not know after all. What it would
 * change is that person's; everything else about it stays as it was compared.
 */
export function named({ row, verdict }: Compared, id: string | null, comparing: Naming): Compared {
  if (verdict.status !== 'doubtful' || !verdict.several) return { row, verdict }
  const { door, several } = verdict
  const { index, today } = comparing
  const person = id !== null && several.includes(id) ? index.get('resident', id) : undefined
  const asNew = choicesOf('several', null, door, row, today)
  if (!person) {
    const open = { status: 'doubtful', doubt: 'several', person: null, changes: nothing } as const
    return { row, verdict: { ...open, door, choices: asNew, several } }
  }
  const changes = personChanges(person, row, person.fields.name === row.name ? null : 'other-name')
  const why = faultsOfChanged(person, changes.list, today)
  const against = placeDoubt(index, person, row, door)
  const as =
    why.length > 0 ? [] : against ? choicesOf(against, person, door, row, today) : ['same' as const]
  const choices = [...new Set<Choice>([...as.filter((one) => one !== 'leave'), ...asNew])]
  return {
    row,
    verdict: {
      ...{
        status: 'doubtful',
        doubt: 'several',
        person: person.id,
        changes,
        door,
        choices,
        several,
      },
      ...(why.length > 0 ? { why } : {}),
    },
  }
}

export type Naming = Pick<Comparing, 'index' | 'today'>

function wrong(why: readonly Trouble[]): Verdict {
  return { status: 'wrong', why }
}

/** A number that stands under another name, or a name under another number: taking the row changes that too. */
function personChanges(person: Held<'resident'>, row: RosterRow, doubt: Doubt | null): Changes {
  const changes = changesOf(person.fields, row.facts)
  if (doubt !== 'other-name') return changes
  const name: FieldChange = { field: 'name', from: person.fields.name, to: row.name }
  return { list: [name, ...changes.list], overwrites: true }
}

function choicesOf(
  doubt: Doubt,
  person: Held<'resident'> | null,
  door: FoundDoor | null,
  row: RosterRow,
  today: Day,
): readonly Choice[] {
  const canBeNew = door !== null && faultsOfNew(row, today).length === 0
  switch (doubt) {
    case 'other-name':
    case 'two-names':
      return ['same', 'leave']
    case 'other-number':
      return canBeNew ? ['same', 'new', 'leave'] : ['same', 'leave']
    case 'elsewhere':
      return door ? ['same', 'move', 'leave'] : ['same', 'leave']
    case 'gone':
      return person?.fields.diedOn || !door ? ['leave'] : ['move', 'leave']
    case 'several':
      return canBeNew && !row.facts.documentNumber ? ['new', 'leave'] : ['leave']
  }
}

/** For the check alone: any household will do. */
const someId = '00000000-0000-7000-8000-000000000000'

function faultsOfNew(row: RosterRow, today: Day): Trouble[] {
  const fields = { ...row.facts, household: someId, name: row.name }
  const own = problemsOfNew('resident', fields)
  return troubles(
    own.length > 0 ? own : residentProblems(fields as Partial<Resident>, today),
    fields,
  )
}

function faultsOfChanged(
  person: Held<'resident'>,
  changes: readonly FieldChange[],
  today: Day,
): Trouble[] {
  if (changes.length === 0) return []
  const patch = Object.fromEntries(changes.map(({ field, to }) => [field, to]))
  const after: Record<string, unknown> = { ...person.fields, ...patch }
  const names = Object.keys(patch)
  const own = problemsOfPatched('resident', after, names)
  const cross = residentProblems(after, today)
  return troubles(own.length > 0 ? own : cross.filter(({ field }) => names.includes(field)), after)
}

function troubles(
  problems: readonly { readonly field: string; readonly problem: string }[],
  fields: Readonly<Record<string, unknown>>,
): Trouble[] {
  return problems.map(({ field, problem }) => {
    const value = fields[field]
    return {
      field: field as Trouble['field'],
      problem: (problem === 'wrong-shape' ? 'required' : problem) as RowProblem,
      text: typeof value === 'string' ? value : '',
    }
  })
}
