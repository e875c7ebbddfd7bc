/** Holds the rows of a roster against the register: new, changed, the same, doubtful, or wrong and why. */
import type { Day } from '../day.ts'
import { problemsOfNew, problemsOfPatched } from '../schemas.ts'
import { residentProblems } from '../resident-check.ts'
import type { Resident } from '../resident.ts'
import { changesOf, type Changes, type FieldChange } from './changes.ts'
import { nameKey } from '../name.ts'
import {
  createDoorFinder,
  type DoorFinder,
  type DoorResult,
  type FoundDoor,
  type NoDoor,
} from './find-door.ts'
import { nameFamilies } from './name-families.ts'
import { findPerson, placeDoubt, type Doubt } from './find-person.ts'
import { guardianNoted } from './guardian-noted.ts'
import { answerTo, blocking, noAnswers, type Answers, type Question } from './questions.ts'
import { joinRepeats, type Difference, type Joined } from './repeats.ts'
import type { Held, RegisterIndex } from './register-index.ts'
import type { RosterRow, RowProblem, Trouble } from './row.ts'

export type { Doubt }

/**
 * What can be done about a doubtful row: take it as that person, also to that door, as somebody new, or not at all. Of
 * somebody new where others live: of their household, of one beside it, or in their place, since they moved out.
 */
export type Choice = 'same' | 'move' | 'new' | 'join' | 'apart' | 'replace' | 'leave'

export type Verdict =
  | { readonly status: 'wrong'; readonly why: readonly Trouble[] }
  /** Somebody has to answer a question before the row can be taken. */
  | { readonly status: 'waiting'; readonly why: readonly Trouble[] }
  /** The answer to its question was to leave it out. */
  | { readonly status: 'left'; readonly why: readonly Trouble[] }
  /** The same person stood further up already; what only this row says went there. */
  | { readonly status: 'repeat'; readonly of: number; readonly differs: readonly Difference[] }
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
      /** Of an occupied door: who lives there. */
      readonly living?: readonly string[]
      /** Of a number under two names: the index of the other row. */
      readonly other?: number
      /** Why the row cannot be taken as the person who was named. */
      readonly why?: readonly Trouble[]
    }
export type Status = Verdict['status']

export interface Compared {
  /** Its facts with those of its repeats, and with what was answered about it. */
  readonly row: RosterRow
  readonly verdict: Verdict
  /** What somebody can be asked about it, also once it is answered. */
  readonly asks: readonly Question[]
}

export interface Comparing {
  readonly index: RegisterIndex
  readonly today: Day
  readonly homeGrid: string | null
  /** What was answered to the questions of an earlier comparison. */
  readonly answers?: Answers
}

/** A roster beside the register; each row can be held against it again when somebody has answered a question. */
export interface Comparison {
  readonly size: number
  /** `at`: the row's place in the roster, below `size`. */
  compare(at: number): Compared
  /** Other answers count for whatever is compared from now on. */
  answer(answers: Answers): void
}

export function createComparison(rows: readonly RosterRow[], comparing: Comparing): Comparison {
  let answers = comparing.answers ?? noAnswers
  const doors = createDoorFinder(comparing.index, comparing.homeGrid, answers)
  const joined = joinRepeats(nameFamilies(rows))
  return {
    size: joined.length,
    compare(at) {
      const one = joined[at]
      if (!one) throw new RangeError('no such row')
      return compareJoined(one, comparing, doors, answers)
    },
    answer(changed) {
      answers = changed
      doors.answer(changed)
    },
  }
}

/** Yields as it goes, so that a caller can say how far it is and stop. In the order of the rows. */
export function* compareRows(
  rows: readonly RosterRow[],
  comparing: Comparing,
): Generator<Compared> {
  const comparison = createComparison(rows, comparing)
  for (let at = 0; at < comparison.size; at += 1) yield comparison.compare(at)
}

function compareJoined(
  { row: joined, repeats, otherName, differs }: Joined,
  comparing: Comparing,
  doors: DoorFinder,
  answers: Answers,
): Compared {
  if (joined.wrong.length > 0) return { row: joined, verdict: wrong(joined.wrong), asks: [] }
  if (repeats !== null) {
    return { row: joined, verdict: { status: 'repeat', of: repeats, differs }, asks: [] }
  }
  const { row, asks } = withHukou(joined, answers)
  const saysDoor =
    row.door.building !== null || row.door.room !== null || row.door.unclear.length > 0
  const found = saysDoor ? doors.find(row.door) : null
  const said = found && !found.ok ? { ...row, notes: [...row.notes, troubleOf(found)] } : row
  const verdict = doubtTwice(judge(row, comparing, found, answers), otherName)
  return {
    // A door that is not understood is said also where the person is known without it.
    row: isOut(verdict) ? row : guardianNoted(said, verdict.status, comparing.today),
    verdict,
    asks: [...asks, ...(found?.asks ?? [])],
  }
}

/** Nothing can be decided about the row as it is. */
export function isOut(
  verdict: Verdict,
): verdict is Extract<Verdict, { readonly status: 'wrong' | 'waiting' | 'left' }> {
  const { status } = verdict
  return status === 'wrong' || status === 'waiting' || status === 'left'
}

const troubleOf = ({ field, problem, text }: NoDoor): Trouble => ({ field, problem, text })

/** The hukou as somebody said where it is, of all rows with that text. */
function withHukou(
  row: RosterRow,
  answers: Answers,
): { readonly row: RosterRow; readonly asks: readonly Question[] } {
  const { hukou } = row
  if (!hukou) return { row, asks: [] }
  const key = `hukou ${placeOf(hukou.text)}`
  const asks: Question[] = [
    { kind: 'hukou', key, text: placeOf(hukou.text), suggestions: hukou.suggestions },
  ]
  const division = answerTo(answers, key, 'hukou')?.division
  if (!division) return { row, asks }
  const notes = row.notes.filter(({ problem }) => problem !== 'unknown-hukou')
  return { row: { ...row, facts: { ...row.facts, hukouDivision: division }, notes }, asks }
}

/** What rows of one place have in common: the address up to its first town, village or road. */
function placeOf(address: string): string {
  return /^.{1,12}?(?:省|市|区|县|镇|乡|街道|村|社区)/u.exec(address)?.[0] ?? address.slice(0, 12)
}

/** One number under two names in one roster: neither is believed without somebody's word. */
function doubtTwice(verdict: Verdict, other: number | null): Verdict {
  if (other === null || isOut(verdict)) return verdict
  if (verdict.status === 'doubtful') {
    return verdict.doubt === 'occupied' ? { ...verdict, doubt: 'two-names', other } : verdict
  }
  const common = { status: 'doubtful', doubt: 'two-names', other } as const
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

function judge(
  row: RosterRow,
  { index, today }: Comparing,
  found: DoorResult | null,
  answers: Answers,
): Verdict {
  const door = found?.ok ? found : null
  const match = findPerson(index, row, door)
  if (match.how === 'none') {
    if (found === null) return wrong([{ field: 'address', problem: 'no-door', text: '' }])
    if (!found.ok) return withoutDoor(found, answers)
    // Who left on an unknown day is not somebody who lives there.
    if (row.isGone) return wrong([{ field: null, problem: 'gone-without-day', text: '' }])
    const faults = faultsOfNew(row, today)
    if (faults.length > 0) return wrong(faults)
    // Who left or died and never stood in the register does not have to come into it.
    if (row.facts.movedOutOn || row.facts.diedOn) return departed(found)
    const living = livingWithStranger(index, row, found)
    if (!living) return { status: 'new', door: found }
    const { ids, households } = living
    const choices: readonly Choice[] =
      households === 1 ? ['join', 'apart', 'replace', 'leave'] : ['apart', 'replace', 'leave']
    return {
      ...{ status: 'doubtful', doubt: 'occupied', person: null, changes: nothing, door: found },
      ...{ choices, living: ids },
    }
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

function withoutDoor(found: NoDoor & DoorResult, answers: Answers): Verdict {
  const why = [troubleOf(found)]
  const held = found.asks.filter(({ kind }) => blocking.has(kind))
  if (held.some(({ key }) => answers.get(key)?.to === 'leave')) return { status: 'left', why }
  return held.some(({ key }) => !answers.has(key)) ? { status: 'waiting', why } : wrong(why)
}

function departed(door: FoundDoor): Verdict {
  return {
    ...{ status: 'doubtful', doubt: 'departed', person: null, changes: nothing, door },
    choices: ['new', 'leave'],
  }
}

/** Relatives of a head: who is one of them belongs to the household. 97 and 99 are other relatives, and others. */
const isOfFamily = (relation: string | null | undefined) =>
  Boolean(relation) && relation !== '97' && relation !== '99' && relation !== '80'

/** Who lives at the door of somebody new, where nothing in the row says to whom they belong; null where something does. */
function livingWithStranger(
  index: RegisterIndex,
  { facts, family }: RosterRow,
  { dwelling }: FoundDoor,
): { readonly ids: readonly string[]; readonly households: number } | null {
  if (!('id' in dwelling) || family !== null || isOfFamily(facts.relation)) return null
  const homes = index.households(dwelling.id).map(({ id }) => index.members(id))
  const inhabited = homes.filter((members) => members.length > 0)
  const ids = inhabited.flatMap((members) => members.map(({ id }) => id))
  return ids.length > 0 ? { ids, households: inhabited.length } : null
}

/**
 * The same row when somebody has said whom of several it means, or `null`: that they do not know after all. What it would
 * change is that person's; everything else about it stays as it was compared.
 */
export function named(one: Compared, id: string | null, comparing: Naming): Compared {
  const { row, verdict, asks } = one
  if (verdict.status !== 'doubtful' || !verdict.several) return one
  const { door, several } = verdict
  const { index, today } = comparing
  const person = id !== null && several.includes(id) ? index.get('resident', id) : undefined
  const asNew = choicesOf('several', null, door, row, today)
  if (!person) {
    const open = { status: 'doubtful', doubt: 'several', person: null, changes: nothing } as const
    return { row, asks, verdict: { ...open, door, choices: asNew, several } }
  }
  const changes = personChanges(
    person,
    row,
    nameKey(person.fields.name) === nameKey(row.name) ? null : 'other-name',
  )
  const why = faultsOfChanged(person, changes.list, today)
  const against = placeDoubt(index, person, row, door)
  const as =
    why.length > 0 ? [] : against ? choicesOf(against, person, door, row, today) : ['same' as const]
  const choices = [...new Set<Choice>([...as.filter((one) => one !== 'leave'), ...asNew])]
  return {
    row,
    asks,
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
    case 'occupied':
    case 'departed':
      return ['leave']
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
