/** What refused work is sent again with: what its owner sees now, since they may have put it right in the form. */
import { mostPeople } from '#domain/declaration.ts'
import { setKey, type RegisterRecord } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Register } from '#app/register/register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { areTogether, type UnsentItem } from '#app/sync/unsent-item.ts'

/** Fields that the office does not ask any more: no form shows them, so nobody could take them out. */
export function fieldsLeftOut({ fields }: UnsentItem): readonly string[] {
  return fields.filter(({ problem }) => problem === 'field-off').map(({ field }) => field)
}

/** `record`: what it was said of, as the register shows it with everything that waits. */
export function fieldsNow(
  item: UnsentItem,
  record: RegisterRecord | undefined,
): Mutation['fields'] {
  const { kind, op, fields } = item.mutation
  const shown = record?.fields as Mutation['fields'] | undefined
  const whole = op === 'create' && shown ? shown : fields
  const left = new Set(fieldsLeftOut(item))
  return Object.fromEntries(
    Object.entries(whole)
      .filter(([field]) => !left.has(field))
      .map(([field, value]) => {
        // Of a list it was said what to add and what to take out; that holds whatever else stands in it.
        const isWhole = op === 'create' || setKey(kind, field) !== undefined
        return [field, isWhole || !shown ? value : (shown[field] ?? null)]
      }),
  )
}

/**
 * Also what was said of a record, or entered upon it, after its making was refused, and was refused for that. A claim whose
 * person might have been registered already is confirmed once more as somebody else: whoever sends it again saw who lives
 * there.
 */
export async function sendAgain(
  app: Pick<DeviceParts, 'register' | 'sync' | 'syncActs'>,
  item: UnsentItem,
): Promise<void> {
  const now = (one: UnsentItem) => {
    const fields = fieldsNow(one, shownBy(app.register, one))
    return one.problem === 'person-there-already' ? besides(app.register, fields) : fields
  }
  const later = followers(app.sync.getState().unsent, item)
  await app.syncActs.mend(item.mutation.id, now)
  for (const one of later) {
    await app.syncActs.mend(one.mutation.id, now)
  }
}

/**
 * What was said of the records that a refused piece would have made, or of records made upon those; in the order in which
 * they were made.
 */
export function followers(unsent: readonly UnsentItem[], { mutation }: UnsentItem): UnsentItem[] {
  const { seq } = mutation
  const isOfIt = (one: Mutation) => areTogether(one, mutation)
  const made = new Set(
    unsent.flatMap(({ mutation: one }) => (isOfIt(one) && one.op === 'create' ? [one.record] : [])),
  )
  const isUpon = ({ record, fields }: Mutation) =>
    made.has(record) || Object.values(fields).some((value) => made.has(value as string))
  return unsent.filter(({ mutation: one, problem }) => {
    const isLater =
      (problem === 'record-gone' || problem === 'reference-missing') &&
      one.seq > seq &&
      !isOfIt(one) &&
      isUpon(one)
    if (isLater && one.op === 'create') made.add(one.record)
    return isLater
  })
}

/** An answer to a claim that names whoever lives behind that door as somebody else. */
function besides(register: Register, fields: Mutation['fields']): Mutation['fields'] {
  const door = register.get('arrival', String(fields['declaration']))?.fields.dwelling
  const known = door
    ? register.households(door).flatMap(({ id }) => register.residents(id).map((one) => one.id))
    : []
  const before = Array.isArray(fields['besides']) ? (fields['besides'] as string[]) : []
  return { ...fields, besides: [...new Set([...before, ...known])].slice(0, mostPeople) }
}

function shownBy(register: Register, { mutation }: UnsentItem): RegisterRecord | undefined {
  return register.get(mutation.kind, mutation.record)
}
