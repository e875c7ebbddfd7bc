/** What one tab holds in memory of its account's vault: the register, the outbox, and up to which versions. */
import type { Cursor, PageLine } from '#protocol/pull.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { Vault } from '#app/vault/vault.ts'
import type { Damage } from './damage.ts'
import { createUnsent, type Unsent } from './unsent.ts'

export interface Mirror {
  readonly unsent: Unsent
  /** Reads everything anew; the register changes in one go, so a screen never sees the half of it. */
  load(pulledAt: number): Promise<void>
  loadOutbox(pulledAt: number): Promise<void>
  /** False where the vault has moved on without this tab. */
  isCurrent(): Promise<boolean>
  /** False where pages are missing before these: then nothing is shown and `load` is due. */
  addPages(pages: readonly PageLine[]): boolean
  dropStream(stream: string): void
  /** What of the disk could not be read. */
  damage(): Damage
  /** A complete pull brought again what the server has. */
  mended(): void
}

export function createMirror(
  vault: Pick<Vault, 'load' | 'cursors' | 'outbox' | 'damagedOutbox'>,
  register: WritableRegister,
  changed: () => void,
): Mirror {
  const unsent = createUnsent(register, changed)
  let held = new Map<string, Cursor>()
  let damage: Damage = { pages: false, work: 0 }
  /** What is saved, answered or given up while it is read must not be overwritten by what was read before. */
  const readOutbox = async (pulledAt: number) => {
    for (;;) {
      const before = unsent.edits()
      const entries = await vault.outbox({ since: pulledAt })
      if (unsent.edits() === before) return entries
    }
  }
  const lookForDamage = async () => {
    damage = { ...damage, work: (await vault.damagedOutbox()).length }
  }

  return {
    unsent,
    async load(pulledAt) {
      // Cursors first: pages that another tab adds meanwhile are then at most shown twice, never missed.
      const cursors = await vault.cursors()
      const pages: PageLine[] = []
      const { damaged } = await vault.load((more) => pages.push(...more))
      damage = { pages: damage.pages || damaged.length > 0, work: 0 }
      await lookForDamage()
      const entries = await readOutbox(pulledAt) // last, and no pause behind it
      register.clear()
      unsent.clear()
      if (pages.length > 0) register.applyPages(pages)
      held = new Map(Object.entries(cursors))
      unsent.load(entries, pulledAt)
    },
    async loadOutbox(pulledAt) {
      await lookForDamage()
      unsent.load(await readOutbox(pulledAt), pulledAt)
    },
    async isCurrent() {
      const cursors = Object.entries(await vault.cursors())
      return cursors.length === held.size && cursors.every(([id, at]) => isSame(held.get(id), at))
    },
    addPages(pages) {
      const next = new Map(held)
      for (const { stream, epoch, from, to, reset } of pages) {
        const at = next.get(stream)
        if (!reset && from > (at?.version ?? 0)) return false
        if (!reset && at && at.epoch !== epoch) return false
        next.set(stream, { epoch, version: to })
      }
      held = next
      register.applyPages(pages)
      return true
    },
    damage: () => damage,
    mended() {
      if (!damage.pages) return
      damage = { ...damage, pages: false }
      changed()
    },
    dropStream(stream) {
      held.delete(stream)
      register.dropStream(stream)
    },
  }
}

function isSame(a: Cursor | undefined, b: Cursor): boolean {
  return a?.epoch === b.epoch && a.version === b.version
}
