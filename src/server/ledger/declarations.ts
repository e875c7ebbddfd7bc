/** A declaration is answered once: whichever device says it first, whoever confirms it after that makes nobody anew. */
import {
  areCalledAlike,
  endsBeforeItBegins,
  type Arrival,
  type DeclarationAnswer,
} from '#domain/declaration.ts'
import type { FieldProblem } from '#domain/field.ts'
import { isPresent } from '#domain/resident.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, type Draft } from './draft.ts'
import type { PlanContext } from './plan-context.ts'

/** The declarations that some mutations answer: their answers so far have to be read. */
export function declarationsAnswered(mutations: readonly Mutation[]): string[] {
  return mutations.flatMap(({ op, kind, fields: { declaration } }) =>
    op === 'create' && kind === 'declaration-answer' && typeof declaration === 'string'
      ? [declaration]
      : [],
  )
}

/** Null where it is the first. One that was taken back leaves room for another. */
export function problemOfAnswer(
  mutation: Mutation,
  draft: Draft,
  context: Pick<PlanContext, 'records'>,
): Problem | null {
  const [declaration] = declarationsAnswered([mutation])
  if (declaration === undefined) return null
  const [mine, decided] = draft.layers
  for (const layer of [mine.written, decided.written, context.records]) {
    for (const key of layer.keys()) {
      const held = findRecord(draft, context.records, key)
      if (held?.kind !== 'declaration-answer' || held.removed) continue
      if (held.id !== mutation.record && held.fields['declaration'] === declaration) {
        return 'answered-already'
      }
    }
  }
  return null
}

/** The answers that some mutations take back: those whom they made have to go with them. */
export function peopleOfTakenBack(
  mutations: readonly Mutation[],
  found: readonly RecordRow[],
): string[] {
  const gone = new Set(mutations.flatMap(({ op, record }) => (op === 'remove' ? [record] : [])))
  return found.filter(({ id }) => gone.has(id)).flatMap(residentsOf)
}

function residentsOf({ kind, fields }: RecordRow): readonly string[] {
  const { residents } = fields as Partial<DeclarationAnswer>
  return kind === 'declaration-answer' && residents ? residents : []
}

/** Whether an answer was taken back and somebody whom it made stays: its claim would make them once more. */
export function leavesPeople(
  { stream, id, kind }: RecordRow,
  draft: Draft,
  { records }: Pick<PlanContext, 'records'>,
): boolean {
  const before = records.get(keyOf(stream, id)) ?? draft.layers[1].written.get(keyOf(stream, id))
  if (kind !== 'declaration-answer' || !before) return false
  return residentsOf(before).some((resident) => {
    const person = findRecord(draft, records, keyOf(stream, resident))
    // Of one batch are those that one device made at one moment; whoever was known before stays.
    const isMade =
      person?.created.device === before.created.device && person.created.at === before.created.at
    return person !== undefined && isMade && (!person.removed || person.movedTo !== null)
  })
}

/** The doors of declarations that some mutations answer, of those that were read and of those that come with them. */
export function doorsAnswered(
  mutations: readonly Mutation[],
  found: readonly RecordRow[],
): string[] {
  if (!mutations.some(({ op, kind }) => op === 'create' && kind === 'resident')) return []
  const answered = new Set(declarationsAnswered(mutations))
  const said = [...found, ...mutations.map(({ record, ...rest }) => ({ ...rest, id: record }))]
  return said.flatMap(({ kind, id, fields: { dwelling } }) =>
    kind === 'arrival' && answered.has(id) && typeof dwelling === 'string' ? [dwelling] : [],
  )
}

/**
 * Whether an answer makes somebody who may be living behind that door already: called alike, and not among those whom the
 * worker saw to be others. So two claims of one person, confirmed on two phones, become a question and not two people.
 */
export function meetsSomebody(
  { stream, kind, fields, created }: RecordRow,
  draft: Draft,
  { records }: Pick<PlanContext, 'records'>,
): boolean {
  const {
    outcome,
    declaration,
    residents = [],
    besides = [],
  } = fields as Partial<DeclarationAnswer>
  if (kind !== 'declaration-answer' || outcome !== 'confirmed') return false
  const find = (id: string) => findRecord(draft, records, keyOf(stream, id))
  const made = (residents ?? [])
    .map(find)
    .filter((one) => one && one.created.device === created.device && one.created.at === created.at)
  const door = find(String(declaration))?.fields['dwelling']
  if (made.length === 0 || door === undefined) return false
  const seen = new Set([...(residents ?? []), ...(besides ?? [])])
  const [mine, decided] = draft.layers
  const keys = new Set([mine.written, decided.written, records].flatMap((map) => [...map.keys()]))
  return [...keys].some((key) => {
    const other = findRecord(draft, records, key)
    if (other?.kind !== 'resident' || other.removed || other.stream !== stream) return false
    if (seen.has(other.id) || !isPresent(other.fields)) return false
    const home = find(String(other.fields['household']))
    const isBehind = home && !home.removed && home.fields['dwelling'] === door
    return isBehind && made.some((one) => one && areCalledAlike(one.fields, other.fields))
  })
}

export function declarationProblems({ kind, fields }: Mutation): FieldProblem[] {
  if (kind === 'arrival' && endsBeforeItBegins(fields as unknown as Arrival)) {
    return [{ field: 'until', problem: 'ended-before-begun' }]
  }
  const { outcome, reason, words } = fields as Partial<DeclarationAnswer>
  if (kind !== 'declaration-answer' || outcome !== 'not-so') return []
  if (!reason) return [{ field: 'reason', problem: 'required' }]
  return reason === 'other' && !words ? [{ field: 'words', problem: 'required' }] : []
}
