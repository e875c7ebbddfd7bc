/** How far an import has come, from the parts of it that this device still holds. */
import type { Import, ImportItem } from '#domain/import.ts'
import { isStorableJson } from '#domain/storable.ts'

/** What is not sent yet, as far as an import is concerned. */
export interface UnsentPart {
  readonly state: string
  readonly mutation: {
    readonly record: string
    readonly fields: Readonly<Record<string, unknown>>
  }
}

/** So many of its parts wait, or came back. */
export function partsOf(
  unsent: readonly UnsentPart[],
  id: string,
  state: 'waiting' | 'refused',
): number {
  return ofImport(unsent, id, state).length
}

/** The first change that no database can hold, in the parts that the office sent back. */
export function findUnstorable(unsent: readonly UnsentPart[], id: string): Import['refusedAt'] {
  const items = ofImport(unsent, id, 'refused').flatMap(
    ({ mutation }) => (mutation.fields['items'] ?? []) as ImportItem[],
  )
  const found = items.find(({ fields }) => !isStorableJson(fields))
  if (!found) return null
  const field = Object.entries(found.fields).find(([, value]) => !isStorableJson(value))?.[0]
  const { kind, sheet, row } = found
  return { kind, sheet, row, field }
}

function ofImport(unsent: readonly UnsentPart[], id: string, state: 'waiting' | 'refused') {
  return unsent.filter((item) => item.state === state && item.mutation.fields['import'] === id)
}
