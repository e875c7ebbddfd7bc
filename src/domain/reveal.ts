/** Reveal: a masked value was shown to somebody, and for which purpose. Append-only, kept by the server alone. */
import * as v from 'valibot'
import { choice, id, instant, text } from './field.ts'

/** Contact the person; check a document; handle the person's own request; an emergency. */
export const revealPurposes = ['contact', 'verify', 'request', 'emergency'] as const
export type RevealPurpose = (typeof revealPurposes)[number]

export const revealSchema = v.looseObject({
  subject: id,
  field: text(40),
  purpose: choice(revealPurposes),
  at: instant,
})
export type Reveal = v.InferOutput<typeof revealSchema>
