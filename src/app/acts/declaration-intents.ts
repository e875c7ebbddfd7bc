/** What is said of comings and goings, and what becomes of it: the answer first, so that nobody is made by a second one. */
import type { Day } from '#domain/day.ts'
import type { DeclarationAnswer } from '#domain/declaration.ts'
import type { Policy } from '#domain/policy.ts'
import type { Register } from '#app/register/register.ts'
import type { Declaration, DeclarationDraft, What } from '#app/views/declarations.ts'
import type { Rec } from '#app/views/records.ts'
import type { ResidentValues } from '#app/views/resident-values.ts'
import type { DeviceParts } from './device-parts.ts'
import {
  familyMovesIn,
  householdLeaves,
  residentJoins,
  residentLeaves,
  visitIntent,
} from './household-intents.ts'
import type { Intent } from './intent.ts'

type Maker = Pick<DeviceParts, 'now'> & { readonly work: Pick<DeviceParts['work'], 'newId'> }

/** A new claim about a dwelling; of a draft without faults. */
export function declared(
  app: Maker,
  what: What,
  { id: dwelling, stream }: Pick<Rec<'dwelling'>, 'id' | 'stream'>,
  draft: DeclarationDraft,
): Intent[] {
  const { speaker, from } = draft
  const common = { dwelling, speaker, count: Number(draft.count), from, note: said(draft.note) }
  const fields =
    what === 'arrival'
      ? {
          ...{ ...common, name: draft.name.trim() },
          ...{ until: said(draft.until), telephone: said(draft.telephone) },
        }
      : { ...common, name: said(draft.name) }
  return [{ op: 'create', kind: what, record: app.work.newId(stream), stream, fields }]
}

function said(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function answer(
  app: Maker,
  { id: declaration, stream }: Declaration,
  fields: Pick<DeclarationAnswer, 'outcome' | 'reason' | 'words' | 'residents' | 'besides' | 'on'>,
): Intent {
  return {
    ...{ op: 'create', kind: 'declaration-answer', record: app.work.newId(stream), stream },
    fields: { ...fields, declaration },
  }
}

/** It is not so, or not to be registered; nothing else changes. */
export function notSo(
  app: Maker,
  claim: Declaration,
  why: Pick<DeclarationAnswer, 'reason' | 'words'>,
  on: Day,
): Intent[] {
  return [answer(app, claim, { outcome: 'not-so', ...why, on })]
}

/** What a claim tells of the person, as an intake has it; nothing that the office does not ask. */
export function personOf(claim: Rec<'arrival'>, { off }: Pick<Policy, 'off'>, on: Day) {
  const { name, telephone, from } = claim.fields
  const values: ResidentValues = {
    ...{ name, relation: '02', residence: '2' },
    // Whoever said that they would come has come by now.
    arrivedOn: from > on ? on : from,
    ...(telephone ? { phones: [telephone] } : {}),
  }
  return Object.fromEntries(
    Object.entries(values).filter(([field]) => !off.includes(field)),
  ) as ResidentValues
}

/** Whom a claim is about: somebody who lives there already, a household that they join, or one of their own. */
export type Found =
  | { readonly known: Rec<'resident'> }
  | (Anew & { readonly joins: Rec<'household'> })
  | (Anew & { readonly dwelling: Rec<'dwelling'> })

/** Somebody new: those who are called alike, and whom the worker saw to be others. Whoever else is takes the batch back. */
interface Anew {
  readonly besides: readonly Rec<'resident'>[]
}

/** An arrival is entered in the register, or found to stand there; and whoever confirms it was at the door. */
export function arrivalConfirmed(
  app: Maker,
  claim: Rec<'arrival'>,
  found: Found,
  policy: Pick<Policy, 'off'>,
  on: Day,
): { readonly household: string; readonly intents: Intent[] } {
  const { household, intents } = entered(app, claim, found, policy, on)
  const residents =
    'known' in found
      ? [found.known.id]
      : intents.flatMap(({ op, kind, record }) =>
          op === 'create' && kind === 'resident' ? [record] : [],
        )
  const besides = 'besides' in found ? found.besides.map(({ id }) => id) : []
  const said = { outcome: 'confirmed' as const, residents, on }
  return {
    household,
    intents: [answer(app, claim, besides.length > 0 ? { ...said, besides } : said), ...intents],
  }
}

function entered(
  app: Maker,
  claim: Rec<'arrival'>,
  found: Found,
  policy: Pick<Policy, 'off'>,
  on: Day,
): { readonly household: string; readonly intents: Intent[] } {
  if ('known' in found) {
    const { household } = found.known.fields
    const home = { id: household, stream: found.known.stream }
    const visit = { unchanged: true, resident: found.known.id }
    return { household, intents: [visitIntent(app, home, visit)] }
  }
  const person = personOf(claim, policy, on)
  if ('joins' in found) {
    const { relation: _, ...guest } = person
    const how = { today: on, isFirst: false, visit: true }
    return { household: found.joins.id, intents: residentJoins(app, found.joins, guest, how) }
  }
  const { dwelling } = found
  const { use } = dwelling.fields
  const isLet = claim.fields.speaker === 'landlord' && (!use || use === 'vacant')
  return familyMovesIn(app, dwelling, [person], isLet ? 'rental' : null)
}

/** Those who left are moved out, household by household; a household in which nobody is left ends. */
export function departureConfirmed(
  app: Maker,
  register: Pick<Register, 'get' | 'residents'>,
  claim: Rec<'departure'>,
  leaving: readonly Rec<'resident'>[],
  on: Day,
): Intent[] {
  const where = { to: null, consent: null }
  const day = claim.fields.from > on ? on : claim.fields.from
  const homes = [...new Set(leaving.map(({ fields }) => fields.household))]
  const moves = homes.flatMap((id) => {
    const home = register.get('household', id)
    if (!home) return []
    const members = register.residents(id)
    const gone = leaving.filter(({ fields }) => fields.household === id)
    if (gone.length >= members.length) return householdLeaves(home, members, day, where)
    return gone.flatMap((one) => residentLeaves(home, members, one, day, where))
  })
  const residents = leaving.map(({ id }) => id)
  return [answer(app, claim, { outcome: 'confirmed', residents, on }), ...moves]
}
