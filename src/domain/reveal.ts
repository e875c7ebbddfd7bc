/** Reveal: a masked value was shown to somebody, and for which purpose. Append-only, kept by the server alone. */
import * as v from 'valibot'
import { choice, id, instant, maybe, text } from './field.ts'
import { ageGroups } from './minor.ts'

/** Contact the person; check a document; handle the person's own request; an emergency. */
export const revealPurposes = ['contact', 'verify', 'request', 'emergency'] as const
export type RevealPurpose = (typeof revealPurposes)[number]

export const revealSchema = v.looseObject({
  subject: id,
  field: text(40),
  purpose: choice(revealPurposes),
  at: instant,
  /** Of a minor the group, and the approval under which it was shown: the server's word. */
  minor: maybe(choice(ageGroups)),
  approval: maybe(id),
})
export type Reveal = v.InferOutput<typeof revealSchema>
