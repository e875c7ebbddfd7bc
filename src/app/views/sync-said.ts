/** What the button of sync says, before it is put into words. */
import type { Instant } from '#domain/day.ts'
import type { SyncStatus } from '#app/sync/status.ts'

export type { SyncStatus } from '#app/sync/status.ts'

export type SyncSaid =
  /** Nothing goes before somebody types the password: calling that offline would have the work wait for a network. */
  | { readonly is: 'signed-out' }
  | { readonly is: 'offline'; readonly unsent: number }
  | { readonly is: 'sending'; readonly unsent: number }
  /** Counted as the sheet lists them. */
  | { readonly is: 'attention'; readonly count: number }
  | { readonly is: 'never-synced' }
  | { readonly is: 'up-to-date'; readonly at: Instant }

export function syncSaid({ phase, problem, unsent, damage, lastSync }: SyncStatus): SyncSaid {
  switch (phase) {
    case 'offline':
      if (problem === 'session-ended' || problem === 'not-signed-in') return { is: 'signed-out' }
      return { is: 'offline', unsent: unsent.length }
    case 'sending':
      return { is: 'sending', unsent: unsent.length }
    case 'attention': {
      const refused = unsent.filter(({ state }) => state === 'refused').length
      return { is: 'attention', count: refused + damage.work }
    }
    case 'up-to-date':
      return lastSync ? { is: 'up-to-date', at: lastSync } : { is: 'never-synced' }
  }
}
