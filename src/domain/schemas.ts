/** The schemas of all kinds of record. Apart from `record.ts`, since a list is drawn before anything is checked. */
import * as v from 'valibot'
import { accountSchema } from './account.ts'
import { buildingSchema } from './building.ts'
import { clashSchema } from './clash.ts'
import { complaintSchema } from './complaint.ts'
import { colourSchema } from './colour.ts'
import { dwellingSchema } from './dwelling.ts'
import { exportSchema } from './export.ts'
import { householdSchema } from './household.ts'
import { importPartSchema, importSchema } from './import.ts'
import { inquirySchema } from './inquiry.ts'
import { placeSchema } from './place.ts'
import { policySchema } from './policy.ts'
import { residentSchema } from './resident.ts'
import { revealSchema } from './reveal.ts'
import { schemeSchema } from './scheme.ts'
import { viewSchema } from './view.ts'
import { visitSchema } from './visit.ts'
import { issuesToProblems, type FieldProblem } from './field.ts'
import type { Kind } from './record.ts'

export const schemas = {
  place: placeSchema,
  account: accountSchema,
  scheme: schemeSchema,
  building: buildingSchema,
  dwelling: dwellingSchema,
  household: householdSchema,
  resident: residentSchema,
  visit: visitSchema,
  colour: colourSchema,
  reveal: revealSchema,
  clash: clashSchema,
  view: viewSchema,
  export: exportSchema,
  import: importSchema,
  'import-part': importPartSchema,
  policy: policySchema,
  inquiry: inquirySchema,
  complaint: complaintSchema,
} as const

/** What is wrong with the fields of a new record; empty where nothing is. */
export function problemsOfNew(kind: Kind, fields: unknown): FieldProblem[] {
  const parsed = v.safeParse(schemas[kind], fields)
  return parsed.success ? [] : issuesToProblems(parsed.issues)
}

/**
 * What is wrong with a record after a patch; the same schema, since a patch is judged by what it leads to.
 * Only the patched fields are reported: an old record with a fault elsewhere can still be mended bit by bit.
 */
export function problemsOfPatched(
  kind: Kind,
  after: unknown,
  patched: readonly string[],
): FieldProblem[] {
  return problemsOfNew(kind, after).filter((problem) => patched.includes(problem.field))
}
