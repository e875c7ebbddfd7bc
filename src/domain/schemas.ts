/** The schemas of all kinds of record. Apart from `record.ts`, since a list is drawn before anything is checked. */
import * as v from 'valibot'
import { accountSchema } from './account.ts'
import { approvalSchema } from './approval.ts'
import { codeSchema } from './ask/sticker.ts'
import { assessmentSchema } from './assessment.ts'
import { buildingSchema } from './building.ts'
import { calendarSchema } from './calendar.ts'
import { clashSchema } from './clash.ts'
import { complaintSchema } from './complaint.ts'
import { colourSchema } from './colour.ts'
import {
  arrivalSchema,
  declarationAnswerSchema,
  departureSchema,
  landlordLinkSchema,
} from './declaration.ts'
import { dwellingSchema } from './dwelling.ts'
import { exportSchema } from './export.ts'
import { fundCheckSchema, fundEntrySchema, fundGiverSchema, fundSchema } from './funds/fund.ts'
import { householdSchema } from './household.ts'
import { importPartSchema, importSchema } from './import.ts'
import { inquirySchema } from './inquiry.ts'
import { placeSchema } from './place-schema.ts'
import { errandPhotoSchema, photoSchema } from './photo.ts'
import { policySchema } from './policy.ts'
import { catalogueSchema } from './requests/catalogue.ts'
import { errandSchema, errandStepSchema } from './requests/errand.ts'
import { askerSchema, requestSchema } from './requests/request.ts'
import { requestStepSchema } from './requests/step.ts'
import { residentSchema } from './resident.ts'
import { revealSchema } from './reveal.ts'
import { schemeSchema } from './scheme.ts'
import { serviceSchema } from './nearby.ts'
import { meetingSchema } from './topics/meeting.ts'
import { topicSchema, topicStepSchema } from './topics/topic.ts'
import { voiceSchema } from './topics/voice.ts'
import { vehicleSchema } from './vehicle.ts'
import { viewSchema } from './view.ts'
import { visitSchema } from './visit.ts'
import { id, issuesToProblems, type FieldProblem } from './field.ts'
import { problemsOfUnknown } from './unknown-fields.ts'

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
  calendar: calendarSchema,
  catalogue: catalogueSchema,
  request: requestSchema,
  'request-step': requestStepSchema,
  asker: askerSchema,
  errand: errandSchema,
  'errand-step': errandStepSchema,
  approval: approvalSchema,
  assessment: assessmentSchema,
  photo: photoSchema,
  'errand-photo': errandPhotoSchema,
  code: codeSchema,
  service: serviceSchema,
  arrival: arrivalSchema,
  departure: departureSchema,
  'declaration-answer': declarationAnswerSchema,
  'landlord-link': landlordLinkSchema,
  fund: fundSchema,
  'fund-entry': fundEntrySchema,
  'fund-check': fundCheckSchema,
  'fund-giver': fundGiverSchema,
  topic: topicSchema,
  'topic-step': topicStepSchema,
  voice: voiceSchema,
  meeting: meetingSchema,
  vehicle: vehicleSchema,
} as const

export type Kind = keyof typeof schemas

/**
 * The fields of a record, or of a patch, as they go on: ids in lower case, wherever the record's schema has one. What
 * does not fit its schema stays as it came, for `problemsOfNew` to refuse.
 */
export function readFields(
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries: Readonly<Record<string, v.GenericSchema | undefined>> = schemas[kind].entries
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const schema = Object.hasOwn(entries, name) ? entries[name] : undefined
      return [name, schema ? readValue(schema, value) : value]
    }),
  )
}

function readValue(schema: v.GenericSchema, value: unknown): unknown {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  // A patch of a set names what is added, and what is taken away by its key.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { add, remove } = value as Record<string, unknown>
  return {
    ...value,
    ...(Array.isArray(add) ? { add: readValue(schema, add) } : {}),
    ...(Array.isArray(remove) ? { remove: remove.map(readKey) } : {}),
  }
}

function readKey(key: unknown): unknown {
  return v.is(id, key) ? key.toLowerCase() : key
}

/** What is wrong with the fields of a new record; empty where nothing is. */
export function problemsOfNew(kind: Kind, fields: unknown): FieldProblem[] {
  const parsed = v.safeParse(schemas[kind], fields)
  if (!parsed.success) return issuesToProblems(parsed.issues)
  return problemsOfUnknown(knownOf(kind), fields as Readonly<Record<string, unknown>>)
}

const known = new Map<Kind, ReadonlySet<string>>()

function knownOf(kind: Kind): ReadonlySet<string> {
  const found = known.get(kind) ?? new Set(Object.keys(schemas[kind].entries))
  known.set(kind, found)
  return found
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
