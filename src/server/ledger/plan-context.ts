/** What the plan of a push is decided on: all of it was read before, under the lock. */
import type { Role } from '#domain/account.ts'
import type { Kind } from '#domain/record.ts'
import type { Scope } from '../access.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { RulesByStream } from '../db/request-rules.ts'
import type { Approvals } from './approvals.ts'
import type { Claims } from './claims.ts'
import type { Policies } from './policy.ts'
import type { TopicsBehind } from './topics-behind.ts'

export interface PlanContext {
  readonly account: {
    readonly id: string
    readonly role: Role
    /** In an act of the office that empties a grid: a kind that nobody moves by itself. */
    readonly moves?: Kind
  }
  readonly scope: Scope
  /** Records touched or referred to, and what belongs to those that shall be removed or moved; by stream and id. */
  readonly records: ReadonlyMap<string, RecordRow>
  /** Mutations that were applied before, with the version that they led to; by stream and id. */
  readonly applied: ReadonlyMap<string, number>
  readonly heads: ReadonlyMap<string, number>
  /** What can be taken once alone and is taken; see `claims.ts`. */
  readonly claimed?: Claims
  /** By import: the streams that it wrote to, or would. Whoever takes it back needs all of them. */
  readonly spans?: ReadonlyMap<string, readonly string[]>
  /** By seq: a moment, in milliseconds, before which the device cannot have recorded it; see `order.ts`. */
  readonly notBefore?: ReadonlyMap<number, number>
  /** Of closed streams the one that takes what still comes for them; and all that are closed. */
  readonly successors?: ReadonlyMap<string, string>
  readonly closed?: ReadonlySet<string>
  /** What the office asks and how, by stream. */
  readonly policies: Policies
  /** Under which the data of minors may be looked at, by stream; of pushes that look at persons. */
  readonly approvals?: Approvals
  /** The catalogue and calendar in force, of streams in which something is said of requests. */
  readonly rules?: RulesByStream
  /** Of pushes that say something of topics. */
  readonly topicsBehind?: TopicsBehind | undefined
  /** It comes from a table that an office looked over row by row. */
  readonly isImport?: true
  /** Device time minus server time. */
  readonly skewMs: number
  readonly now: number
  readonly ids: () => string
}
