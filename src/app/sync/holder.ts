/** What this device holds by demand, as its vault has it: two notes, one that changes and one of names. */
import type { Mutation } from '#protocol/mutation.ts'
import type { Demand, WireRecord } from '#protocol/pull.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Vault } from '#app/vault/vault.ts'
import {
  concerns,
  holdsAll,
  opened,
  readHolding,
  readOutline,
  settled,
  type Holding,
} from './holding.ts'
import type { Mirror } from './mirror.ts'

export interface Holder {
  now(): Holding
  /** As the vault has it now: at the beginning, and after another tab changed it. */
  read(): Promise<void>
  change(change: (holding: Holding) => Holding): Promise<void>
  /** Whether this device looks at one of these streams; of none that are named it may be any. */
  concerns(moved: readonly string[]): boolean
  /** Whoever works in a place has it with them for the day. */
  worked(mutations: readonly Mutation[]): Promise<void>
  /** The server sent an outline: it lies in the vault before anything is shown by it. */
  outlined(outline: readonly WireRecord[] | undefined): Promise<void>
  /** A whole pull said what is held. `asked`: what it had asked for. */
  settled(asked: readonly string[], demand: Demand | null): Promise<void>
}

const holdingKey = 'holding'
const outlineKey = 'outline'

export function createHolder(
  vault: Pick<Vault, 'note' | 'setNote'>,
  mirror: () => Pick<Mirror, 'outline'>,
  clock: Clock,
  changed: () => void,
): Holder {
  let holding = holdsAll
  /** Places of which the name alone comes without being asked for. */
  let named: ReadonlySet<string> = new Set()
  const take = (outline: readonly WireRecord[]) => {
    named = new Set(outline.map(({ id }) => id))
    mirror().outline(outline)
  }

  /** Another tab may have changed it since, so that the vault is asked first. */
  const change = async (by: (holding: Holding) => Holding) => {
    const kept = readHolding(await vault.note(holdingKey))
    const next = by(kept)
    holding = next
    if (JSON.stringify(next) === JSON.stringify(kept)) return
    await vault.setNote(holdingKey, next)
    changed()
  }
  return {
    now: () => holding,
    async read() {
      const [kept, names] = await Promise.all([vault.note(holdingKey), vault.note(outlineKey)])
      const outline = readOutline(names)
      holding = readHolding(kept)
      // Names that the disk does not give are asked for anew.
      if (outline.length === 0) holding = { ...holding, outline: '' }
      take(holding.isOn ? outline : [])
    },
    change,
    concerns: (moved) => concerns(holding, named, moved),
    async worked(mutations) {
      if (!holding.isOn) return
      const streams = mutations.flatMap(({ stream, to }) => (to ? [stream, to] : [stream]))
      await change((now) => opened(now, streams, clock.now()))
    },
    async outlined(outline) {
      if (!outline) return
      await vault.setNote(outlineKey, outline)
      take(outline)
    },
    async settled(asked, demand) {
      const before = holding.isOn
      await change((now) => settled(now, asked, demand, clock.now()))
      // Everything is here again, each place by its own stream.
      if (before && demand === null) take([])
    },
  }
}
