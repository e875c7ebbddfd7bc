/** What a person sees of sync: four states and the reason, worked out from the plan and the outbox. */
import type { Instant } from '#domain/day.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Damage } from './damage.ts'
import type { Holding } from './holding.ts'
import type { SyncPlan, Trouble } from './plan.ts'
import type { UnsentItem } from './unsent-item.ts'

export type SyncPhase = 'offline' | 'sending' | 'up-to-date' | 'attention'
export type SyncProblem = Problem | 'offline' | 'unreadable-answer' | 'disk-full' | 'storage'

export interface SyncStatus {
  readonly phase: SyncPhase
  readonly unsent: readonly UnsentItem[]
  /** The server's last word, in the device's time; null before the first. */
  readonly lastSync: Instant | null
  readonly problem: SyncProblem | null
  /** What of this device's disk could not be read. */
  readonly damage: Damage
  /** Device time minus server time, milliseconds; null before the first answer. */
  readonly skew: number | null
  /** The server's clock at its last word, milliseconds since 1970; null before the first. */
  readonly heard: number | null
  /** Undefined where the device holds all that its account may see. */
  readonly holding?: Holding | undefined
}

/** The part of the plan that is shown. */
export type Standing = Pick<SyncPlan, 'doing' | 'online' | 'problem'>

export function statusOf(
  standing: Standing,
  unsent: readonly UnsentItem[],
  damage: Damage,
  lastSync: Instant | null,
  skew: number | null,
  heard: number | null,
): SyncStatus {
  const problem = shownProblem(standing)
  const phase = damage.work > 0 ? 'attention' : phaseOf(standing, unsent, lastSync, problem)
  return { phase, unsent, lastSync, problem, damage, skew, heard }
}

function phaseOf(
  standing: Standing,
  unsent: readonly UnsentItem[],
  lastSync: Instant | null,
  problem: SyncProblem | null,
): SyncPhase {
  if (unsent.some((item) => item.state === 'refused')) return 'attention'
  if (problem) return 'offline'
  if (unsent.length > 0) return 'sending'
  // Before the first answer there is nothing to be up to date with.
  return lastSync ? 'up-to-date' : standing.doing === 'nothing' ? 'offline' : 'sending'
}

function shownProblem({ online, problem }: Standing): SyncProblem | null {
  if (problem === null) return online ? null : 'offline'
  return plainProblem(problem)
}

/** A person need not tell a dead connection from one that hangs, breaks off or leads nowhere. */
export function plainProblem(trouble: Trouble): SyncProblem {
  switch (trouble) {
    case 'timeout':
    case 'cut-short':
      return 'offline'
    case 'stuck':
      return 'server-fault'
    default:
      return trouble
  }
}
