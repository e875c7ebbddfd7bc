/** What a vault notes of whose it is, for the moment in which it is opened. */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import type { Vault } from '#app/vault/vault.ts'

const key = 'account'
const schema = v.object({
  name: v.string(),
  role: v.picklist(roles),
  /** How many grids it held when that was last heard; absent before version 0.2.0. */
  grids: v.optional(v.number()),
})
export type Person = v.InferOutput<typeof schema>

/** Null where nothing is noted, or nothing that can be read. Fails with a `VaultFault`. */
export async function readPerson(vault: Pick<Vault, 'note'>): Promise<Person | null> {
  const kept = v.safeParse(schema, await vault.note(key))
  return kept.success ? kept.output : null
}

export function keepPerson(vault: Pick<Vault, 'setNote'>, person: Person): Promise<void> {
  return vault.setNote(key, person)
}
