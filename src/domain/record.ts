/** One table of all kinds of record: which fields are sets, what each stands in, and who may write it. Their schemas come with `schemas.ts`. */
import type * as v from 'valibot'
import type { Kind, schemas } from './schemas.ts'

export type { Kind }
export type Fields<K extends Kind> = v.InferOutput<(typeof schemas)[K]>

/** A record as both wings hold it. `version` is its place in its stream; 0 while only this device has it. */
export interface RegisterRecord<K extends Kind = Kind> {
  readonly kind: K
  readonly id: string
  readonly stream: string
  readonly version: number
  readonly fields: Fields<K>
  /** How often it went from one stream to another; absent where it never did. */
  readonly moves?: number
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
  /** What it stands in: the field that names it, and of which kind that is. It cannot be without. */
  readonly belongsTo?: {
    readonly field: string
    readonly kind: Kind
    /** What else it may stand in. */
    readonly or?: readonly Kind[]
  }
  /** The field that names the record which it is about and goes along with to another grid. */
  readonly about?: string
  /** The field that names the record of its own kind into which this one was merged, and with which it then goes. */
  readonly mergesInto?: string
  /** The field that names the record in whose stream it is written, without going along later. */
  readonly beside?: string
  /** It is kept where what it belongs to was forgotten meanwhile. */
  readonly outlives?: true
  /** Set fields with the key of an element; they merge by element. */
  readonly sets?: Readonly<Record<string, (element: never) => string>>
}

const idOf = (element: { id: string }) => element.id
const itself = (element: string) => element

export const traits: { readonly [K in Kind]: KindTraits } = {
  place: { byServer: true },
  account: { byServer: true },
  scheme: { appendOnly: true },
  building: {},
  dwelling: {
    belongsTo: { field: 'building', kind: 'building' },
    sets: { hazards: idOf, overrides: idOf },
  },
  household: {
    belongsTo: { field: 'dwelling', kind: 'dwelling' },
    sets: { disputes: idOf },
  },
  resident: {
    belongsTo: { field: 'household', kind: 'household' },
    mergesInto: 'mergedInto',
    sets: {
      phones: itself,
      tags: (tag: { tag: string }) => tag.tag,
      cares: idOf,
      overrides: idOf,
      consents: (consent: { field: string }) => consent.field,
      notSameAs: itself,
      sameAs: itself,
    },
  },
  visit: { belongsTo: { field: 'household', kind: 'household' }, appendOnly: true },
  colour: { about: 'subject', appendOnly: true, byServer: true },
  reveal: { beside: 'subject', appendOnly: true, notPulled: true },
  clash: { about: 'record', byServer: true },
  view: {},
  export: { beside: 'subject', appendOnly: true, notPulled: true },
  import: {},
  'import-part': {
    belongsTo: { field: 'import', kind: 'import' },
    appendOnly: true,
    notPulled: true,
  },
  policy: { appendOnly: true },
  inquiry: { about: 'resident' },
  complaint: {},
  calendar: { appendOnly: true },
  catalogue: { appendOnly: true },
  // Made without a signal after its grid was split, it follows its door; a request about no door stays where it was.
  request: { about: 'site', beside: 'site' },
  'request-step': { belongsTo: { field: 'request', kind: 'request' }, appendOnly: true },
  asker: {
    belongsTo: { field: 'request', kind: 'request' },
    sets: { tokens: (token: { hash: string }) => token.hash },
  },
  errand: { byServer: true },
  // What a unit did while its phone was away is never refused: the request hears it all the same.
  'errand-step': {
    belongsTo: { field: 'errand', kind: 'errand' },
    appendOnly: true,
    outlives: true,
  },
  approval: {},
  assessment: { appendOnly: true },
  photo: {
    belongsTo: { field: 'host', kind: 'visit', or: ['request', 'dwelling', 'fund-entry', 'voice'] },
    appendOnly: true,
  },
  'errand-photo': { belongsTo: { field: 'errand', kind: 'errand' }, appendOnly: true },
  // A sticker on a door follows its building.
  code: { about: 'building', byServer: true },
  service: {},
  arrival: { belongsTo: { field: 'dwelling', kind: 'dwelling' }, appendOnly: true },
  departure: { belongsTo: { field: 'dwelling', kind: 'dwelling' }, appendOnly: true },
  'declaration-answer': {
    belongsTo: { field: 'declaration', kind: 'arrival', or: ['departure'] },
    appendOnly: true,
  },
  'landlord-link': { belongsTo: { field: 'dwelling', kind: 'dwelling' } },
  // As a request does: the account of a stairwell follows its building.
  fund: { about: 'building', beside: 'building' },
  'fund-entry': { belongsTo: { field: 'fund', kind: 'fund' }, appendOnly: true },
  'fund-check': { belongsTo: { field: 'entry', kind: 'fund-entry' }, appendOnly: true },
  'fund-giver': { belongsTo: { field: 'entry', kind: 'fund-entry' } },
  topic: {},
  'topic-step': { belongsTo: { field: 'topic', kind: 'topic' }, appendOnly: true },
  voice: { belongsTo: { field: 'dwelling', kind: 'dwelling' }, appendOnly: true },
  meeting: { sets: { matters: idOf } },
  vehicle: { belongsTo: { field: 'dwelling', kind: 'dwelling' } },
}

/** In the order of `schemas.ts`; `tests/domain/record.test.ts` sees that none is missing. */
export const kinds = Object.keys(traits) as readonly Kind[]

/** Id of the record that this one stands in, or null: of kinds that stand alone, and where none is named. */
export function parentOf(kind: Kind, fields: Readonly<Record<string, unknown>>): string | null {
  const field = traits[kind].belongsTo?.field
  return field ? idIn(fields[field]) : null
}

/** Id of the record of the same person or thing into which this one was merged; null where it stands for itself. */
export function mergedIntoOf(kind: Kind, fields: Readonly<Record<string, unknown>>): string | null {
  const field = traits[kind].mergesInto
  return field ? idIn(fields[field]) : null
}

/**
 * Id of the record with which this one goes to another grid: the one that it was merged into, its parent, or the one
 * that it is about.
 */
export function companionOf(kind: Kind, fields: Readonly<Record<string, unknown>>): string | null {
  const { belongsTo, about } = traits[kind]
  const field = belongsTo?.field ?? about
  return mergedIntoOf(kind, fields) ?? (field ? idIn(fields[field]) : null)
}

/** Id of the record in whose stream a new one is written: its parent, or the one that it stands beside. */
export function hostOf(kind: Kind, fields: Readonly<Record<string, unknown>>): string | null {
  const { beside } = traits[kind]
  return beside ? idIn(fields[beside]) : parentOf(kind, fields)
}

function idIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Key function of a set field; undefined where the field is a plain value. */
export function setKey(kind: Kind, field: string): ((element: unknown) => string) | undefined {
  return traits[kind].sets?.[field] as ((element: unknown) => string) | undefined
}
