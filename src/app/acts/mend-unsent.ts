/** What was refused, sent again with other fields: as new mutations, since one that was saved is never rewritten. */
import type { Mutation } from '#protocol/mutation.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import type { NewMutation } from './intent-to-mutation.ts'
import { heardOf, type Desk } from './work.ts'

export async function mendUnsent(
  open: Desk,
  items: readonly UnsentItem[],
  fieldsOf: (item: UnsentItem) => Mutation['fields'],
  made: { readonly ids: Ids; readonly now: number; readonly heard: number | null },
  recordOf: (record: string) => string = (record) => record,
): Promise<void> {
  const { ids, heard } = made
  const at = new Date(made.now).toISOString()
  const batch = items.length > 1 ? ids() : null
  const fresh = items.map((item): NewMutation => {
    const { device, stream, kind, record, op, to, seen } = item.mutation
    const common = {
      id: ids(),
      device,
      at,
      ...heardOf(heard),
      batch,
      ...(batch ? { batchSize: items.length } : {}),
    }
    const said = { stream, kind, record: recordOf(record), op, seen, fields: fieldsOf(item) }
    const base = { ...common, ...said }
    return to === undefined ? base : { ...base, to }
  })
  // The new ones first: a crash between leaves one too many to look at, never one too few.
  const saved = await open.vault.save(fresh)
  open.sync.saved(saved)
  for (const { mutation } of items) {
    await open.vault.giveUp(mutation.id)
    open.sync.gaveUp(mutation.id)
  }
}
