/** A confirmation that was refused since its person lives there already: it is the same person, and everything goes to them. */
import { newestPolicy } from '#domain/policy-in-force.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Register } from '#app/register/register.ts'
import { areTogether, type UnsentItem } from '#app/sync/unsent-item.ts'
import { answerTo, type Answer } from '#app/views/declarations.ts'
import type { Rec } from '#app/views/records.ts'
import { arrivalConfirmed } from './declaration-intents.ts'
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'
import { followers } from './send-again.ts'

type Claim = Rec<'arrival'>
type Known = Rec<'resident'>
type Parts = Pick<DeviceParts, 'register' | 'sync' | 'syncActs'>

/** The answer that was refused so, and waits on this device; undefined where there is none. */
export function refusedAnswer(
  unsent: readonly UnsentItem[],
  claim: string,
): UnsentItem | undefined {
  return unsent.find(
    ({ mutation: { kind, fields }, problem }) =>
      problem === 'person-there-already' &&
      kind === 'declaration-answer' &&
      fields['declaration'] === claim,
  )
}

/** Whether the claim is answered by now with something else than that it is of this known person. */
export function isAnsweredOtherwise(
  register: Pick<Register, 'all'>,
  claim: Claim,
  known: Known,
): boolean {
  const answer = answerTo(register, claim.id)
  return answer !== undefined && !isOf(answer, known)
}

function isOf({ fields: { outcome, residents } }: Answer, { id }: Known): boolean {
  return outcome === 'confirmed' && residents?.length === 1 && residents[0] === id
}

/**
 * The answer that the claim is of somebody known, and the visit of the moment at which the worker stood there. Nothing
 * twice, after a second tap or after the app was ended: where a colleague answered the same, the visit alone; nothing where
 * the claim is answered otherwise.
 */
export function knownConfirmed(
  app: Pick<DeviceParts, 'register' | 'work' | 'now'>,
  claim: Claim,
  known: Known,
  item: UnsentItem,
  unsent: readonly UnsentItem[],
): readonly Intent[] {
  const answer = answerTo(app.register, claim.id)
  if (answer && !isOf(answer, known)) return []
  const { fields, at } = item.mutation
  const visit = unsent.find(
    ({ mutation: one }) => one.kind === 'visit' && areTogether(one, item.mutation),
  )
  const visited = visit?.mutation.fields['at']
  const met = Date.parse(typeof visited === 'string' ? visited : at)
  const policies = [...app.register.all('policy')].map(({ fields: said }) => said)
  const on = String(fields['on'])
  const then = { ...app, now: () => met }
  const { intents } = arrivalConfirmed(then, claim, { known }, newestPolicy(policies), on)
  if (!answer) return intents
  const moment = new Date(met).toISOString()
  for (const { fields: seen } of app.register.all('visit'))
    if (seen.resident === known.id && seen.at === moment) return []
  return intents.filter(({ kind }) => kind === 'visit')
}

/**
 * After that answer is on the disk: what was entered upon the person who was not made goes to the one who is known, and
 * the refused confirmation is given up. What cannot go over stays in the list, to be read. False where the answer in the
 * register does not name that person: then nothing goes anywhere and nothing is given up.
 */
export async function goToKnown(app: Parts, claim: Claim, known: Known): Promise<boolean> {
  const answer = answerTo(app.register, claim.id)
  if (!answer || !isOf(answer, known)) return false
  const { unsent } = app.sync.getState()
  const item = refusedAnswer(unsent, claim.id)
  if (!item) return true
  const goes = new Map<string, string>()
  for (const { mutation: one } of unsent) {
    if (one.op !== 'create' || !areTogether(one, item.mutation)) continue
    if (one.kind === 'resident') goes.set(one.record, known.id)
    if (one.kind === 'household') goes.set(one.record, known.fields.household)
  }
  const later = followers(unsent, item)
  for (const one of later) {
    const together = later.filter(({ mutation }) => areTogether(mutation, one.mutation))
    if (!together.every((each) => mayGo(app.register, each.mutation, goes, known))) continue
    await app.syncActs.mend(
      one.mutation.id,
      ({ mutation: { fields } }) => goneOver(fields, goes),
      (record) => goes.get(record) ?? record,
    )
  }
  await app.syncActs.giveUp(item.mutation.id)
  return true
}

/** Nobody is taken away in the place of another, and a household of several is not changed for what was said of one. */
function mayGo(
  register: Pick<Register, 'residents'>,
  { op, kind, record }: Mutation,
  goes: ReadonlyMap<string, string>,
  known: Known,
): boolean {
  if (op === 'create' || !goes.has(record)) return op === 'create' || op === 'patch'
  return (
    op === 'patch' &&
    (kind !== 'household' || register.residents(known.fields.household).length < 2)
  )
}

function goneOver(
  fields: Mutation['fields'],
  goes: ReadonlyMap<string, string>,
): Mutation['fields'] {
  const over = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(over) : (goes.get(value as string) ?? value)
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, over(value)]))
}
