/** What one tab holds in memory of its account's vault: the register, the outbox, and up to which versions. */
import type { Cursor, PageLine, WireRecord } from '#protocol/pull.ts'
import type { Pause } from '#app/platform/pause.ts'
import type { FaceOpening } from '#app/register/face.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { OutboxEntry, Vault } from '#app/vault/vault.ts'
import type { Damage } from './damage.ts'
import { outlinePage } from './holding.ts'
import { createUnsent, type Unsent } from './unsent.ts'

export interface Mirror {
  readonly unsent: Unsent
  /** Reads everything anew; the register changes in one go, so a screen never sees the half of it. */
  load(pulledAt: number): Promise<void>
  /**
   * As `load`, but the register is open once the first of the streams are here, and all own work on them. The answer
   * reads the rest in slices; null where nothing is left.
   */
  loadFirst(
    pulledAt: number,
    first: (streams: readonly string[]) => readonly string[],
    opening: FaceOpening,
  ): Promise<((pause: Pause) => Promise<void>) | null>
  loadOutbox(pulledAt: number): Promise<void>
  /** False where the vault has moved on without this tab. */
  isCurrent(): Promise<boolean>
  /** False where pages are missing before these: then nothing is shown and `load` is due. */
  addPages(pages: readonly PageLine[]): boolean
  dropStream(stream: string): void
  /** Places that are not held, in place of those of before. */
  outline(places: readonly WireRecord[]): void
  /** What of the disk could not be read. */
  damage(): Damage
  /** A complete pull brought again what the server has. */
  mended(): void
}

/** Long: reading whole, reading in parts and what other tabs say all move the same few variables. */
export function createMirror(
  vault: Pick<Vault, 'load' | 'cursors' | 'streams' | 'outbox' | 'damagedOutbox'>,
  register: WritableRegister,
  changed: () => void,
  isClosed: () => boolean = () => false,
): Mirror {
  const unsent = createUnsent(register, changed)
  let held = new Map<string, Cursor>()
  let places = new Map<string, WireRecord>()
  /** Of what is not held here: a stream's own record of its place is the later one. */
  const showOutline = () => {
    const away = [...places.values()].filter(({ id }) => !held.has(id))
    if (away.length > 0) register.applyPages(away.map(outlinePage))
  }
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
  const readPages = async (only?: readonly string[]) => {
    const pages: PageLine[] = []
    const { damaged } = await vault.load((more) => pages.push(...more), only)
    if (damaged.length > 0) damage = { ...damage, pages: true }
    return pages
  }
  /** All at once, and no pause in it. */
  const show = (
    pages: readonly PageLine[],
    cursors: Readonly<Record<string, Cursor>>,
    entries: readonly OutboxEntry[],
    pulledAt: number,
    opening: FaceOpening | null = null,
  ) => {
    // Whoever unlocks next must not find anything of this account.
    if (isClosed()) return
    register.clear()
    unsent.clear()
    if (opening) register.open(opening)
    if (pages.length > 0) register.applyPages(pages)
    held = new Map(Object.entries(cursors))
    showOutline()
    unsent.load(entries, pulledAt)
  }

  return {
    unsent,
    async load(pulledAt) {
      // Cursors first: pages that another tab adds meanwhile are then at most shown twice, never missed.
      const cursors = await vault.cursors()
      const pages = await readPages()
      await lookForDamage()
      show(pages, cursors, await readOutbox(pulledAt), pulledAt)
    },
    async loadFirst(pulledAt, first, opening) {
      // The cursors first here too. A stream that another tab adds meanwhile comes with that tab's word.
      const cursors = await vault.cursors()
      const streams = await vault.streams()
      opening.begin(streams)
      const left = new Set(streams)
      const mine = first(streams).filter((stream) => left.delete(stream))
      const pages = await readPages(mine)
      await lookForDamage()
      const isAll = left.size === 0
      show(pages, cursors, await readOutbox(pulledAt), pulledAt, isAll ? null : opening)
      if (isAll) return null
      for (const stream of mine) opening.came(stream)

      return async (pause) => {
        const read = () => {
          const stream = opening.next(left)
          return left.delete(stream) ? { stream, pages: readPages([stream]) } : null
        }
        for (let now = read(); now;) {
          const more = await now.pages
          // While one is put into the register the disk gives the next.
          const next = read()
          next?.pages.catch(() => {}) // said when its turn comes
          for (const page of more) {
            await pause()
            if (isClosed()) return
            register.applyPages([page], true)
          }
          if (isClosed()) return
          opening.came(now.stream)
          if (opening.isAwaited(now.stream)) register.open(opening)
          now = next
        }
        if (damage.pages) changed()
      }
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
      const place = places.get(stream)
      if (place) register.applyPages([outlinePage(place)])
    },
    outline(next) {
      const before = places
      places = new Map(next.map((place) => [place.id, place]))
      for (const id of before.keys()) {
        if (!places.has(id) && !held.has(id)) register.dropStream(id)
      }
      showOutline()
    },
  }
}

function isSame(a: Cursor | undefined, b: Cursor): boolean {
  return a?.epoch === b.epoch && a.version === b.version
}
