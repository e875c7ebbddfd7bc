/** What settles a clash: the other value is an ordinary change of the record, in one batch with the word that it is settled. */
import type { Intent } from '#app/acts/intent.ts'
import type { Rec, Register } from '#app/register/register.ts'

export function settlingClash(
  register: Pick<Register, 'get'>,
  clash: Rec<'clash'>,
  choice: 'kept' | 'lost',
): Intent[] {
  const { kind, record, field, lost } = clash.fields
  const settled: Intent = {
    op: 'patch',
    kind: 'clash',
    record: clash.id,
    fields: { settled: true },
  }
  const held = kinds.find((one) => one === kind)
  if (choice === 'kept' || !held || !register.get(held, record)) return [settled]
  return [{ op: 'patch', kind: held, record, fields: { [field]: lost.value ?? null } }, settled]
}

const kinds = ['resident', 'household', 'dwelling', 'building'] as const
