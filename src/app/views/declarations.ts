/** Declarations as screens show them: what is open and until when, whom one may be about, and what a form saves. */
import * as v from 'valibot'
import { addDays, isDay, type Day } from '#domain/day.ts'
import {
  areCalledAlike,
  declarationDue,
  mostPeople,
  type declarationReasons,
  type Speaker,
} from '#domain/declaration.ts'
import { telephone as telephoneSchema, type FieldProblem } from '#domain/field.ts'
import { createWorkingCalendar } from '#domain/working-days.ts'
import { saidOn } from '#app/register/declared-doors.ts'
import type { Register } from '#app/register/register.ts'
import { doorOf } from './door.ts'
import type { Rec } from './records.ts'

export { saidOn }

export type Declaration = Rec<'arrival'> | Rec<'departure'>
export type Answer = Rec<'declaration-answer'>
export type What = Declaration['kind']

export interface OpenDeclaration {
  readonly claim: Declaration
  /** The last day on which a visit is in time. */
  readonly due: Day
}

type Source = Pick<Register, 'all' | 'scheme'>

/** What nobody has answered yet, what is due first at the top; of one grid, one door, or all. */
export function openDeclarations(
  register: Source,
  where: { readonly grid?: string | undefined; readonly dwelling?: string } = {},
): readonly OpenDeclaration[] {
  const answered = new Set([...answers(register)].map(({ fields }) => fields.declaration))
  const calendar = createWorkingCalendar(register.scheme())
  return [...register.all('arrival'), ...register.all('departure')]
    .filter(
      ({ id, stream, fields }) =>
        !answered.has(id) &&
        (where.grid === undefined || stream === where.grid) &&
        (where.dwelling === undefined || fields.dwelling === where.dwelling),
    )
    .map((claim) => ({ claim, due: declarationDue(saidOn(claim), calendar) }))
    .sort((a, b) => order(a.due, b.due) || order(a.claim.id, b.claim.id))
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function* answers(register: Pick<Register, 'all'>): Iterable<Answer> {
  yield* register.all('declaration-answer')
}

export function declarationOf(
  register: Pick<Register, 'get'>,
  id: string,
): Declaration | undefined {
  return register.get('arrival', id) ?? register.get('departure', id)
}

export function answerTo(register: Pick<Register, 'all'>, id: string): Answer | undefined {
  return [...answers(register)].find(({ fields }) => fields.declaration === id)
}

/**
 * What was said of a resident's coming and going, the newest first: claims by whose answer they are named, and those of
 * the same name at the same door, whatever came of them.
 */
export function declarationsAbout(
  register: Pick<Register, 'all' | 'get'>,
  people: readonly Rec<'resident'>[],
): readonly { readonly claim: Declaration; readonly answer: Answer | undefined }[] {
  const ids = new Set(people.map(({ id }) => id))
  const answerOf = new Map([...answers(register)].map((one) => [one.fields.declaration, one]))
  const isOf = (claim: Declaration) =>
    people.some(
      ({ fields }) =>
        register.get('household', fields.household)?.fields.dwelling === claim.fields.dwelling &&
        areCalledAlike({ name: claim.fields.name }, { name: fields.name }),
    )
  return [...register.all('arrival'), ...register.all('departure')]
    .map((claim) => ({ claim, answer: answerOf.get(claim.id) }))
    .filter(
      ({ claim, answer }) =>
        answer?.fields.residents?.some((id) => ids.has(id)) === true || isOf(claim),
    )
    .sort((a, b) => order(saidOn(b.claim), saidOn(a.claim)))
}

/** After so many days whoever was declared with somebody has come, or will not. */
const othersDays = 30

/**
 * Of a household that came of a declaration within the last month: how many were declared, and how many of them are in the
 * register; null where all are, or where it came of none.
 */
export function othersClaimed(
  register: Pick<Register, 'all' | 'get' | 'residents'>,
  household: string,
  day: Day,
): { readonly count: number; readonly here: number } | null {
  const members = register.residents(household)
  const ids = new Set(members.map(({ id }) => id))
  for (const { fields } of answers(register)) {
    if (fields.outcome !== 'confirmed' || fields.on < addDays(day, -othersDays)) continue
    const claim = register.get('arrival', fields.declaration)
    const count = claim?.fields.count ?? 0
    const isOfIt = fields.residents?.some((id) => ids.has(id)) === true
    // Whoever joined a household that was there before counts from their day on.
    const here = members.filter(
      (one) =>
        fields.residents?.includes(one.id) === true || (one.fields.joinedOn ?? '') >= fields.on,
    ).length
    if (isOfIt && here < count) return { count, here }
  }
  return null
}

/** How many are open, and how many of them nobody looked at in time. */
export function countDeclarations(register: Source, day: Day) {
  const open = openDeclarations(register)
  return {
    open: open.length,
    late: open.filter(({ due }) => due < day).length,
    first: open[0]?.due ?? null,
  }
}

/** Those whose door, name or telephone has what was typed. */
export function declarationsFound(
  register: Register,
  open: readonly OpenDeclaration[],
  query: string,
): readonly OpenDeclaration[] {
  const wanted = query.replaceAll(/\s/g, '').toLowerCase()
  if (wanted === '') return open
  return open.filter(({ claim }) => {
    const { name, dwelling } = claim.fields
    const telephone = claim.kind === 'arrival' ? (claim.fields.telephone ?? '') : ''
    const text = `${doorOf(register, dwelling, true)}\n${name ?? ''}\n${telephone.replaceAll(/\D/g, '')}`
    return text.replaceAll(' ', '').toLowerCase().includes(wanted)
  })
}

/** Who lives behind a door, household by household. */
export function peopleBehind(
  register: Pick<Register, 'households' | 'residents'>,
  dwelling: string,
): readonly Rec<'resident'>[] {
  return register.households(dwelling).flatMap(({ id }) => register.residents(id))
}

/** Called alike behind that door: whoever is offered before somebody new is made. */
export function knownBehind(
  register: Pick<Register, 'households' | 'residents'>,
  { kind, fields }: Declaration,
): readonly Rec<'resident'>[] {
  const telephone = kind === 'arrival' ? fields.telephone : null
  const said = { name: fields.name, phones: telephone ? [telephone] : [] }
  return peopleBehind(register, fields.dwelling).filter((one) => areCalledAlike(said, one.fields))
}

/** Who is ticked at first for a departure: those of its name, or all where as many live there as left. */
export function leavingAtFirst(
  register: Pick<Register, 'households' | 'residents'>,
  claim: Declaration,
): readonly string[] {
  const people = peopleBehind(register, claim.fields.dwelling)
  if (claim.fields.count >= people.length) return people.map(({ id }) => id)
  const named = knownBehind(register, claim)
  return named.length <= claim.fields.count ? named.map(({ id }) => id) : []
}

/** As a form has it; '' where nothing is said. */
export interface DeclarationDraft {
  readonly speaker: Speaker
  readonly name: string
  readonly count: string
  readonly from: string
  readonly until: string
  readonly telephone: string
  readonly note: string
}

/** At a desk mostly the person stands there; on the stairs the worker has seen it. */
export function draftOfDeclaration(isAtDesk: boolean, day: Day): DeclarationDraft {
  const speaker: Speaker = isAtDesk ? 'self' : 'worker'
  return { speaker, name: '', count: '1', from: day, until: '', telephone: '', note: '' }
}

/** As far ahead as somebody knows that they come. */
const mostDaysAhead = 60

/** Whether a claim keeps it as a telephone number; `telephone` is trimmed. */
export const isKeptTelephone = (telephone: string): boolean => v.is(telephoneSchema, telephone)

/** What is wrong with a form's fields, by field, with the bound that was passed. */
export function problemsOfDeclaration(
  what: What,
  draft: DeclarationDraft,
  day: Day,
): readonly FieldProblem[] {
  const found: FieldProblem[] = []
  const count = Number(draft.count)
  if (what === 'arrival' && draft.name.trim() === '') {
    found.push({ field: 'name', problem: 'required' })
  }
  if (draft.count.trim() === '') found.push({ field: 'count', problem: 'required' })
  else if (!Number.isInteger(count) || count < 1) {
    found.push({ field: 'count', problem: 'too-small', limit: 1 })
  } else if (count > mostPeople) {
    found.push({ field: 'count', problem: 'too-large', limit: mostPeople })
  }
  const last = addDays(day, mostDaysAhead)
  if (!isDay(draft.from)) found.push({ field: 'from', problem: 'not-a-day' })
  else if (draft.from > last) found.push({ field: 'from', problem: 'day-in-future', limit: last })
  if (what === 'departure') return found
  if (draft.until !== '' && !isDay(draft.until)) {
    found.push({ field: 'until', problem: 'not-a-day' })
  } else if (draft.until !== '' && draft.until < draft.from) {
    found.push({ field: 'until', problem: 'ended-before-begun' })
  }
  const telephone = draft.telephone.trim()
  if (telephone !== '' && !isKeptTelephone(telephone)) {
    found.push({ field: 'telephone', problem: 'not-a-telephone' })
  }
  return found
}

export type NotSoReason = (typeof declarationReasons)[number]
