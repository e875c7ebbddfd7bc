/** What refused work is sent again with: what its owner sees now, since they may have put it right in the form. */
import { setKey, type RegisterRecord } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Register } from '#app/register/register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'

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

/** Also what was said of a record after its making was refused, and was refused for that. */
export async function sendAgain(
  app: Pick<DeviceParts, 'register' | 'sync' | 'syncActs'>,
  item: UnsentItem,
): Promise<void> {
  const now = (one: UnsentItem) => fieldsNow(one, shownBy(app.register, one))
  await app.syncActs.mend(item.mutation.id, now)
  if (item.mutation.op !== 'create') return
  for (const later of followers(app.sync.getState().unsent, item)) {
    await app.syncActs.mend(later.mutation.id, now)
  }
}

function followers(unsent: readonly UnsentItem[], { mutation }: UnsentItem): UnsentItem[] {
  return unsent.filter(
    (one) =>
      one.problem === 'record-gone' &&
      one.mutation.record === mutation.record &&
      one.mutation.seq > mutation.seq,
  )
}

function shownBy(register: Register, { mutation }: UnsentItem): RegisterRecord | undefined {
  return register.get(mutation.kind, mutation.record)
}
