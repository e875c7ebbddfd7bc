/** Half-filled forms: in memory at once, sealed on disk a quarter of a second later or when the page is hidden. */
import type { Clock } from '#app/platform/clock.ts'
import type { Vault } from '#app/vault/vault.ts'

/** Half-filled forms, sealed on disk; they outlive a rotation, a lock, a reload and a crash. */
export interface Drafts {
  get(key: string): unknown
  /** Written within a quarter of a second, at once when the page is hidden. */
  set(key: string, value: unknown): void
  remove(key: string): void
  /** Writes what waits. Never rejects: what cannot be written stays in memory and is tried with the next change. */
  flush(): Promise<void>
}

const writeAfter = 250

/** The part of the vault that keeps drafts. */
export type DraftKeeper = Pick<Vault, 'drafts' | 'setDraft' | 'removeDraft'>

export interface DraftStore extends Drafts {
  /** Reads what an opened vault kept. */
  open(keeper: DraftKeeper): Promise<void>
  /** Writes what waits and forgets everything; memory is empty when this returns, the disk when it resolves. */
  close(): Promise<void>
}

export function createDrafts(clock: Clock): DraftStore {
  let keeper: DraftKeeper | null = null
  let values = new Map<string, unknown>()
  let unwritten = new Set<string>()
  let writing = Promise.resolve()
  let cancel: (() => void) | null = null

  const write = (to: DraftKeeper, from: ReadonlyMap<string, unknown>, keys: Set<string>) => {
    writing = writing.then(async () => {
      for (const key of [...keys]) {
        keys.delete(key)
        try {
          await (from.has(key) ? to.setDraft(key, from.get(key)) : to.removeDraft(key))
        } catch {
          keys.add(key)
          return
        }
      }
    })
    return writing
  }

  const flush = () => {
    cancel?.()
    cancel = null
    return keeper ? write(keeper, values, unwritten) : writing
  }

  const changed = (key: string) => {
    unwritten.add(key)
    cancel ??= clock.after(writeAfter, () => void flush())
  }

  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.set(key, value)
      changed(key)
    },
    remove(key) {
      if (!values.delete(key)) return
      changed(key)
    },
    async open(from) {
      const kept = await from.drafts()
      keeper = from
      values = new Map([...kept, ...values])
      if (unwritten.size > 0) await flush()
    },
    flush,
    close() {
      const done = flush()
      keeper = null
      values = new Map()
      unwritten = new Set()
      return done
    },
  }
}
