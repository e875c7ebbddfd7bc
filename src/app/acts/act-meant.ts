/**
 * The id of an act is made when somebody means it and kept, sealed, until the office has answered: asked again after a
 * lost answer or a crash, it is the same act, and is done once. Another content is another act.
 */
import type { Drafts } from '#app/stores/drafts.ts'

interface Kept {
  readonly act: string
  readonly content: string
}

const keyOf = (name: string) => `act/${name}`

export function actOf(
  drafts: Pick<Drafts, 'get' | 'set'>,
  name: string,
  content: object,
  newId: () => string,
): string {
  const kept = drafts.get(keyOf(name)) as Kept | undefined
  const written = JSON.stringify(content)
  if (kept?.content === written) return kept.act
  const act = newId()
  drafts.set(keyOf(name), { act, content: written } satisfies Kept)
  return act
}

/** Answered: whatever is meant next is another act. */
export function actDone(drafts: Pick<Drafts, 'remove'>, name: string): void {
  drafts.remove(keyOf(name))
}
