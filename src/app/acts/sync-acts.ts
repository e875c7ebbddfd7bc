/** What a person may do about sync: hasten it, mend or give up what was refused, sign in again. */
import type { Clock } from '#app/platform/clock.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { HowToHold } from '#app/sync/holding.ts'
import { areTogether, type UnsentItem } from '#app/sync/unsent-item.ts'
import type { Accounts } from '#app/stores/accounts.ts'

import type { Desk } from './work.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'

export interface SyncActs {
  syncNow(): void
  /** Brings a place of a large office here, or sends it away; resolves when it is noted and asked for. */
  hold(place: string, how: HowToHold): Promise<void>
  /**
   * A refused mutation goes as a new one with other fields; what was refused with it goes along. `recordOf`: of which
   * record it is said, where that is another one now.
   */
  mend(
    mutation: string,
    fieldsOf: (item: UnsentItem) => Mutation['fields'],
    recordOf?: (record: string) => string,
  ): Promise<void>
  /** The owner's own decision, shown in words before. */
  giveUp(mutation: string): Promise<void>
  /** Lets go of work that does not open any more; the person was told so. */
  giveUpDamaged(): Promise<void>
  /** Saves a sealed file of what the server does not have, for the office to bring in; nothing changes here. */
  saveFile(): Promise<'saved' | 'nothing' | 'sign-in-first' | 'storage'>
  /** Signs in again where the session has ended; the PIN and the work stay. */
  signInAgain(
    password: string,
    newPassword?: string,
    code?: string,
  ): Promise<Problem | 'offline' | 'unreadable-answer' | null>
}

interface Parts {
  readonly clock: Clock
  readonly ids: Ids
  readonly desk: () => Desk | null
  /** The server's last word, by its clock; null before the first. */
  readonly heard: () => number | null
  readonly unsent: () => readonly UnsentItem[]
  readonly unsentFile: Accounts['unsentFile']
  readonly saveFile: (name: string, text: string) => void
  readonly signInAgain: SyncActs['signInAgain']
}

export function createSyncActs({
  clock,
  ids,
  desk,
  heard,
  unsent,
  unsentFile,
  saveFile,
  signInAgain,
}: Parts): SyncActs {
  /** The refused mutation, and the others of its batch: they were refused together and go together. */
  const refused = (id: string) => {
    const items = unsent().filter((item) => item.state === 'refused')
    const item = items.find(({ mutation }) => mutation.id === id)
    if (!item) return []
    return items.filter(({ mutation }) => areTogether(mutation, item.mutation))
  }

  /** What a second tap finds on its way goes once. */
  const goingAgain = new Map<string, Promise<void>>()

  return {
    syncNow: () => desk()?.sync.syncNow(),
    hold: (place, how) => desk()?.sync.hold(place, how) ?? Promise.resolve(),
    mend(id, fieldsOf, recordOf) {
      const open = desk()
      const items = refused(id)
      const [first] = items
      if (!open || !first) return Promise.resolve()
      // What was refused together goes together: the first of it stands for all.
      const known = goingAgain.get(first.mutation.id)
      if (known) return known
      const made = { ids, now: clock.now(), heard: heard() }
      const going = import('./mend-unsent.ts')
        .then(({ mendUnsent }) => mendUnsent(open, items, fieldsOf, made, recordOf))
        .finally(() => goingAgain.delete(first.mutation.id))
      goingAgain.set(first.mutation.id, going)
      return going
    },
    async giveUp(id) {
      const open = desk()
      if (!open) return
      for (const { mutation } of refused(id)) {
        await open.vault.giveUp(mutation.id)
        open.sync.gaveUp(mutation.id)
      }
    },
    async giveUpDamaged() {
      const open = desk()
      if (!open) return
      await open.vault.giveUpDamaged()
      open.sync.look()
    },
    async saveFile() {
      const open = desk()
      if (!open) return 'nothing'
      const { saveUnsent } = await import('./save-unsent.ts')
      return saveUnsent({ vault: open.vault, unsentFile, saveFile, now: clock.now() })
    },
    signInAgain,
  }
}
