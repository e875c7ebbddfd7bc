/** Inquiry 个人信息请求: somebody asks to see, copy, correct or delete what is held about them, or why; until it is answered. */
import * as v from 'valibot'
import type { Day } from './day.ts'
import { choice, day, id, instant, maybe, text, type FieldProblem } from './field.ts'
import { ageGroupOf } from './minor.ts'

/**
 * 查阅, 复制或转移, 更正或补充, 删除, 说明, 限制或拒绝处理, 撤回同意, 人工作出决定: articles 15, 24 and 44 to 48 of the Personal
 * Information Protection Law.
 */
export const inquiryWants = [
  'see',
  'copy',
  'correct',
  'delete',
  'explain',
  'restrict',
  'withdraw',
  'human',
] as const
/** The person; a guardian (article 31); next of kin of somebody who died (49); whoever the person sends. */
export const requesters = ['self', 'guardian', 'kin', 'agent'] as const
export type Requester = (typeof requesters)[number]
export const inquiryOutcomes = ['done', 'partly', 'refused'] as const

export const inquirySchema = v.looseObject({
  resident: id,
  wants: choice(inquiryWants),
  /** Who asks; the person where it is absent. */
  requester: maybe(choice(requesters)),
  /** Of anybody else the name, and by which paper it was seen that they may. */
  askedBy: maybe(text(40)),
  authority: maybe(text(200)),
  /** What exactly, in the person's words. */
  note: maybe(text(500)),
  receivedOn: day,
  /** By when it has to be answered. */
  due: day,
  /** When the file of what is stored about the person was last put together for it. */
  fileMadeAt: maybe(instant),
  outcome: maybe(choice(inquiryOutcomes)),
  /** What was told to the person; of a refusal the reason. */
  answer: maybe(text(1_000)),
  answeredOn: maybe(day),
})
export type Inquiry = v.InferOutput<typeof inquirySchema>

type Values = Readonly<Record<string, unknown>>

/** Who may ask about somebody: the living themselves from 14 on, guardians of minors, kin of the dead; anybody who is sent. */
export function mayRequest(requester: Requester, person: Values, on: Day): boolean {
  const isDead = Boolean(person['diedOn'])
  if (requester === 'kin') return isDead
  if (isDead) return false
  const group = ageGroupOf(person, on)
  if (requester === 'self') return group !== 'under-14'
  // Of grown people too: whoever cannot act for themselves has one (Civil Code, article 28).
  return true
}

/** What is wrong with a new request beside its shape: another than the person names themself, and shows by what they may. */
export function inquiryProblems(fields: Values, person: Values, on: Day): FieldProblem[] {
  const requester = (fields['requester'] ?? 'self') as Requester
  const problems: FieldProblem[] = []
  // An app of before asks for nobody else; it does not say who asked.
  const isSaid = fields['requester'] !== null && fields['requester'] !== undefined
  if (isSaid && !mayRequest(requester, person, on)) {
    problems.push({ field: 'requester', problem: 'unknown-choice' })
  }
  if (requester === 'self') return problems
  for (const field of ['askedBy', 'authority']) {
    const value = fields[field]
    if (typeof value !== 'string' || value.trim() === '')
      problems.push({ field, problem: 'required' })
  }
  return problems
}
