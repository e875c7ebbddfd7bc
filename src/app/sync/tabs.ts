/**
 * Several tabs of one account: one leads and speaks with the server, all show the same. What a tab missed while it
 * was frozen it notices by the versions that it holds, and reads anew from the vault.
 */
import type { Instant } from '#domain/day.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { PageLine } from '#protocol/pull.ts'
import type { Channel } from '#app/platform/locks.ts'
import type { Standing } from './status.ts'

export type TabMessage =
  | { readonly type: 'saved'; readonly mutations: readonly Mutation[] }
  | { readonly type: 'answered'; readonly receipts: readonly Receipt[] }
  | { readonly type: 'gave-up'; readonly mutation: string }
  | { readonly type: 'pages'; readonly pages: readonly PageLine[] }
  /** More pages than are worth a message are in the vault. */
  | { readonly type: 'stored' }
  | { readonly type: 'settled'; readonly ids: readonly string[] }
  | { readonly type: 'dropped'; readonly stream: string }
  /** What is held by demand changed, or the outline of the rest: both lie in the vault. */
  | { readonly type: 'holding' }
  /** The outbox changed in a way that is best read anew. */
  | { readonly type: 'outbox' }
  | {
      readonly type: 'standing'
      readonly standing: Standing
      readonly lastSync: Instant | null
      readonly skew: number | null
      readonly heard: number | null
      readonly complete: boolean
    }
  /** To the leader: somebody asked for it, or signed in again, in another tab. */
  | { readonly type: 'asked' }
  | { readonly type: 'signed-in' }
  | { readonly type: 'lock' }
  /** To the leader, which may itself be behind another tab: somebody looks at this one, or no longer. */
  | { readonly type: 'shown' }
  | { readonly type: 'hidden' }
  /** From a new leader: who is in front? */
  | { readonly type: 'leads' }

export type TabChannel = Channel<TabMessage>
