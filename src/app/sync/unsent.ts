/**
 * The outbox as memory mirrors it: what the screen lists as unsent, and what the register shows on top of its base.
 *
 * A delivered mutation leaves the list with its receipt, but the register keeps showing it until a pull that began
 * afterwards is complete: so what was saved never flickers back to the old value on the way. A refused step of a request
 * did not happen: it is listed, to be meant again or dropped, and the register does not show it.
 */
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { UnsentItem } from './unsent-item.ts'
import type { OutboxEntry } from '#app/vault/vault.ts'

export interface Unsent {
  /** In order of seq. */
  items(): readonly UnsentItem[]
  waiting(): number
  /** Counts up with each `saved`, `answered` and `gaveUp`. */
  edits(): number
  /** Everything anew from the vault. Delivered entries answered since `pulledAt` are still shown. */
  load(entries: readonly OutboxEntry[], pulledAt: number): void
  saved(mutations: readonly Mutation[]): void
  answered(receipts: readonly Receipt[]): void
  gaveUp(mutation: string): void
  /** Delivered ones whose records a pull that begins now will bring. */
  delivered(): readonly string[]
  /** That pull is complete. */
  settle(ids: readonly string[]): void
  clear(): void
}

export function createUnsent(register: WritableRegister, changed: () => void): Unsent {
  const itemsById = new Map<string, UnsentItem>()
  const shown = new Set<string>()
  const delivered = new Set<string>()
  let sorted: readonly UnsentItem[] | null = null
  let edits = 0

  const touch = () => {
    sorted = null
    changed()
  }
  const show = (mutations: readonly Mutation[]) => {
    const fresh = mutations.filter((mutation) => !shown.has(mutation.id))
    for (const mutation of fresh) shown.add(mutation.id)
    if (fresh.length > 0) register.applyOwn(fresh)
  }
  const hide = (ids: readonly string[]) => {
    const known = ids.filter((id) => shown.delete(id))
    if (known.length > 0) register.settle(known)
  }
  const list = () => (sorted ??= [...itemsById.values()].sort(bySeq))

  return {
    items: list,
    edits: () => edits,
    waiting: () => list().filter((item) => item.state === 'waiting').length,
    load(entries, pulledAt) {
      itemsById.clear()
      delivered.clear()
      const toShow: Mutation[] = []
      const doubled = batchesDoubled(entries)
      for (const { mutation, state, answeredAt, problem, fields } of entries) {
        if (state === 'delivered') {
          if (problem !== null || (answeredAt ?? 0) < pulledAt) continue
          delivered.add(mutation.id)
        } else itemsById.set(mutation.id, { mutation, state, problem, fields })
        if (state === 'refused' && isUnshown(mutation, doubled)) continue
        toShow.push(mutation)
      }
      const stay = new Set(toShow.map((mutation) => mutation.id))
      hide([...shown].filter((id) => !stay.has(id)))
      show(toShow)
      touch()
    },
    saved(mutations) {
      edits += 1
      for (const mutation of mutations) {
        itemsById.set(mutation.id, { mutation, state: 'waiting', problem: null, fields: [] })
      }
      show(mutations)
      touch()
    },
    answered(receipts) {
      edits += 1
      for (const receipt of receipts) {
        const item = itemsById.get(receipt.id)
        if (!item) continue
        if (receipt.ok) {
          itemsById.delete(receipt.id)
          delivered.add(receipt.id)
        } else {
          const { problem } = receipt
          const fields = (receipt.fields ?? []).map(({ field, problem, limit }) =>
            limit === undefined ? { field, problem } : { field, problem, limit },
          )
          itemsById.set(receipt.id, { mutation: item.mutation, state: 'refused', problem, fields })
        }
      }
      const doubled = batchesDoubled(itemsById.values())
      const refused = [...itemsById.values()].filter(({ state }) => state === 'refused')
      hide(refused.filter((one) => isUnshown(one.mutation, doubled)).map((one) => one.mutation.id))
      touch()
    },
    gaveUp(mutation) {
      edits += 1
      itemsById.delete(mutation)
      hide([mutation])
      touch()
    },
    delivered: () => [...delivered],
    settle(ids) {
      for (const id of ids) delivered.delete(id)
      hide(ids)
    },
    clear() {
      itemsById.clear()
      shown.clear()
      delivered.clear()
      touch()
    },
  }
}

function bySeq(a: UnsentItem, b: UnsentItem): number {
  return a.mutation.seq - b.mutation.seq
}

/** What a colleague had done already: whom this batch would have made is in the register by the other one, or may be. */
function batchesDoubled(
  items: Iterable<Pick<UnsentItem, 'mutation' | 'problem'>>,
): ReadonlySet<string | null> {
  const doubled = [...items].filter(
    ({ problem }) => problem === 'answered-already' || problem === 'person-there-already',
  )
  return new Set(doubled.map(({ mutation }) => mutation.batch))
}

/** A refused step did not happen, nor did what was done twice. */
function isUnshown({ kind, batch }: Mutation, doubled: ReadonlySet<string | null>): boolean {
  const isStep = kind === 'request-step' || kind === 'errand-step' || kind === 'declaration-answer'
  return isStep || (batch !== null && doubled.has(batch))
}
