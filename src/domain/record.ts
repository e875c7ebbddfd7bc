/** One table of all kinds of record: schema, which fields are sets, and who may write them. */
import * as v from 'valibot'
import { accountSchema } from './account.ts'
import { buildingSchema } from './building.ts'
import { clashSchema } from './clash.ts'
import { colourSchema } from './colour.ts'
import { dwellingSchema } from './dwelling.ts'
import { issuesToProblems, type FieldProblem } from './field.ts'
import { householdSchema } from './household.ts'
import { placeSchema } from './place.ts'
import { residentSchema } from './resident.ts'
import { revealSchema } from './reveal.ts'
import { schemeSchema } from './scheme.ts'
import { visitSchema } from './visit.ts'

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
} as const

export type Kind = keyof typeof schemas
export const kinds = Object.keys(schemas) as Kind[]
export type Fields<K extends Kind> = v.InferOutput<(typeof schemas)[K]>

/** A record as both wings hold it. `version` is its place in its stream; 0 while only this device has it. */
export interface RegisterRecord<K extends Kind = Kind> {
  readonly kind: K
  readonly id: string
  readonly stream: string
  readonly version: number
  readonly fields: Fields<K>
  /** When and by which account it was made; absent where a roster or the seed brought it. */
  readonly at?: string
  readonly by?: string
}

interface KindTraits {
  /** Never patched or removed, so two devices cannot clash on it. */
  readonly appendOnly?: true
  /** Devices may not write it; the server does. */
  readonly byServer?: true
  /** Kept by the server alone: never part of a pull. */
  readonly notPulled?: true
  /** Set fields with the key of an element; they merge by element. */
  readonly sets?: Readonly<Record<string, (element: never) => string>>
}

export const traits: { readonly [K in Kind]: KindTraits } = {
  place: { byServer: true },
  account: { byServer: true },
  scheme: { byServer: true },
  building: {},
  dwelling: { sets: { hazards: (hazard: { id: string }) => hazard.id } },
  household: { sets: { disputes: (dispute: { id: string }) => dispute.id } },
  resident: {
    sets: { phones: (phone: string) => phone, tags: (tag: { tag: string }) => tag.tag },
  },
  visit: { appendOnly: true },
  colour: { appendOnly: true, byServer: true },
  reveal: { appendOnly: true, notPulled: true },
  clash: { byServer: true },
}

/** Key function of a set field; undefined where the field is a plain value. */
export function setKey(kind: Kind, field: string): ((element: unknown) => string) | undefined {
  return traits[kind].sets?.[field] as ((element: unknown) => string) | undefined
}

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
