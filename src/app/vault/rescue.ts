/**
 * An account's earlier database that would not open and was left as it lay. Once it opens again, what it still holds
 * goes on in the one that replaced it.
 */
import type { Vault } from './vault.ts'

/**
 * Saves everything of the earlier outbox into the later one, in its order and with its ids: what the server had already
 * it answers again, and nothing is applied twice. Returns how many there were; the earlier database may go then.
 */
export async function rescueInto(vault: Vault, earlier: Vault): Promise<number> {
  const had = new Set((await vault.outbox(true)).map(({ mutation }) => mutation.id))
  const kept = (await earlier.outbox(true)).map(({ mutation }) => mutation)
  const lost = kept.filter(({ id }) => !had.has(id)).map(({ seq: _, ...unnumbered }) => unnumbered)
  await vault.save(lost)
  const drafts = await vault.drafts()
  for (const [key, value] of await earlier.drafts()) {
    if (!drafts.has(key)) await vault.setDraft(key, value)
  }
  await vault.photos.takeFrom(earlier.photos)
  return lost.length
}
