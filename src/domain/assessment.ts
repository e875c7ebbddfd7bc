/**
 * Assessment 影响评估 (Personal Information Protection Law, articles 55 and 56): that one was made, by whom it was signed,
 * and which paper it is, by the hash of the file, which itself stays with the office. It is never changed and never
 * removed: the law wants it kept for three years at least.
 */
import * as v from 'valibot'
import { addMonths, type Day } from './day.ts'
import { choice, day, list, maybe, text, whole, type FieldProblem } from './field.ts'

/**
 * What article 55 wants assessed before it starts, as far as this register does it: sensitive data; decisions by colours;
 * an entrusted party; provision to others. And the data of minors (未成年人网络保护条例, article 37).
 */
export const assessedCases = ['sensitive', 'automated', 'entrusted', 'provision', 'minors'] as const
export type AssessedCase = (typeof assessedCases)[number]

export const assessmentSchema = v.looseObject({
  /** As the office numbers it, e.g. 2026-1. */
  version: text(40),
  /** The day on which it was signed. */
  on: day,
  signedBy: text(40),
  fileName: text(200),
  /** SHA-256 of the file in hexadecimal, small letters. */
  fileHash: v.pipe(v.string('wrong-shape'), v.regex(/^[0-9a-f]{64}$/, 'wrong-shape')),
  cases: list(choice(assessedCases), assessedCases.length),
  /** Of decisions by colours: the version of the rules that was assessed. */
  schemeVersion: maybe(whole(1, 1_000_000)),
})
export type Assessment = v.InferOutput<typeof assessmentSchema>

/** What is wrong with a new one beside its shape. `today`: when it is put on record. */
export function assessmentProblems(assessment: Assessment, today: Day): FieldProblem[] {
  const { cases, on, schemeVersion } = assessment
  const problems: FieldProblem[] = []
  if (on > today) problems.push({ field: 'on', problem: 'day-in-future', limit: today })
  if (cases.length === 0) problems.push({ field: 'cases', problem: 'required' })
  if (cases.includes('automated') && (schemeVersion ?? null) === null) {
    problems.push({ field: 'schemeVersion', problem: 'required' })
  }
  return problems
}

/** Cases that no assessment covers. Decisions by colours are covered by one of the rules that are in force alone. */
export function unassessed(
  assessments: Iterable<Assessment>,
  schemeVersion: number,
): AssessedCase[] {
  const all = [...assessments]
  return assessedCases.filter(
    (one) =>
      !all.some(
        ({ cases, schemeVersion: of }) =>
          cases.includes(one) && (one !== 'automated' || of === schemeVersion),
      ),
  )
}

/** The day until which the law wants it kept (article 56); nothing of this register removes it afterwards either. */
export function keptUntil({ on }: Pick<Assessment, 'on'>): Day {
  return addMonths(on, 36)
}
